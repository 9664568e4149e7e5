// The report's hottest functions, each with the tests that it costs most.

import { at, once } from '../../profile/columns.js'
import { compareFrames } from '../../profile/frame.js'
import { type FunctionAmounts, rankFunctions } from '../../profile/functions.js'
import { type CpuOf, countOwners, ownersOfFunctions } from '../../profile/functions-by-owner.js'
import { isOwnCode } from '../../profile/own-code.js'
import { fileKey } from '../../profile/paths.js'
import type { FrameIndex, Profile, Scope } from '../../profile/profile.js'
import type { FunctionReport, Hotspot, HotspotTest } from '../code-reports.js'
import type { FileRecord } from '../record/run-record.js'
import type { ToRelative } from '../relative-path.js'
import { toMs } from '../rounding.js'
import { nameText } from '../views/names.js'
import type { Naming } from './listed-tests.js'
import { cpuByOwner, ownedByFile, ownedByTest } from './owners.js'

/** Limits the project's own functions, and separately all others. */
const HOTSPOTS = 250
/** Tests shown for one function. */
const TESTS_OF_A_HOTSPOT = 5

export function buildHotspots(
  profile: Profile,
  files: readonly FileRecord[],
  { toRelative, identify }: Identifying,
): { hotspots: Hotspot[]; total: number } {
  const ranked = rankFunctions(profile)
    .filter(({ self }) => self > 0)
    .toSorted(
      (a, b) => b.self - a.self || compareFrames(at(profile.frames, a.frame), at(profile.frames, b.frame)),
    )
  const isOwn = ({ frame }: FunctionAmounts) => isOwnCode(at(profile.frames, frame))
  const own = ranked.filter(isOwn).slice(0, HOTSPOTS)
  const others = ranked.filter(entry => !isOwn(entry)).slice(0, HOTSPOTS)
  const kept = new Set([...own, ...others])
  const functions = new Set([...own, ...others].map(({ frame }) => frame))
  const cpu = cpuByOwner(files)
  const testsOf = testFinder(profile, identify, { functions, cpuOf: owner => cpu.get(owner) })
  const filesOf = countOwners(profile, ownedByFile, functions)
  const hotspots = ranked
    .filter(entry => kept.has(entry))
    .map(entry => ({
      ...buildFunctionReport(profile, entry, toRelative),
      files: filesOf.get(entry.frame) ?? 0,
      tests: testsOf(entry.frame),
    }))
  return { hotspots, total: ranked.length }
}

type TestIdentity = Omit<HotspotTest, 'selfMs' | 'totalMs'>

export interface Identifying extends Pick<Naming, 'toRelative'> {
  /** As `testIdentifier` makes it, once for all of a report. Takes a key of `ownedByTest`. */
  readonly identify: (owner: string) => TestIdentity | undefined
}

function testFinder(
  profile: Profile,
  identify: (owner: string) => TestIdentity | undefined,
  wanted: { functions: ReadonlySet<FrameIndex>; cpuOf: CpuOf },
): (frame: FrameIndex) => HotspotTest[] {
  // Many tests take the same time: that of a few samples.
  const textOf = once((owner: string) => {
    const { file = '', index = 0 } = identify(owner) ?? {}
    return `${file}\0${String(index).padStart(9, '0')}`
  })
  const owners = ownersOfFunctions(profile, ownedByTest, { ...wanted, most: TESTS_OF_A_HOTSPOT, textOf })
  return frame =>
    (owners.get(frame) ?? []).flatMap(({ owner, self, total }) => {
      const identity = identify(owner)
      return identity === undefined ? [] : [{ ...identity, selfMs: toMs(self), totalMs: toMs(total) }]
    })
}

/** Identifies tests on demand, because few of them are among the slowest of any function. */
export function testIdentifier(scopes: readonly Scope[], files: readonly FileRecord[], naming: Naming) {
  const fileOf = new Map(files.map(file => [fileKey({ project: file.projectId, file: file.path }), file]))
  const concurrentIn = once(concurrentTests)
  const scopeOf = new Map(scopes.map(scope => [ownedByTest(scope), scope]))
  return (owner: string): TestIdentity | undefined => {
    const scope = scopeOf.get(owner)
    const file = scope && fileOf.get(fileKey(scope))
    return file && testIdentity(scope, file, { ...naming, concurrentIn })
  }
}

function testIdentity(
  { test, group: number }: Scope,
  file: FileRecord,
  { names, toRelative, concurrentIn }: Naming & { concurrentIn: typeof concurrentTests },
): TestIdentity {
  const common = { file: toRelative(file.path), project: file.project }
  if (test !== undefined) {
    const name = [...names.of(file, test)]
    return { ...common, index: test, name, fullName: name.join(' ') }
  }
  const group = file.recording?.groups[number ?? 0]?.tests ?? []
  const concurrent = concurrentIn(file)
  const first = group.find(index => concurrent.has(index)) ?? 0
  const name = [`${group.length} concurrent tests`, `${nameText(names.of(file, first))}, …`]
  return { ...common, index: first, name, fullName: name.join(': '), group }
}

/** Positions of a file's concurrent tests. */
function concurrentTests({ recording }: FileRecord): ReadonlySet<number> {
  return new Set(recording?.tests.flatMap(test => (test.concurrent ? test.index : [])))
}

export function buildFunctionReport(
  { frames }: Pick<Profile, 'frames'>,
  { frame, self, total, count }: FunctionAmounts,
  toRelative: ToRelative,
): FunctionReport {
  const { name, file, line, column, generated, category, package: packageName } = at(frames, frame)
  return {
    function: name,
    file: toRelative(file),
    line,
    column,
    ...(generated ? { generated } : {}),
    category,
    package: packageName ?? null,
    selfMs: toMs(self),
    totalMs: toMs(total),
    sampleCount: count,
  }
}
