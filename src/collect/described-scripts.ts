// The scripts of a recording: how Jest loaded each, and which tool it belongs to if no other code loaded it.

import { createRequire } from 'node:module'
import { isAbsolute } from 'node:path'
import type { ScriptLookup } from '../jest/sandbox-scripts.js'
import { OWN_FOLDER } from '../own-files.js'
import type { Script } from '../recording/recording.js'
import { toolsOwn } from './tools-own.js'

/** The folder of our own files, which Node loads as ES modules: they must not be transformed to get source maps. */
// Modules that Node loaded outside the sandbox: Jest, transformers, custom environments.
const loadedByNode = createRequire(import.meta.url).cache

interface SandboxModules {
  /** Paths of modules that the user's code loaded into the sandbox; undefined if loads could not be observed. */
  readonly users: readonly string[] | undefined
  /** Paths of modules that Jest loaded into the sandbox for itself. */
  readonly jests: ReadonlySet<string>
  readonly transformers: readonly string[]
}

export function describeScripts(
  urls: readonly string[],
  lookup: ScriptLookup | undefined,
  { users, jests, transformers }: SandboxModules,
): Script[] {
  const ofUsers = new Set(users)
  const toolOutside = toolsOutside(transformers)
  return urls.map(url => {
    const described = describeScript(url, lookup)
    // The path of a file that is used both in and outside the sandbox does not show where this code ran.
    if (users === undefined || ofUsers.has(url) || !isAbsolute(url)) return described
    const isOutside = loadedByNode[url] !== undefined
    // A file that Jest also loaded into the sandbox is Jest's there, whatever uses it outside.
    const tool = (isOutside ? toolOutside(url) : undefined) ?? (jests.has(url) ? 'jest' : undefined)
    return tool === undefined ? described : { ...described, tool }
  })
}

/** Without a lookup, as at process exit, source maps are unknown, and files of the project are assumed to be transformed. */
export function describeScript(url: string, lookup: ScriptLookup | undefined): Script {
  const isSandboxed = isAbsolute(url) && loadedByNode[url] === undefined && !url.startsWith(OWN_FOLDER)
  const isProjects = isSandboxed && !/[/\\]node_modules[/\\]/.test(url)
  const unknown = { url, wrapped: isSandboxed, transformed: isProjects, sourceMap: null }
  if (!isSandboxed || lookup === undefined) return unknown
  try {
    return { url, ...lookup(url) }
  } catch {
    // The file was removed or no longer compiles: a test may have written, loaded and removed it.
    return unknown
  }
}

// Module state, because examining everything that a process loaded takes a millisecond or two: kept until more is loaded.
let ownOutside: { key: string; toolOf: ReturnType<typeof toolsOwn> } | undefined

function toolsOutside(transformers: readonly string[]): (file: string) => Script['tool'] {
  const key = [Object.keys(loadedByNode).length, ...transformers].join('\0')
  if (ownOutside?.key !== key) ownOutside = { key, toolOf: toolsOwn(loadedByNode, { transformers }) }
  return ownOutside.toolOf
}
