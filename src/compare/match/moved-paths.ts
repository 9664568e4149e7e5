// Files that were certainly moved between base and head. A test file may be moved in one project and stay in another; source
// files belong to no project.

import { posix } from 'node:path'
import { group, rollup } from 'd3-array'
import { fileKey } from '../../profile/paths.js'
import type { Entity } from '../comparison.js'
import type { Series, Side, Sides } from '../sides.js'
import { fullName, isNameless, type Pair, pairUnique } from './pairing.js'

export interface MovedPaths {
  /** The path in head of a test file of base, or of a test's file. */
  ofTestFile(entity: Pick<Entity, 'project' | 'file'>): string
  /** The path in head of a source file of base; test files contain code, too. */
  ofCode(file: string): string
}

/** Two files match if they share at least this part of the smaller set of function names. */
const SHARED_NAMES = 0.5

export function movedPaths(base: Side, head: Side): MovedPaths {
  const testFiles = movedTestFiles(base, head)
  const byProject = new Map(testFiles.map(([from, to]) => [fileKey(from), to.file]))
  const ofCode = new Map([...movedSources(base, head), ...movedAsCode(testFiles, { base, head })])
  return {
    ofTestFile: entity => byProject.get(fileKey(entity)) ?? entity.file,
    ofCode: file => ofCode.get(file) ?? file,
  }
}

/** Pairs a removed and an added test file if no other file has the same tests in the same order. */
function movedTestFiles(base: Side, head: Side): Pair<Entity>[] {
  const testsOf = ({ tests }: MissingFile) => tests
  const pairs = pairUnique(missingFiles(base, head), missingFiles(head, base), {
    base: testsOf,
    head: testsOf,
  })
  return pairs.map(([from, to]) => [from.entity, to.entity])
}

interface MissingFile {
  readonly entity: Entity
  /** A key of its project and the names of its tests. */
  readonly tests: string
}

/** Test files with tests that only this side has. */
function missingFiles(side: Side, other: Side): MissingFile[] {
  const others = new Set(other.tables.files.map(keyOf))
  const testsOf = group(side.tables.tests, keyOf)
  return side.tables.files.flatMap(({ entity }) => {
    const tests = testsOf.get(fileKey(entity))
    if (others.has(fileKey(entity)) || tests === undefined) return []
    return { entity, tests: JSON.stringify([entity.project, tests.map(fullName)]) }
  })
}

/** Test files that were moved in all projects: one that stays in any project still has its code there. */
function movedAsCode(moves: readonly Pair<Entity>[], { base, head }: Sides): Pair<string>[] {
  const pathsOf = ({ tables }: Side) => new Set(tables.files.map(({ entity }) => entity.file))
  const [inBase, inHead] = [pathsOf(base), pathsOf(head)]
  const whole = moves
    .map(([from, to]): Pair<string> => [from.file, to.file])
    .filter(([from, to]) => !inHead.has(from) && !inBase.has(to))
  return whole.filter(([from, to]) => whole.every(move => (move[0] === from) === (move[1] === to)))
}

/** Pairs a removed and an added source file if they alone have the same file name, and share function names. */
function movedSources(base: Side, head: Side): Pair<string>[] {
  const [namesOfBase, namesOfHead] = [namesByPath(base), namesByPath(head)]
  const gone = [...namesOfBase.keys()].filter(path => !namesOfHead.has(path))
  const come = [...namesOfHead.keys()].filter(path => !namesOfBase.has(path))
  const baseName = (path: string) => posix.basename(path)
  const pairs = pairUnique(gone, come, { base: baseName, head: baseName })
  return pairs.filter(([from, to]) => shareNames(namesOfBase.get(from), namesOfHead.get(to)))
}

/** The names of the functions in each of the project's own files; empty for modules without sampled functions. */
function namesByPath({ tables }: Side): Map<string, Set<string>> {
  const own = [...tables.modules, ...tables.functions]
    .map(({ entity }) => entity)
    .filter(({ category, file }) => category === 'source' && file !== '')
  const namesOf = (entities: readonly Entity[]) => entities.flatMap(({ name }) => name)
  return rollup(
    own,
    same => new Set(namesOf(same).filter(name => !isNameless(name))),
    ({ file }) => file,
  )
}

function shareNames(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): boolean {
  const shared = [...a].filter(name => b.has(name)).length
  return shared > 0 && shared >= SHARED_NAMES * Math.min(a.size, b.size)
}

function keyOf({ entity }: Series): string {
  return fileKey(entity)
}
