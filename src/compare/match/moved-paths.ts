// Files that stand elsewhere in head than in base, where that is certain. A test file may be moved in one project and
// stay in another; code is no project's.

import { posix } from 'node:path'
import { group } from 'd3-array'
import { fileKey } from '../../profile/paths.js'
import type { Entity } from '../comparison.js'
import { isNameless } from '../entity.js'
import type { Series, Side } from '../sides.js'

export interface MovedPaths {
  /** Path in head of a test file in base, or of the file that a test is in. */
  ofTestFile(entity: Pick<Entity, 'project' | 'file'>): string
  /** Path in head of a file of code in base, test files as such among them. */
  ofCode(file: string): string
}

interface Move {
  readonly project: string
  readonly from: string
  readonly to: string
}

/** The share of the smaller of two sets of function names that must be in the other. */
const SHARED_NAMES = 0.5

export function movedPaths(base: Side, head: Side): MovedPaths {
  const testFiles = movedTestFiles(base, head)
  const byProject = new Map(
    testFiles.map(move => [fileKey({ project: move.project, file: move.from }), move.to]),
  )
  const ofCode = new Map([...movedSources(base, head), ...movedAsCode(testFiles, { base, head })])
  return {
    ofTestFile: entity => byProject.get(fileKey(entity)) ?? entity.file,
    ofCode: file => ofCode.get(file) ?? file,
  }
}

/** A test file whose tests, all in their order, are those of exactly one file that is gone and of one that is new. */
function movedTestFiles(base: Side, head: Side): Move[] {
  const pairs = onlyPairs(filesByTests(base, head), filesByTests(head, base))
  return pairs.map(([{ project, file }, { file: to }]) => ({ project, from: file, to }))
}

/** Those that were moved for all projects: one that stays in any of them has its code where it was. */
function movedAsCode(moves: readonly Move[], { base, head }: { base: Side; head: Side }): [string, string][] {
  const pathsOf = ({ tables }: Side) => new Set(tables.files.map(({ entity }) => entity.file))
  const [inBase, inHead] = [pathsOf(base), pathsOf(head)]
  const whole = moves.filter(({ from, to }) => !inHead.has(from) && !inBase.has(to))
  const [byFrom, byTo] = [group(whole, ({ from }) => from), group(whole, ({ to }) => to)]
  const isOne = (same: readonly Move[] = []) =>
    new Set(same.map(({ from, to }) => `${from}\0${to}`)).size === 1
  return whole
    .filter(({ from, to }) => isOne(byFrom.get(from)) && isOne(byTo.get(to)))
    .map(({ from, to }) => [from, to])
}

/** The side's files that the other has not, by project and tests. */
function filesByTests(side: Side, other: Side): Map<string, Entity[]> {
  const others = new Set(other.tables.files.map(keyOf))
  const tests = group(side.tables.tests, keyOf)
  const gone = side.tables.files.filter(series => !others.has(keyOf(series)) && tests.has(keyOf(series)))
  const byTests = group(gone, series =>
    JSON.stringify([series.entity.project, (tests.get(keyOf(series)) ?? []).map(nameOf)]),
  )
  return new Map([...byTests].map(([key, files]) => [key, files.map(({ entity }) => entity)]))
}

/** The project's own file of a name that just one gone file has and one new file, with the same functions in it. */
function movedSources(base: Side, head: Side): [string, string][] {
  const [namesOfBase, namesOfHead] = [namesByPath(base), namesByPath(head)]
  const gone = [...namesOfBase.keys()].filter(path => !namesOfHead.has(path))
  const come = [...namesOfHead.keys()].filter(path => !namesOfBase.has(path))
  const byName = (paths: string[]) => group(paths, path => posix.basename(path))
  const pairs = onlyPairs(byName(gone), byName(come))
  return pairs.filter(([from, to]) => shareNames(namesOfBase.get(from), namesOfHead.get(to)))
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
function onlyPairs<T>(
  base: ReadonlyMap<string, readonly T[]>,
  head: ReadonlyMap<string, readonly T[]>,
): [from: T, to: T][] {
  return [...base].flatMap(([key, [from, ...more]]): [T, T][] => {
    const [to, ...others] = head.get(key) ?? []
    const isOnly = more.length === 0 && others.length === 0
    return from === undefined || to === undefined || !isOnly ? [] : [[from, to]]
  })
}

function keyOf({ entity }: Series): string {
  return fileKey(entity)
}

function nameOf({ entity }: Series): string {
  return entity.name.join(' ')
}
