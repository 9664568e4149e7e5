// The report's hottest functions, each with the tests that it costs most.

import { ownersOfFunctions } from '../analysis/functions-by-owner.js'
import { type Ranked, rankBy } from '../analysis/rank.js'
import { at } from '../profile/columns.js'
import { compareFrames, isFunction } from '../profile/frame.js'
import type { FrameIndex, Profile, Scope } from '../profile/profile.js'
import type { Hotspot, HotspotTest } from './code-reports.js'
import type { FileReport } from './file-report.js'
import { functionReport, type ToRelative, toMs } from './function-report.js'
import { fileKey, groupKey, ownedByFile, ownedByTest, testKey } from './owners.js'

/** Functions kept of the project's own code, and as many of everything else. */
const HOTSPOTS = 250
/** Tests shown for one function. */
const TESTS_OF_A_HOTSPOT = 5

export function buildHotspots(
  profile: Profile,
  reportOf: ReadonlyMap<string, FileReport>,
  toRelative: ToRelative,
): { hotspots: Hotspot[]; total: number } {
  const ranked = rankBy(profile, (frame, index) => (isFunction(frame) ? index : undefined))
    .filter(({ self }) => self > 0)
    .toSorted(
      (a, b) => b.self - a.self || compareFrames(at(profile.frames, a.key), at(profile.frames, b.key)),
    )
  const isOwn = ({ key }: Ranked<FrameIndex>) => /^(source|test)$/.test(at(profile.frames, key).category)
  const own = ranked.filter(isOwn).slice(0, HOTSPOTS)
  const others = ranked.filter(entry => !isOwn(entry)).slice(0, HOTSPOTS)
  const kept = new Set([...own, ...others])
  const functions = new Set([...kept].map(({ key }) => key))
  const testsOf = testFinder(profile, reportOf, functions, toRelative)
  const anyOrder = () => ''
  const filesOf = ownersOfFunctions(profile, ownedByFile, { functions, most: 0, textOf: anyOrder })
  const hotspots = ranked
    .filter(entry => kept.has(entry))
    .map(({ key: frame, self, total, count }) => ({
      ...functionReport(profile, { frame, self, total, count }, toRelative),
      files: filesOf.get(frame)?.count ?? 0,
      tests: testsOf(frame),
    }))
  return { hotspots, total: ranked.length }
}

function testFinder(
  profile: Profile,
  reportOf: ReadonlyMap<string, FileReport>,
  functions: ReadonlySet<FrameIndex>,
  toRelative: ToRelative,
): (frame: FrameIndex) => HotspotTest[] {
  const identities = testIdentities(profile.scopes, reportOf, toRelative)
  const textOf = (owner: string) => {
    const { file = '', index = 0 } = identities.get(owner) ?? {}
    return `${file}\0${String(index).padStart(9, '0')}`
  }
  const owners = ownersOfFunctions(profile, ownedByTest, { functions, most: TESTS_OF_A_HOTSPOT, textOf })
  return frame =>
    (owners.get(frame)?.costliest ?? []).flatMap(({ owner, self, total }) => {
      const identity = identities.get(owner)
      return identity === undefined ? [] : [{ ...identity, selfMs: toMs(self), totalMs: toMs(total) }]
    })
}

type TestIdentity = Omit<HotspotTest, 'selfMs' | 'totalMs'>

function testIdentities(
  scopes: readonly Scope[],
  reportOf: ReadonlyMap<string, FileReport>,
  toRelative: ToRelative,
): Map<string, TestIdentity> {
  const identities = new Map<string, TestIdentity>()
  for (const scope of scopes) {
    const report = reportOf.get(fileKey(scope))
    const file = report?.path ?? toRelative(scope.file)
    const project = report?.project ?? ''
    const nameOf = (index: number) =>
      report?.tests.find(test => test.index === index)?.name ?? [`test ${index}`]
    if (scope.group !== undefined && scope.test === undefined) {
      const group = report?.groups[scope.group]?.tests ?? []
      const first =
        group.find(index => report?.tests.some(test => test.index === index && test.concurrent)) ?? 0
      const name = [`${group.length} concurrent tests`, `${nameOf(first).join(' ')}, …`]
      identities.set(groupKey(scope, scope.group), {
        file,
        project,
        index: first,
        name,
        fullName: name.join(': '),
        group,
      })
    } else if (scope.test !== undefined) {
      const name = nameOf(scope.test)
      identities.set(testKey(scope, scope.test), {
        file,
        project,
        index: scope.test,
        name,
        fullName: name.join(' '),
      })
    }
  }
  return identities
}
