// Files that stand elsewhere in head than in base, where that is certain. A test file may be moved in one project and
// stay in another; code is no project's.

import { posix } from 'node:path'
import { group, rollup } from 'd3-array'
import { fileKey } from '../../profile/paths.js'
import type { Entity } from '../comparison.js'
import { isNameless } from '../entity.js'
import type { Series, Side } from '../sides.js'
import { fullName, type Pair, pairUnique } from './pairing.js'

export interface MovedPaths {
  /** Path in head of a test file in base, or of the file that a test is in. */
  ofTestFile(entity: Pick<Entity, 'project' | 'file'>): string
  /** Path in head of a file of code in base, test files as such among them. */
  ofCode(file: string): string
}

/** The share of the smaller of two sets of function names that must be in the other. */
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

/** A test file whose tests, all in their order, are those of exactly one file that is gone and of one that is new. */
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
  /** Its project and the names of its tests, as a key. */
  readonly tests: string
}

/** The side's files with tests that the other has not. */
function missingFiles(side: Side, other: Side): MissingFile[] {
  const others = new Set(other.tables.files.map(keyOf))
  const testsOf = group(side.tables.tests, keyOf)
  return side.tables.files.flatMap(({ entity }) => {
    const tests = testsOf.get(fileKey(entity))
    if (others.has(fileKey(entity)) || tests === undefined) return []
    return { entity, tests: JSON.stringify([entity.project, tests.map(fullName)]) }
  })
}

/** Those that were moved for all projects: one that stays in any of them has its code where it was. */
function movedAsCode(
  moves: readonly Pair<Entity>[],
  { base, head }: { base: Side; head: Side },
): Pair<string>[] {
  const pathsOf = ({ tables }: Side) => new Set(tables.files.map(({ entity }) => entity.file))
  const [inBase, inHead] = [pathsOf(base), pathsOf(head)]
  const whole = moves
    .map(([from, to]): Pair<string> => [from.file, to.file])
    .filter(([from, to]) => !inHead.has(from) && !inBase.has(to))
  const targets = rollup(
    whole,
    same => new Set(same.map(([, to]) => to)).size,
    ([from]) => from,
  )
  const origins = rollup(
    whole,
    same => new Set(same.map(([from]) => from)).size,
    ([, to]) => to,
  )
  return whole.filter(([from, to]) => targets.get(from) === 1 && origins.get(to) === 1)
}

/** The project's own file of a name that just one gone file has and one new file, with the same functions in it. */
function movedSources(base: Side, head: Side): Pair<string>[] {
  const [namesOfBase, namesOfHead] = [namesByPath(base), namesByPath(head)]
  const gone = [...namesOfBase.keys()].filter(path => !namesOfHead.has(path))
  const come = [...namesOfHead.keys()].filter(path => !namesOfBase.has(path))
  const baseName = (path: string) => posix.basename(path)
  const pairs = pairUnique(gone, come, { base: baseName, head: baseName })
  return pairs.filter(([from, to]) => shareNames(namesOfBase.get(from), namesOfHead.get(to)))
}

/** Names of the functions that were seen in each of the project's own files, and of modules that had none. */
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
