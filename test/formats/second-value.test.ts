// Values other than CPU time: waiting, which every run has, and allocated bytes, which src/ does not know. Every ranking,
// drawing and format that takes a value uses the value's own unit.

import { describe, expect, test } from '@jest/globals'
import { comparedCalls, SideCallsBuilder } from '../../src/compare/calls.js'
import { packCalls } from '../../src/formats/html/comparison-html.js'
import { packProfile } from '../../src/formats/html/html.js'
import { toCollapsed } from '../../src/formats/profiles/collapsed.js'
import { toRunCpuProfile } from '../../src/formats/profiles/cpuprofile.js'
import { toPprof } from '../../src/formats/profiles/pprof.js'
import { toSpeedscope } from '../../src/formats/profiles/speedscope.js'
import { callChanges } from '../../src/page/comparison/change-look.js'
import { comparedTrees } from '../../src/page/comparison/compared-trees.js'
import { CallsData } from '../../src/page/comparison/comparison-data.js'
import { RunData } from '../../src/page/data/run-data.js'
import { describeNode } from '../../src/page/flame/flame-tree.js'
import { mergedTree } from '../../src/page/flame/sample-trees.js'
import { at } from '../../src/profile/columns.js'
import { type FunctionAmounts, rankFunctions } from '../../src/profile/functions.js'
import { functionsByOwner } from '../../src/profile/functions-by-owner.js'
import { type Profile, samplesOf, TIMES, type ValueType } from '../../src/profile/profile.js'
import { addProfile, ProfileBuilder } from '../../src/profile/profile-builder.js'
import { rankBy } from '../../src/profile/rank.js'
import { violationsOf } from '../support/check-profile.js'
import { drawInto } from '../support/profile-from-text.js'
import { readCpuProfile } from '../support/read-cpuprofile.js'
import { readPprof } from '../support/read-pprof.js'
import { readSpeedscope } from '../support/read-speedscope.js'
import { reportOf } from '../support/run-record.js'

const ALLOCATED: ValueType = { name: 'allocated', unit: 'bytes', label: 'allocated' }
const MEGABYTE = 1_000_000
const FOLDING = { libraries: false, engine: false, recursion: false, owners: false }

/** CPU time only in A, waiting below B, and bytes that B and C allocated for two tests. */
function drawn({ megabytes = 3 } = {}): Profile {
  const builder = new ProfileBuilder()
  drawInto(builder, 't1  t1  t1\nA   A   A\n    B   B\n    idle', { weight: 1000 })
  const allocated = { value: ALLOCATED, weight: megabytes * MEGABYTE }
  drawInto(builder, 't1  t2\nA   A\nB   B\nC', allocated)
  const profile = builder.build()
  expect(violationsOf(profile)).toEqual([])
  return profile
}

function named({ frames }: Profile, ranked: readonly FunctionAmounts[]): string[] {
  return ranked
    .filter(({ total }) => total > 0)
    .map(({ frame, self, total }) => `${at(frames, frame).name} ${self} ${total}`)
    .toSorted()
}

describe('Rankings', () => {
  test('of the run use the selected value type', () => {
    const profile = drawn()
    expect(named(profile, rankFunctions(profile))).toEqual(['A 1000 2000', 'B 1000 1000'])
    expect(named(profile, rankFunctions(profile, TIMES.wait))).toEqual(['A 0 1000', 'B 1000 1000'])
    expect(named(profile, rankFunctions(profile, ALLOCATED))).toEqual([
      'A 0 6000000',
      'B 3000000 6000000',
      'C 3000000 3000000',
    ])
    expect(rankBy(profile, ({ category }) => category, ALLOCATED)).toMatchObject([
      { key: 'source', self: 6 * MEGABYTE, total: 6 * MEGABYTE },
    ])
  })

  test('of tests use the selected value type', () => {
    const profile = drawn()
    const byTest = (value: ValueType) =>
      [...functionsByOwner(profile, ({ test }) => `${test}`, { most: 1, value })].map(
        ([owner, functions]) => `${owner}: ${named(profile, functions)}`,
      )
    expect(byTest(ALLOCATED)).toEqual(['1: C 3000000 3000000', '2: B 3000000 3000000'])
    expect(byTest(TIMES.wait)).toEqual(['1: B 1000 1000', '2: '])
  })

  test('of merged profiles keep value types apart', () => {
    const builder = new ProfileBuilder()
    for (const profile of [drawn(), structuredClone(drawn())]) addProfile(profile, builder)
    const merged = builder.build()
    expect(violationsOf(merged)).toEqual([])
    expect(merged.values.map(({ type }) => type.name)).toEqual([...Object.keys(TIMES), 'allocated'])
    expect([...samplesOf(merged, ALLOCATED).weight]).toEqual([6 * MEGABYTE, 6 * MEGABYTE])
    expect([...samplesOf(merged, TIMES.wait).weight]).toEqual([2000])
  })
})

describe('Profile formats', () => {
  test('include a sample type per value in pprof', () => {
    const { profile, samples, text } = readPprof(toPprof(drawn(), reportOf([])))
    expect(profile.sampleType.map(({ type, unit }) => `${text(type)}/${text(unit)}`)).toEqual([
      ...['cpu/nanoseconds', 'ready/nanoseconds', 'blocked/nanoseconds', 'wait/nanoseconds'],
      'allocated/bytes',
      'samples/count',
    ])
    const having = (value: string) =>
      samples.flatMap(({ stack, values, labels }) => {
        const amount = values[value] ?? 0
        return amount > 0 ? `${labels.test}: ${stack} ${amount}` : []
      })
    expect(having('wait')).toEqual(['test 1: A > B > (idle) 1000000'])
    expect(having('allocated')).toEqual(['test 1: A > B > C 3000000', 'test 2: A > B 3000000'])
  })

  test('include a profile of the run per value in speedscope, with its unit', () => {
    const { file, profiles } = readSpeedscope(toSpeedscope(drawn(), reportOf([])))
    const [time, allocated, ...files] = file.profiles.map(({ name, unit }, index) => {
      return `${name}, ${profiles[index]?.total} ${unit}`
    })
    expect([time, allocated, files.length]).toEqual([
      'whole run, 1 test file, 3000 microseconds',
      'whole run, 1 test file: allocated, 6000000 bytes',
      1,
    ])
    expect(profiles[1]?.samples).toEqual([
      { stack: 'A > B > C', weight: 3 * MEGABYTE },
      { stack: 'A > B', weight: 3 * MEGABYTE },
    ])
  })

  test('use time or the selected value in collapsed stacks', () => {
    const profile = drawn()
    const linesOf = (...types: ValueType[]) =>
      toCollapsed(profile, reportOf([]), { values: types.map(type => samplesOf(profile, type)) })
    expect(linesOf(ALLOCATED)).toBe(
      'a.test.js;test 1;A src/A.js:1;B src/B.js:1;C src/C.js:1 3000000\n' +
        'a.test.js;test 2;A src/A.js:1;B src/B.js:1 3000000\n',
    )
    expect(linesOf(TIMES.wait)).toBe('a.test.js;test 1;A src/A.js:1;B src/B.js:1;(idle) 1000\n')
    expect(toCollapsed(profile, reportOf([]))).not.toContain('3000000')
  })

  test('omit bytes in .cpuprofile, which supports only time', () => {
    const { profile } = readCpuProfile(toRunCpuProfile(drawn()))
    expect(profile.endTime - profile.startTime).toBe(3000)
  })
})

describe('Flame graphs', () => {
  const profile = drawn()
  const report = reportOf([])
  const page = new RunData({ report, artifacts: {} }, packProfile(profile, report, { sources: {} })).profile

  test('of the page offer each value of the profile and show it in its unit', () => {
    expect(page?.values.map(({ type }) => type.label)).toEqual(['CPU', 'waiting', 'allocated'])
    const told = (value: string) => {
      if (page === undefined) return undefined
      const tree = mergedTree(page, { value }, FOLDING)
      return tree.nodes.map(node => describeNode(tree, node))
    }
    expect(told('allocated')).toEqual([
      'all: 6.0 MB, 100 %',
      'A: 6.0 MB, 100 %',
      'B: 6.0 MB, 100 %, itself 3.0 MB',
      'C: 3.0 MB, 50 %, itself 3.0 MB',
    ])
    expect(told('wait')).toEqual([
      'all: 1.0 ms, 100 %',
      'A: 1.0 ms, 100 %',
      'B: 1.0 ms, 100 %',
      '(idle): 1.0 ms, 100 %, itself 1.0 ms',
    ])
    expect(told('time')?.[0]).toBe('all: 3.0 ms, 100 %')
  })

  test('of a comparison show the change of a call in the unit of the value', () => {
    const side = (megabytes: number) => {
      const calls = new SideCallsBuilder()
      const record = { run: { displayRoot: '/project', samplingIntervalMicros: 1000 } }
      for (let run = 0; run < 3; run++) calls.add({ profile: drawn({ megabytes }), record })
      return calls.build()
    }
    const unmatched = { pairs: [], onlyBase: [], onlyHead: [], uncertain: { base: [], head: [] } }
    const data = new CallsData(packCalls(comparedCalls(side(3), side(5), unmatched)))
    const trees = comparedTrees(data, { value: 'allocated', phase: undefined }, FOLDING)
    const changes = callChanges(trees, data, null)
    expect(trees.calls.map(call => changes.describe(call))).toEqual([
      'all: base 6.0 MB → head 10.0 MB, +4.0 MB (+67 %)',
      'A (src/A.js:1:1): base 6.0 MB → head 10.0 MB, +4.0 MB (+67 %)',
      'B (src/B.js:1:1): base 6.0 MB → head 10.0 MB, +4.0 MB (+67 %)',
      'C (src/C.js:1:1): base 3.0 MB → head 5.0 MB, +2.0 MB (+67 %)',
    ])
  })
})
