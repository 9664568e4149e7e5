// Files that stand elsewhere in head than in base, where that is certain.

import { posix } from 'node:path'
import { group } from 'd3-array'
import { isNameless } from '../entity.js'
import type { Series, Side } from '../sides.js'

/** Path in base → path in head, of moved files alone. */
export type MovedPaths = ReadonlyMap<string, string>

/** Of the smaller of two sets of function names, this share has to be in the other. */
const SHARED_NAMES = 0.5

export function movedPaths(base: Side, head: Side): MovedPaths {
  return new Map([...movedSources(base, head), ...movedTestFiles(base, head)])
}

/** A test file whose tests, all in their order, are those of exactly one file that is gone and of one that is new. */
function movedTestFiles(base: Side, head: Side): MovedPaths {
  const ofBase = filesByTests(base, head)
  const ofHead = filesByTests(head, base)
  return onlyPairs(ofBase, ofHead)
}

/** Paths of the side's files that the other has not, by project and tests. */
function filesByTests(side: Side, other: Side): Map<string, string[]> {
  const others = new Set(other.tables.files.map(fileKey))
  const tests = group(side.tables.tests, fileKey)
  const gone = side.tables.files.filter(series => !others.has(fileKey(series)) && tests.has(fileKey(series)))
  const byTests = group(gone, series =>
    JSON.stringify([series.entity.project, (tests.get(fileKey(series)) ?? []).map(nameOf)]),
  )
  return new Map([...byTests].map(([key, files]) => [key, files.map(({ entity }) => entity.file)]))
}

/** The project's own file of a name that just one gone file has and one new file, with the same functions in it. */
function movedSources(base: Side, head: Side): MovedPaths {
  const [namesOfBase, namesOfHead] = [namesByPath(base), namesByPath(head)]
  const gone = [...namesOfBase.keys()].filter(path => !namesOfHead.has(path))
  const come = [...namesOfHead.keys()].filter(path => !namesOfBase.has(path))
  const byName = (paths: string[]) => group(paths, path => posix.basename(path))
  const pairs = onlyPairs(byName(gone), byName(come))
  return new Map([...pairs].filter(([from, to]) => shareNames(namesOfBase.get(from), namesOfHead.get(to))))
}

/** Names of the functions that were seen in each of the project's own files, and of modules that had none. */
function namesByPath({ tables }: Side): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>()
  for (const { entity } of [...tables.modules, ...tables.functions]) {
    if (entity.category !== 'source' || entity.file === '') continue
    const known = names.get(entity.file) ?? new Set()
    names.set(entity.file, known)
    for (const name of entity.name) if (!isNameless(name)) known.add(name)
  }
  return names
}

function shareNames(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): boolean {
  const shared = [...a].filter(name => b.has(name)).length
  return shared > 0 && shared >= SHARED_NAMES * Math.min(a.size, b.size)
}

/** Pairs of those that stand alone under a key that both have. */
function onlyPairs(
  base: ReadonlyMap<string, readonly string[]>,
  head: ReadonlyMap<string, readonly string[]>,
): MovedPaths {
  const pairs = new Map<string, string>()
  for (const [key, [from, ...more]] of base) {
    const [to, ...others] = head.get(key) ?? []
    if (from !== undefined && to !== undefined && more.length === 0 && others.length === 0)
      pairs.set(from, to)
  }
  return pairs
}

function fileKey({ entity }: Series): string {
  return `${entity.project}\0${entity.file}`
}

function nameOf({ entity }: Series): string {
  return entity.name.join(' ')
}
