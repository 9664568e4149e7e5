import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { timeline } from '../../src/attribution/timeline.js'
import { spanCursor } from '../../src/profile/time-spans.js'
import type { HookRuns, TestSpan } from '../../src/recording/recording.js'
import { anyRecording } from '../support/any-recording.js'
import { type DrawnRecording, resolvedFromText, span } from '../support/recording.js'
import { withWaits } from '../support/waits.js'

const recordingOf = (given: DrawnRecording, wallMicros = 100) =>
  resolvedFromText('0\nA', { ...given, header: { wallMicros } })

/** `start-end phase hook owner` for each segment. */
function drawn(recording: ReturnType<typeof recordingOf>): string[] {
  return timeline(recording).map(({ start, end, phase, hook, owner }) => {
    const parts = [`${start}-${end}`, phase]
    if (hook !== undefined) parts.push(`h${hook}`)
    if (owner?.group !== undefined) parts.push(`g${owner.group}`)
    if (owner?.test !== undefined) parts.push(`t${owner.test}.${owner.attempt}`)
    return parts.join(' ')
  })
}

function hooks(...runs: [definition: number, start: number, end: number][]) {
  const columns: HookRuns = {
    definition: runs.map(([definition]) => definition),
    start: runs.map(([, start]) => start),
    end: runs.map(([, , end]) => end),
    test: runs.map(() => -1),
  }
  return { definitions: [], runs: columns }
}

describe('timeline', () => {
  const tests: TestSpan[] = [span({ index: 0, start: 40, end: 60 }), span({ index: 1, start: 60, end: 80 })]

  test('a phase lasts until the next one begins, and the last one until the end', () => {
    expect(
      drawn(
        recordingOf({
          phases: [
            { phase: 'environment', start: 0 },
            { phase: 'imports', start: 30 },
            { phase: 'teardown', start: 90 },
          ],
        }),
      ),
    ).toEqual(['0-30 environment', '30-90 imports', '90-100 teardown'])
  })

  test('tests override phases, and hooks override both but keep the test as their owner', () => {
    expect(
      drawn(
        recordingOf({
          tests,
          hooks: hooks([0, 10, 20], [1, 40, 45], [1, 60, 65]),
          phases: [
            { phase: 'environment', start: 0 },
            { phase: 'other', start: 5 },
          ],
        }),
      ),
    ).toEqual([
      '0-5 environment',
      '5-10 other',
      '10-20 hooks h0',
      '20-40 other',
      '40-45 hooks h1 t0.1',
      '45-60 tests t0.1',
      '60-65 hooks h1 t1.1',
      '65-80 tests t1.1',
      '80-100 other',
    ])
  })

  test('a hook that outlasts its test is split at the test’s end', () => {
    expect(drawn(recordingOf({ tests, hooks: hooks([0, 75, 90]) }))).toEqual([
      '0-40 other',
      '40-60 tests t0.1',
      '60-75 tests t1.1',
      '75-80 hooks h0 t1.1',
      '80-90 hooks h0',
      '90-100 other',
    ])
  })

  test('a recording without phases is time of the phase "other", without an owner', () => {
    expect(drawn(recordingOf({}))).toEqual(['0-100 other'])
  })

  test('spans that are longer than the recording are cut at its end', () => {
    const long = [span({ index: 0, start: 90, end: 150 })]
    expect(
      drawn(recordingOf({ tests: long, hooks: hooks([0, 95, 200]), phases: [{ phase: 'other', start: 0 }] })),
    ).toEqual(['0-90 other', '90-95 tests t0.1', '95-100 hooks h0 t0.1'])
  })

  test('a group with recorded contexts is split among its tests', () => {
    const concurrent = tests.map(entry => ({ ...entry, start: 40, end: 80, concurrent: true }))
    const recording = withWaits(recordingOf({ tests: concurrent }), {
      resources: [],
      wakes: [],
      contexts: { time: [40, 50], test: [1, 0] },
    })
    expect(drawn(recordingOf({ tests: concurrent }))).toEqual([
      '0-40 other',
      '40-80 tests g0',
      '80-100 other',
    ])
    expect(drawn(recording)).toEqual([
      '0-40 other',
      '40-50 tests g0 t1.1',
      '50-80 tests g0 t0.1',
      '80-100 other',
    ])
  })

  test('covers any recording from its start to its end, without gaps or overlaps', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const segments = timeline(recording)
        let last = 0
        for (const { start, end } of segments) {
          expect(start).toBe(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBe(recording.header.wallMicros)
      }),
    )
  })

  test('is in the hooks phase exactly while a hook runs, for any recording', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const { runs } = recording.hooks
        for (const { start, phase, hook } of timeline(recording)) {
          const run = runs.start.findIndex(
            (begins, index) => begins <= start && start < (runs.end[index] ?? Number.NaN),
          )
          expect([phase === 'hooks', hook]).toEqual([run >= 0, run >= 0 ? runs.definition[run] : undefined])
        }
      }),
    )
  })
})

describe('spanCursor', () => {
  test('finds the segment of each timestamp, with exclusive ends, and undefined between segments', () => {
    const segments = [
      { start: 10, end: 20, name: 'a' },
      { start: 20, end: 21, name: 'b' },
      { start: 30, end: 40, name: 'c' },
    ]
    const at = spanCursor(segments)
    expect([0, 10, 10, 19, 20, 25, 30, 39, 40, 50].map(moment => at(moment)?.name)).toEqual([
      ...[undefined, 'a', 'a', 'a', 'b', undefined, 'c', 'c', undefined, undefined],
    ])
  })
})
