// Where code comes from that has no file, because it was made at run time: by `new Function`, `eval` or `vm`. V8 tells neither in its
// profile, so the sources that were loaded are searched for a place that makes code.

import { at, getOrMake } from '../profile/columns.js'
import { isAbsolutePath, toSlashes } from '../profile/paths.js'
import type { Frame } from '../profile/profile.js'
import type { Recording } from '../recording/recording.js'
import { isTool, packageOf } from './categories.js'

export type CodeMaker = Pick<Frame, 'file' | 'line' | 'column'>

/** Behind the name of such a function. */
export const MADE = 'made at run time'

const MAKES_CODE =
  /\bnew\s+(?:[\w$.]+\.)?Function\s*\(|(?<![\w$.])Function\s*\(|(?<![\w$.])eval\s*\(|\brunIn(?:This|New)?Context\s*\(|\bnew\s+(?:vm\.)?Script\s*\(|\bcompileFunction\s*\(/

/** Sources that are searched; searching all of a suite with more packages would take too long. */
const MOST_SOURCES = 500

/**
 * For each function of the recording the place that made it; undefined: it has a file, or its origin is unknown. Of several places that
 * make code, the one in a file that is on the function's own stacks.
 */
export function makersOf(
  recording: Recording,
  readSource: (file: string) => string | undefined,
): (CodeMaker | undefined)[] {
  const { functions, scripts } = recording
  const isMade = functions.script.map(
    (script, index) => at(scripts, script).url === '' && at(functions.line, index) >= 0,
  )
  if (!isMade.includes(true)) return []
  const candidates = candidatesIn(filesOf(recording), readSource)
  const callers = callersOf(recording, isMade)
  return isMade.map((made, index) => {
    if (!made) return undefined
    const onStack = candidates.filter(({ file }) => callers.get(index)?.has(file) === true)
    if (onStack.length > 0) return onStack[0]
    return candidates.length === 1 ? candidates[0] : undefined
  })
}

/** The project's own before packages. */
function filesOf({ modules, scripts }: Recording): string[] {
  const paths = new Set([...(modules?.path ?? []), ...scripts.map(({ url }) => url)].map(toSlashes))
  const files = [...paths].filter(path => isAbsolutePath(path) && !isTool(path))
  return files.toSorted((a, b) => Number(packageOf(a) !== undefined) - Number(packageOf(b) !== undefined))
}

function candidatesIn(
  files: readonly string[],
  readSource: (file: string) => string | undefined,
): CodeMaker[] {
  const found: CodeMaker[] = []
  for (const file of files.slice(0, MOST_SOURCES)) {
    // Where the project makes code itself, that of packages is none of it.
    if (packageOf(file) !== undefined && found.some(maker => packageOf(maker.file) === undefined)) break
    const text = readSource(file) ?? ''
    const place = MAKES_CODE.exec(text)
    if (place === null) continue
    const before = text.slice(0, place.index)
    const line = before.split('\n').length
    found.push({ file, line, column: place.index - before.lastIndexOf('\n') })
  }
  return found
}

/** By function: the files of those that were above it on a stack. */
function callersOf(
  { nodes, functions, scripts }: Recording,
  isMade: readonly boolean[],
): Map<number, Set<string>> {
  const callers = new Map<number, Set<string>>()
  nodes.function.forEach((index, node) => {
    if (isMade[index] !== true) return
    const files = getOrMake(callers, index, () => new Set())
    for (let caller = at(nodes.caller, node); caller >= 0; caller = at(nodes.caller, caller))
      files.add(toSlashes(at(scripts, at(functions.script, at(nodes.function, caller))).url))
  })
  return callers
}
