import type { PerformanceEntry } from 'node:perf_hooks'
import { describe, expect, test } from '@jest/globals'
import { COVERAGE_REPORTER } from '../../src/jest/reporters.js'
import { CommandClock } from '../../src/run/command-clock.js'

const EPOCH = 1_700_000_000_000

/** A performance timeline with Jest's marks at these times, of which the last one counts. */
function timeline(now: number, marks: Readonly<Record<string, readonly number[]>>) {
  return {
    now: () => now,
    timeOrigin: EPOCH,
    getEntriesByName: (name: string) =>
      (marks[name.replace('jest/', '')] ?? []).map(startTime => ({ startTime }) as PerformanceEntry),
  }
}

const FIRST = {
  'buildContextsAndHasteMaps:start': [300],
  'buildContextsAndHasteMaps:end': [420],
  'getTestPaths:start': [430],
  'getTestPaths:end': [440],
  'globalSetup:start': [450],
  'globalSetup:end': [1950],
}

const NOTHING = {
  ...{ fileMapMs: null, findTestsMs: null, globalSetupMs: null, coverageMs: null, reporters: [] },
  ...{ profilerMs: 0, globalTeardownMs: null, exitMs: null },
}

describe('CommandClock', () => {
  test('starts with the process, and contains the steps that Jest marks', () => {
    expect(new CommandClock({ isFirst: true }, timeline(2000, FIRST)).times()).toEqual({
      ...{ ...NOTHING, startedAtMs: EPOCH, endedAtMs: EPOCH + 2000 },
      ...{ fileMapMs: 120, findTestsMs: 10, globalSetupMs: 1500 },
    })
  })

  test('contains globalTeardown once it has ended', () => {
    const marks: Record<string, number[]> = { ...FIRST, 'globalTeardown:start': [5000] }
    const clock = new CommandClock({ isFirst: true }, timeline(6000, marks))
    expect(clock.times()?.globalTeardownMs).toBeNull()
    marks['globalTeardown:end'] = [5600.0004]
    expect(clock.times()?.globalTeardownMs).toBe(600)
  })

  test('measures the exit from the end of Jest’s own work to the end of the process', () => {
    const marks: Record<string, number[]> = { ...FIRST }
    const clock = new CommandClock({ isFirst: true }, timeline(6000, marks))
    expect(clock.times({ exits: true })?.exitMs).toBeNull()
    marks['processResults:end'] = [5700]
    expect(clock.times({ exits: true })?.exitMs).toBe(300)
    expect(clock.times()?.exitMs).toBeNull()
  })

  test('starts a rerun in watch mode where Jest looks for tests, without earlier steps', () => {
    const marks = {
      ...{ ...FIRST, 'processResults:end': [2500] },
      'getTestPaths:start': [430, 9000],
      'getTestPaths:end': [440, 9020],
      'globalSetup:start': [450, 9030],
      'globalSetup:end': [1950, 9530],
    }
    expect(new CommandClock({ isFirst: false }, timeline(9600, marks)).times({ exits: true })).toEqual({
      ...{ ...NOTHING, startedAtMs: EPOCH + 9000, endedAtMs: EPOCH + 9600 },
      ...{ findTestsMs: 20, globalSetupMs: 500 },
    })
  })

  test('returns undefined for a rerun without marks, and start and end for a first run without marks', () => {
    expect(new CommandClock({ isFirst: false }, timeline(9600, {})).times()).toBeUndefined()
    expect(new CommandClock({ isFirst: true }, timeline(2000, {})).times()).toEqual({
      ...{ ...NOTHING, startedAtMs: EPOCH, endedAtMs: EPOCH + 2000 },
    })
  })
})

test('CommandClock adds up the time of each reporter, of coverage and of the profiler', () => {
  const clock = new CommandClock({ isFirst: true }, timeline(2000, {}))
  clock.reporterEnded('slow', { ms: 20.0004, atEnd: true })
  clock.reporterEnded('quick', { ms: 1, atEnd: true })
  clock.reporterEnded('slow', { ms: 4, atEnd: false })
  clock.reporterEnded('slow', { ms: 5, atEnd: false })
  clock.reporterEnded('slow', { ms: 30, atEnd: true })
  clock.reporterEnded(COVERAGE_REPORTER, { ms: 40, atEnd: true })
  clock.reporterEnded(COVERAGE_REPORTER, { ms: 2.5, atEnd: true })
  clock.profilerWorked(7)
  clock.profilerWorked(8)
  expect(clock.times()).toMatchObject({
    reporters: [
      { reporter: 'slow', wallMs: 50, runningMs: 9 },
      { reporter: 'quick', wallMs: 1, runningMs: 0 },
    ],
    ...{ coverageMs: 42.5, profilerMs: 15 },
  })
})
