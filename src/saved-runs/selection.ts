// Which test files and tests of a saved run are asked for: what a person types → what matches best.

import picomatch from 'picomatch'
import { nearest } from '../errors/nearest.js'
import { UserError } from '../errors/user-error.js'
import { compareText } from '../profile/order.js'
import type { SavedFileRecord } from '../report/record/saved-run.js'
import { fileId, testIds } from '../report/views/ids.js'

/** As typed: a path, the end or a part of one, or a glob; a test's id, its name or a part of it. */
export interface Selection {
  readonly file?: string | undefined
  readonly test?: string | undefined
}

/** A saved file as it can be asked for. */
export interface Selectable {
  readonly file: SavedFileRecord
  /** Relative to `displayRoot`. */
  readonly path: string
  /** Of each test, by its position in the file. */
  readonly names: readonly (readonly string[])[]
}

/** Of each chosen file the positions of the chosen tests; undefined: the whole file. */
export type Chosen = ReadonlyMap<SavedFileRecord, ReadonlySet<number> | undefined>

/** Throws a UserError with the nearest names when nothing matches. */
export function choose(files: readonly Selectable[], { file, test }: Selection): Chosen {
  const inFiles = file === undefined ? files : bestOf(files, waysToMeanFile(file))
  if (file !== undefined && inFiles.length === 0)
    throw nothing(
      { file },
      alike(
        file,
        files.map(({ path }) => path),
      ),
    )
  if (test === undefined) return new Map(inFiles.map(entry => [entry.file, undefined]))
  const tests = inFiles.flatMap(testsOf)
  const found = bestOf(tests, waysToMeanTest(test))
  if (found.length === 0)
    throw nothing(
      { file, test },
      alike(
        test,
        tests.map(({ title }) => title),
      ),
    )
  const chosen = new Map<SavedFileRecord, Set<number>>()
  for (const { owner, index } of found) {
    const known = chosen.get(owner)
    if (known === undefined) chosen.set(owner, new Set([index]))
    else known.add(index)
  }
  return chosen
}

interface SelectableTest {
  readonly owner: SavedFileRecord
  readonly index: number
  readonly id: string
  /** Describe chain and title as Jest joins them. */
  readonly fullName: string
  readonly title: string
}

function testsOf({ file, path, names }: Selectable): SelectableTest[] {
  const ids = testIds({ path, project: file.project }, names)
  return names.map((name, index) => ({
    ...{ owner: file, index, id: ids[index] ?? '' },
    ...{ fullName: name.join(' '), title: name.at(-1) ?? '' },
  }))
}

type Means<T> = (entry: T) => boolean

/** What the first way that matches anything matches: an exact name is not lost among longer ones. */
function bestOf<T>(entries: readonly T[], ways: readonly Means<T>[]): readonly T[] {
  for (const means of ways) {
    const found = entries.filter(means)
    if (found.length > 0) return found
  }
  return []
}

function waysToMeanFile(typed: string): Means<Selectable>[] {
  const path = typed.replaceAll('\\', '/').replace(/^\.\//, '')
  const isGlob = picomatch(path, { dot: true })
  return [
    entry => entry.file.path === path || fileId({ path: entry.path, project: entry.file.project }) === path,
    entry => entry.path === path,
    entry => entry.file.path.endsWith(`/${path}`),
    entry => isGlob(entry.path),
    entry => entry.path.includes(path),
  ]
}

function waysToMeanTest(typed: string): Means<SelectableTest>[] {
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

/** At most three: those with the most words of what was typed, where no name as a whole is near. */
function alike(typed: string, names: readonly string[]): string[] {
  const near = nearest(typed, names)
  if (near.length > 0) return near
  const words = typed
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word.length > 2)
  return [...new Set(names)]
    .map(name => ({ name, shared: words.filter(word => name.toLowerCase().includes(word)).length }))
    .filter(({ shared }) => shared > 0)
    .toSorted((a, b) => b.shared - a.shared || compareText(a.name, b.name))
    .slice(0, 3)
    .map(({ name }) => name)
}

/** Tests are looked for in the files that were asked for. */
function nothing({ file, test }: Selection, suggestions: readonly string[]): UserError {
  const [flag, typed] = test === undefined ? ['--file', file] : ['--test', test]
  const inFiles = test === undefined || file === undefined ? '' : ` --file ${JSON.stringify(file)}`
  const list = suggestions.map(name => JSON.stringify(name)).join(', ')
  const table = test === undefined ? 'test-file' : 'test'
  const hint =
    list === ''
      ? `List what there is with \`npx jest-profiler show${inFiles} --by ${table}\`.`
      : `The nearest: ${list}.`
  return new UserError(
    `jest-profiler: ${flag} matches nothing in ${inFiles === '' ? 'this run' : `the test files of${inFiles}`}, ` +
      `got ${JSON.stringify(typed)}. ${hint}`,
  )
}
