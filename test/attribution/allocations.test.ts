// What was allocated: for whom, by the boundaries of phases, hooks and tests, and by which functions, by samples.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { allocatedBytes, attemptOf } from '../../src/attribution/allocations.js'
import { foldAllocations } from '../../src/attribution/fold-allocations.js'
import { type TimeSelection, timeOfTests } from '../../src/attribution/timeline.js'
import { ALLOCATED, type Profile, samplesOf } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import type { Allocations } from '../../src/recording/recording.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { anyRecording } from '../support/any-recording.js'
import { violationsOf } from '../support/check-profile.js'
import { resolvedFromText, span } from '../support/recording.js'

const INTERVAL = 1000

/** Nodes: 1 is A, 2 is A > B, 3 is C. */
function recorded(
  allocations: Partial<Allocations>,
  given: Partial<Pick<ResolvedRecording, 'tests' | 'hooks' | 'phases'>> = {},
): ResolvedRecording {
  const none = { intervalBytes: INTERVAL, functionSpans: [], samples: null, spans: { end: [], bytes: [] } }
  return resolvedFromText('1 2\nA C\nB', { ...given, allocations: { ...none, ...allocations } })
}

function fold(recording: ResolvedRecording, selection?: TimeSelection): Profile {
  const builder = new ProfileBuilder()
  foldAllocations(builder, recording, selection)
  const profile = builder.build()
  expect(violationsOf(profile)).toEqual([])
  return profile
}

/** `phase owner: outermost > innermost bytes` for each row. */
function rows({ frames, stacks, scopes, values }: Profile): string[] {
  const { stack, scope, weight } = samplesOf({ values }, ALLOCATED)
  return [...stack].map((leaf, row) => {
    const names: string[] = []
    for (let at: number = leaf; at >= 0; at = stacks.caller[at] ?? -1)
      names.unshift(frames[stacks.frame[at] ?? -1]?.name ?? '?')
    const { phase, test: index, group } = scopes[scope[row] ?? -1] ?? {}
    const owner = group !== undefined ? ` g${group}` : index === undefined ? '' : ` t${index}`
    return `${phase}${owner}: ${names.join(' > ')} ${weight[row]}`
  })
}

const TEST = span({ index: 0, start: 100, end: 200 })
/** The test's function runs from 120 to 160, and a hook from 160 to 180. */
const SPANS = { end: [99, 119, 159, 179, 199, 300], bytes: [10, 20, 5000, 700, 30, 40] }
const HOOKS: ResolvedRecording['hooks'] = {
  definitions: [{ type: 'afterEach', describe: [], site: -1 }],
  runs: { definition: [0], start: [160], end: [180], test: [0] },
}
const WITH_TEST = { tests: [TEST], hooks: HOOKS, phases: [{ phase: 'environment' as const, start: 0 }] }

describe('Allocated bytes', () => {
  test('of a test are those of its function and hooks, and not what Jest allocates around them', () => {
    const bytes = allocatedBytes(recorded({ spans: SPANS, functionSpans: [2] }, WITH_TEST))
    expect(bytes?.whole).toBe(5800)
    expect([...(bytes?.tests ?? [])]).toEqual([[attemptOf(0, 1), 5700]])
    expect([...(bytes?.hooks ?? [])]).toEqual([[0, 700]])
    expect(bytes?.phases).toMatchObject({ environment: 50, hooks: 700, tests: 5000, other: 50 })
  })

  test('of a hook are its own, however long the thread had to wait before it began', () => {
    const runs = { definition: [0], start: [178], end: [180], test: [0] }
    const late = { ...WITH_TEST, hooks: { ...HOOKS, runs } }
    const bytes = allocatedBytes(recorded({ spans: SPANS, functionSpans: [2] }, late))
    expect([...(bytes?.hooks ?? [])]).toEqual([[0, 700]])
  })

  // Small objects: each sample stands for an interval, with a standard deviation as large.
  test.each([
    { count: 121, grown: 112_000, bytes: 112_000 },
    { count: 121, grown: 93_000, bytes: 110_000 },
    { count: 25, grown: 11_000, bytes: 11_000 },
    { count: 25, grown: 9_900, bytes: 10_000 },
  ])('of a heap that grew by $grown are $bytes after $count samples', ({ count, grown, bytes }) => {
    const spans = { end: [300], bytes: [grown] }
    const samples = { node: [1], span: [0], bytes: [count * INTERVAL], count: [count] }
    expect(allocatedBytes(recorded({ spans, samples }))?.whole).toBe(bytes)
  })

  test('are unknown without a record', () => {
    expect(allocatedBytes(resolvedFromText('1\nA'))).toBeUndefined()
  })

  test('of concurrent tests belong to their group', () => {
    const tests = [0, 1].map(index => span({ index, start: 100, end: 200, concurrent: true }))
    const recording = recorded({ spans: { end: [150], bytes: [80] }, functionSpans: [0] }, { tests })
    expect([...(allocatedBytes(recording)?.tests ?? [])]).toEqual([])
  })

  test.each([
    // 100 small objects that were sampled stand for 100,000 bytes ± 10,000.
    { grown: 90_000, count: 100, sampled: 100_000, expected: 90_000 },
    { grown: 60_000, count: 100, sampled: 100_000, expected: 90_000 },
    { grown: 110_000, count: 100, sampled: 100_000, expected: 110_000 },
    // Two objects of 100 kB fill a page of V8's, and leave 61 kB of it free, all or none of which counts.
    { grown: 1_000_000, count: 10, sampled: 1_000_000, expected: 1_000_000 },
    { grown: 1_200_000, count: 10, sampled: 1_000_000, expected: 1_000_000 },
    { grown: 1_400_000, count: 10, sampled: 1_000_000, expected: 1_072_797 },
    { grown: 1_305_000, count: 10, sampled: 1_000_000, expected: 1_000_000 },
    { grown: 1_000_000, count: 5, sampled: 1_000_000, expected: 1_000_000 },
    { grown: 5000, count: 0, sampled: 0, expected: 5000 },
    { grown: 5000, count: 1, sampled: 0, expected: 5000 },
  ])('$grown by the heap, $sampled by $count samples: $expected', ({ grown, count, sampled, expected }) => {
    const rows = count === 0 ? [] : [count]
    const samples = {
      node: rows.map(() => 2),
      span: rows.map(() => 0),
      bytes: rows.map(() => sampled),
      count: rows,
    }
    const recording = recorded({ spans: { end: [50], bytes: [grown] }, samples })
    expect(allocatedBytes(recording)?.whole).toBe(expected)
  })
})

describe('Functions that allocated', () => {
  const samples = { node: [2, 1, 3], span: [2, 2, 3], bytes: [3000, 1000, 1000], count: [3, 1, 1] }

  test('share the bytes of a span by their samples; without a sample, they are unknown', () => {
    const recording = recorded({ spans: SPANS, functionSpans: [2], samples }, WITH_TEST)
    expect(rows(fold(recording))).toEqual([
      'environment: (not sampled) 50',
      'other: (not sampled) 50',
      'tests t0: A > B 3750',
      'tests t0: A 1250',
      'hooks t0: C 700',
    ])
  })

  test('of one test can be selected', () => {
    const recording = recorded({ spans: SPANS, functionSpans: [2], samples }, WITH_TEST)
    const selected = fold(recording, timeOfTests(recording, new Set([0])))
    expect(rows(selected)).toEqual(['tests t0: A > B 3750', 'tests t0: A 1250', 'hooks t0: C 700'])
    expect(rows(fold(recording, timeOfTests(recording, new Set([1]))))).toEqual([])
  })

  test('add up to all that was allocated, whatever was recorded', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const bytes = allocatedBytes(recording)
        const { weight } = samplesOf(fold(recording), ALLOCATED)
        const folded = [...weight].reduce((sum, amount) => sum + amount, 0)
        expect(folded).toBe(bytes?.whole ?? 0)
        const phases = Object.values(bytes?.phases ?? {}).reduce((sum, amount) => sum + amount, 0)
        expect(phases).toBe(bytes?.whole ?? 0)
      }),
    )
  })
})
