// The scripts of a recording: what is known of each, and which tool alone has loaded it, if any has.

import { createRequire } from 'node:module'
import { dirname, isAbsolute, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ScriptLookup } from '../jest/sandbox-scripts.js'
import type { Script } from '../recording/recording.js'
import { toolsOwn } from './tools-own.js'

/** Our own files, ES modules that Node has loaded: not to be transformed for the sake of their maps. */
const OWN_FOLDER = dirname(dirname(fileURLToPath(import.meta.url))) + sep
// What Node loaded itself, outside of the sandbox: Jest, transformers, custom environments.
const loadedByNode = createRequire(import.meta.url).cache

interface SandboxModules {
  /** Paths of modules that the user's code has loaded into the sandbox; undefined: that could not be observed. */
  readonly users: readonly string[] | undefined
  /** Paths of modules that Jest has loaded there for itself. */
  readonly jests: ReadonlySet<string>
  /** Modules of the transformers that were called. */
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
    // Its name does not say on which side a file is used, if it is used on both.
    if (users === undefined || ofUsers.has(url) || !isAbsolute(url)) return described
    const isOutside = loadedByNode[url] !== undefined
    // A file that Jest has also loaded into the sandbox is Jest's there, whatever uses it outside.
    const tool = (isOutside ? toolOutside(url) : undefined) ?? (jests.has(url) ? 'jest' : undefined)
    return tool === undefined ? described : { ...described, tool }
  })
}

/**
 * Without a lookup, as when the process exits, nothing is known of a map, and a file of the project is taken for
 * transformed.
 */
export function describeScript(url: string, lookup: ScriptLookup | undefined): Script {
  const isSandboxed = isAbsolute(url) && loadedByNode[url] === undefined && !url.startsWith(OWN_FOLDER)
  const isProjects = isSandboxed && !/[/\\]node_modules[/\\]/.test(url)
  const unknown = { url, wrapped: isSandboxed, transformed: isProjects, sourceMap: null }
  if (!isSandboxed || lookup === undefined) return unknown
  try {
    return { url, ...lookup(url) }
  } catch {
    // The file is gone or no longer compiles: a test may have written, loaded and removed it.
    return unknown
  }
}

// Module state, because looking through all that a process has loaded takes a millisecond or two: kept until more is loaded.
let ownOutside: { key: string; toolOf: ReturnType<typeof toolsOwn> } | undefined

function toolsOutside(transformers: readonly string[]): (file: string) => Script['tool'] {
  const key = [Object.keys(loadedByNode).length, ...transformers].join('\0')
  if (ownOutside?.key !== key) ownOutside = { key, toolOf: toolsOwn(loadedByNode, { transformers }) }
  return ownOutside.toolOf
}

/** Paths of scripts, each with its position. */
export class PathTable {
  readonly paths: string[]
  readonly #indexByPath: Map<string, number>

  /** Adds to `paths`, of which none comes twice. */
  constructor(paths: string[]) {
    this.paths = paths
    this.#indexByPath = new Map(paths.map((path, index) => [path, index]))
  }

  indexOf(path: string): number {
    const known = this.#indexByPath.get(path)
    if (known !== undefined) return known
    const index = this.paths.push(path) - 1
    this.#indexByPath.set(path, index)
    return index
  }
}
