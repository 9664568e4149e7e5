// The scripts of a recording: what is known of each, and which tool alone has loaded it, if any has.

import { createRequire } from 'node:module'
import { isAbsolute } from 'node:path'
import type { Script } from '../recording/recording.js'
import { describeScript, type ScriptTransformer } from './scripts.js'
import { toolsOwn } from './tools-own.js'

// What Node loaded itself, outside of the sandbox.
const loadedByNode = createRequire(import.meta.url).cache

interface SandboxModules {
  /** Paths of modules that the user's code has loaded into the sandbox; undefined: that could not be observed. */
  readonly users: readonly string[] | undefined
  /** Of those that Jest has loaded there for itself. */
  readonly jests: ReadonlySet<string>
  /** Modules of the transformers that were called. */
  readonly transformers: readonly string[]
}

export function describeScripts(
  urls: readonly string[],
  transformer: ScriptTransformer | undefined,
  { users, jests, transformers }: SandboxModules,
): Script[] {
  const ofUsers = new Set(users)
  const toolOutside = toolsOutside(transformers)
  return urls.map(url => {
    const described = describeScript(url, transformer)
    // A file that is used on both sides cannot be told apart by its name.
    if (users === undefined || ofUsers.has(url) || !isAbsolute(url)) return described
    const isOutside = loadedByNode[url] !== undefined
    // What Jest has loaded into the sandbox, too, is its own there, whoever needs it outside.
    const tool = (isOutside ? toolOutside(url) : undefined) ?? (jests.has(url) ? 'jest' : undefined)
    return tool === undefined ? described : { ...described, tool }
  })
}

// Module state, for looking through all that a process has loaded takes a millisecond or two: kept until more is loaded.
let ownOutside: { key: string; toolOf: ReturnType<typeof toolsOwn> } | undefined

function toolsOutside(transformers: readonly string[]): (file: string) => Script['tool'] {
  const key = [Object.keys(loadedByNode).length, ...transformers].join('\0')
  if (ownOutside?.key !== key) ownOutside = { key, toolOf: toolsOwn(loadedByNode, { transformers }) }
  return ownOutside.toolOf
}
