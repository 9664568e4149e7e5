import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { finished } from '../../src/findings/finish.js'
import type { FindingDraft } from '../../src/findings/rule.js'
import { EMPTY_SCHEDULE, RecordedSchedule, savedBy } from '../../src/findings/savings.js'
import { fileKey } from '../../src/profile/paths.js'
import { factsOf } from '../support/facts.js'
import { resolvedFromText } from '../support/recording.js'
import { mergedRun, RUN_START, recordedFile } from '../support/run-record.js'

interface DrawnFile {
  readonly name: string
  readonly worker?: number
  readonly startMs?: number
  readonly wallMs: number
}

function scheduleOf(files: readonly DrawnFile[], run = {}): RecordedSchedule {
  const records = files.map(({ name, worker = 1, startMs = 0, wallMs }) => {
    const header = {
      worker,
      startedAtMs: RUN_START + startMs,
      wallMicros: 1000 * wallMs,
      testPath: `/project/${name}`,
    }
    return recordedFile(resolvedFromText('0\nA', { header }))
  })
  return new RecordedSchedule({ files: records }, run)
}

const key = (name: string) => fileKey({ project: 'project-id', file: `/project/${name}` })
const costOf = (costMs: number, names: readonly string[], confidence: 'high' | 'medium' = 'high') => ({
  ...{ costMs, confidence, savings: { files: new Map(names.map(name => [key(name), 1])) } },
})

describe('savedBy', () => {
  test('in band saves all that the files cost', () => {
    const schedule = scheduleOf([
      { name: 'a', wallMs: 1000 },
      { name: 'b', startMs: 1000, wallMs: 500 },
    ])
    expect(savedBy([costOf(600, ['a', 'b'])], schedule)).toEqual({ low: 600, high: 600 })
  })

  test('saves no wall time in a worker that others outlast', () => {
    const schedule = scheduleOf([
      { name: 'long', worker: 1, wallMs: 3000 },
      { name: 'short', worker: 2, wallMs: 1000 },
    ])
    expect(savedBy([costOf(900, ['short'])], schedule)).toEqual({ low: 0, high: 0 })
    expect(savedBy([costOf(2500, ['long'])], schedule)).toEqual({ low: 2000, high: 2000 })
  })

  test('is a range where the next files could begin on another worker', () => {
    const schedule = scheduleOf([
      { name: 'a', worker: 1, wallMs: 1000 },
      { name: 'b', worker: 2, wallMs: 2000 },
      { name: 'c', worker: 1, startMs: 1000, wallMs: 2000 },
    ])
    // On its worker c would still end last, at 3000; worker 2 is free at 500.
    expect(savedBy([costOf(1500, ['b'])], schedule)).toEqual({ low: 0, high: 500 })
  })

  test('keeps the time between two files of a worker', () => {
    const schedule = scheduleOf([
      { name: 'a', wallMs: 1000 },
      { name: 'b', startMs: 4000, wallMs: 1000 },
    ])
    expect(savedBy([costOf(9000, ['a'])], schedule)).toEqual({ low: 1000, high: 1000 })
  })

  test('treats shards as machines that run at the same time', () => {
    const files = [
      { name: 'a', worker: 1, wallMs: 2000 },
      { name: 'b', worker: 3, startMs: 50_000, wallMs: 1000 },
    ]
    const schedule = scheduleOf(files, { mergedFrom: [mergedRun('1/2'), mergedRun('2/2')] })
    expect(savedBy([costOf(1500, ['a'])], schedule)).toEqual({ low: 1000, high: 1000 })
  })

  test('has no lower bound where it is not certain that the cost can be saved', () => {
    const schedule = scheduleOf([{ name: 'a', wallMs: 1000 }])
    expect(savedBy([costOf(300, ['a'], 'medium')], schedule)).toEqual({ low: 0, high: 300 })
    expect(savedBy([costOf(300, ['a'], 'medium'), costOf(200, ['a'])], schedule)).toEqual({
      low: 200,
      high: 500,
    })
  })

  test('adds what the command itself would save', () => {
    const command = { ...costOf(0, []), savings: { command: { low: 100, high: 400 } } }
    expect(savedBy([command], EMPTY_SCHEDULE)).toEqual({ low: 100, high: 400 })
  })

  test('is between nothing and the length of the schedule, for any schedule and costs', () => {
    const anyFile = fc.record({
      worker: fc.integer({ min: 1, max: 4 }),
      gapMs: fc.integer({ min: 0, max: 100 }),
      wallMs: fc.integer({ min: 1, max: 1000 }),
      costMs: fc.integer({ min: 0, max: 1500 }),
    })
    fc.assert(
      fc.property(fc.array(anyFile, { minLength: 1, maxLength: 12 }), drawn => {
        const ends = new Map<number, number>()
        const files = drawn.map(({ worker, gapMs, wallMs }, index) => {
          const startMs = (ends.get(worker) ?? 0) + gapMs
          ends.set(worker, startMs + wallMs)
          return { name: String(index), worker, startMs, wallMs }
        })
        const costs = drawn.map(({ costMs }, index) => costOf(costMs, [String(index)]))
        const { low, high } = savedBy(costs, scheduleOf(files))
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeGreaterThanOrEqual(low)
        expect(high).toBeLessThanOrEqual(Math.max(...ends.values()) + drawn.length)
      }),
    )
  })
})

test('what saves nothing of the command is no finding, unless it is about memory', () => {
  const schedule = scheduleOf([
    { name: 'long', worker: 1, wallMs: 3000 },
    { name: 'short', worker: 2, wallMs: 1000 },
  ])
  const said = { title: 'It waits', evidence: 'so', remedy: 'Do not.' }
  const drafts: FindingDraft[] = [
    { id: 'polling:short', ...said, ...costOf(900, ['short']) },
    { id: 'polling:long', ...said, ...costOf(900, ['long']) },
    { id: 'kept-sandboxes', ...said, ...costOf(900, ['short']), retainedBytes: 5_000_000 },
  ]
  const { report } = factsOf({})
  const { findings } = finished(drafts, { report, schedule })
  expect(findings.map(({ id }) => id)).toEqual(['kept-sandboxes', 'polling:long'])
})
