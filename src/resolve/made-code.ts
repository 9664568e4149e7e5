// The origin of code without a file, which `new Function`, `eval` or `vm` made at run time. V8's profile does not report
// it, so loaded sources are searched for places that make code.

import { at, getOrMake, once } from '../profile/columns.js'
import { isAbsolutePath, toSlashes } from '../profile/paths.js'
import type { Frame } from '../profile/profile.js'
import type { Recording } from '../recording/recording.js'
import { isTool, packageOf } from './categories.js'
import type { ReadSource } from './source-texts.js'

export type CodeMaker = Pick<Frame, 'file' | 'line' | 'column'>

/** Follows the name of such a function. */
export const MADE = 'made at run time'

const MAKES_CODE =
  /\bnew\s+(?:[\w$.]+\.)?Function\s*\(|(?<![\w$.])Function\s*\(|(?<![\w$.])eval\s*\(|\brunIn(?:This|New)?Context\s*\(|\bnew\s+(?:vm\.)?Script\s*\(|\bcompileFunction\s*\(/

/** The number of sources that are searched: all sources of a suite with many packages would take too long. */
const MOST_SOURCES = 500

/** Returns the first place in a file that makes code; undefined if there is none or the file cannot be read. */
export type FindMaker = (file: string) => CodeMaker | undefined

/** Searches each file once, because most recordings of a run load the same ones. */
export function makerFinder(readSource: ReadSource): FindMaker {
  return once(file => {
    const text = readSource(file) ?? ''
    const place = MAKES_CODE.exec(text)
    if (place === null) return undefined
    const before = text.slice(0, place.index)
    const line = before.split('\n').length
    return { file, line, column: place.index - before.lastIndexOf('\n') }
  })
}

/** Whether a function of the recording was made at run time. */
export function isMade({ functions, scripts }: Recording, index: number): boolean {
  return at(scripts, at(functions.script, index)).url === '' && at(functions.line, index) >= 0
}

/**
 * For each function of the recording, the place that made it; undefined if it has a file or its origin is unknown. It is the first
 * caller whose file makes code. Other files are searched only if none does: then the origin is known if a single one makes code.
 */
export function makersOf(recording: Recording, makerIn: FindMaker): (CodeMaker | undefined)[] {
  const callers = callersOf(recording)
  if (callers.size === 0) return []
  let candidates: CodeMaker[] | undefined
  return recording.functions.name.map((_, index) => {
    const files = callers.get(index)
    if (files === undefined) return undefined
    for (const file of files) {
      const maker = isSearched(file) ? makerIn(file) : undefined
      if (maker !== undefined) return maker
    }
    candidates ??= candidatesIn(filesOf(recording), makerIn)
    return candidates.length === 1 ? candidates[0] : undefined
  })
}

function isSearched(file: string): boolean {
  return isAbsolutePath(file) && !isTool(file)
}

/** The project's own files come first. */
function filesOf({ modules, scripts }: Recording): string[] {
  const paths = new Set([...(modules?.path ?? []), ...scripts.map(({ url }) => url)].map(toSlashes))
  const files = [...paths].filter(isSearched)
  return files.toSorted((a, b) => Number(packageOf(a) !== undefined) - Number(packageOf(b) !== undefined))
}

function candidatesIn(files: readonly string[], makerIn: FindMaker): CodeMaker[] {
  const found: CodeMaker[] = []
  for (const file of files.slice(0, MOST_SOURCES)) {
    // If the project makes code itself, packages are not searched.
    if (packageOf(file) !== undefined && found.some(maker => packageOf(maker.file) === undefined)) break
    const maker = makerIn(file)
    if (maker !== undefined) found.push(maker)
  }
  return found
}

/** By index of functions made at run time, the files of their callers, from the direct ones on. */
function callersOf(recording: Recording): Map<number, Set<string>> {
  const { nodes, functions, scripts } = recording
  const callers = new Map<number, Set<string>>()
  const files = scripts.map(({ url }) => toSlashes(url))
  nodes.function.forEach((index, node) => {
    if (!isMade(recording, index)) return
    const found = getOrMake(callers, index, () => new Set())
    for (let caller = at(nodes.caller, node); caller >= 0; caller = at(nodes.caller, caller))
      found.add(at(files, at(functions.script, at(nodes.function, caller))))
  })
  return callers
}
