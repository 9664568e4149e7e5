// The selection of test files and tests of a saved run: what the user typed → the best matches.

import { rollup } from 'd3-array'
import { findNearest } from '../errors/nearest.js'
import { UserError } from '../errors/user-error.js'
import { globPattern } from '../globs.js'
import { byDescending } from '../profile/order.js'
import type { SavedFileRecord } from '../report/record/saved-run.js'
import { fileId, testIds } from '../report/views/ids.js'

/** As the user typed it: a path, the end or a part of one, or a glob; a test's id, its name or a part of it. */
export interface SelectionQuery {
  readonly file?: string | undefined
  readonly test?: string | undefined
}

/** A saved file and what it can be selected by. */
export interface SelectableFile {
  readonly file: SavedFileRecord
  /** Relative to `displayRoot`. */
  readonly path: string
  /** Names of its tests, by their positions in the file. */
  readonly names: readonly (readonly string[])[]
}

/** The selected files, each with the positions of the selected tests; undefined: the whole file. */
export type SelectedFiles = ReadonlyMap<SavedFileRecord, ReadonlySet<number> | undefined>

/** Throws a UserError with similar names if nothing matches. */
export function selectFiles(files: readonly SelectableFile[], { file, test }: SelectionQuery): SelectedFiles {
  const inFiles = file === undefined ? files : findBest(files, waysToMatchFile(file))
  const paths = files.map(({ path }) => path)
  if (file !== undefined && inFiles.length === 0) throw createNoMatchError({ file }, paths)
  if (test === undefined) return new Map(inFiles.map(entry => [entry.file, undefined]))
  const tests = inFiles.flatMap(testsOf)
  const found = findBest(tests, waysToMatchTest(test))
  const titles = tests.map(({ title }) => title)
  if (found.length === 0) throw createNoMatchError({ file, test }, titles)
  return rollup(
    found,
    selected => new Set(selected.map(({ index }) => index)),
    ({ owner }) => owner,
  )
}

type SelectableTest = ReturnType<typeof testsOf>[number]

/** `fullName`: describe blocks and title, joined as in Jest. */
function testsOf({ file, path, names }: SelectableFile) {
  const ids = testIds({ path, project: file.project }, names)
  return names.map((name, index) => ({
    owner: file,
    index,
    id: ids[index] ?? '',
    fullName: name.join(' '),
    title: name.at(-1) ?? '',
  }))
}

type Matches<T> = (entry: T) => boolean

/** Returns the matches of the first way that has any, so an exact name takes precedence over longer ones. */
function findBest<T>(entries: readonly T[], ways: readonly Matches<T>[]): readonly T[] {
  for (const matches of ways) {
    const found = entries.filter(matches)
    if (found.length > 0) return found
  }
  return []
}

function waysToMatchFile(typed: string): Matches<SelectableFile>[] {
  const path = typed.replaceAll('\\', '/').replace(/^\.\//, '')
  return [
    entry => entry.file.path === path || fileId({ path: entry.path, project: entry.file.project }) === path,
    entry => entry.path === path,
    entry => entry.file.path.endsWith(`/${path}`),
    entry => globPattern(path).test(entry.path),
    entry => entry.path.includes(path),
  ]
}

function waysToMatchTest(typed: string): Matches<SelectableTest>[] {
  const joined = typed.replaceAll(' › ', ' ')
  const lower = joined.toLowerCase()
  return [
    ({ id }) => id === typed,
    ({ fullName }) => fullName === joined,
    ({ title }) => title === joined,
    ({ fullName }) => fullName.includes(joined),
    ({ fullName }) => fullName.toLowerCase().includes(lower),
  ]
}

/** Returns at most three names: the nearest, or those that share the most words. */
function findSimilar(typed: string, names: readonly string[]): string[] {
  const near = findNearest(typed, names)
  if (near.length > 0) return near
  const words = typed
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word.length > 2)
  const sharedBy = (name: string) => words.filter(word => name.toLowerCase().includes(word)).length
  return [...new Set(names)]
    .filter(name => sharedBy(name) > 0)
    .toSorted(byDescending(sharedBy, name => name))
    .slice(0, 3)
}

/** `names`: the searched names: of tests of the selected files, or of files. */
function createNoMatchError({ file, test }: SelectionQuery, names: readonly string[]): UserError {
  const [flag, typed = ''] = test === undefined ? ['--file', file] : ['--test', test]
  const inFiles = test === undefined || file === undefined ? '' : ` --file ${JSON.stringify(file)}`
  const list = findSimilar(typed, names)
    .map(name => JSON.stringify(name))
    .join(', ')
  const table = test === undefined ? 'test-file' : 'test'
  const hint =
    list === ''
      ? `List all with \`npx jest-profiler show${inFiles} --by ${table}\`.`
      : `The nearest: ${list}.`
  return new UserError(
    `jest-profiler: ${flag} matches nothing in ${inFiles === '' ? 'this run' : `the test files of${inFiles}`}, ` +
      `got ${JSON.stringify(typed)}. ${hint}`,
  )
}
