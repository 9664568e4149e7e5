import type { PerformanceEntry } from 'node:perf_hooks'
import { describe, expect, test } from '@jest/globals'
import { globalTeardownText, startUp } from '../../src/run/start-up.js'

/** With Jest's marks at these moments, of which the latest counts. */
function timeline(now: number, marks: Readonly<Record<string, readonly number[]>>) {
  return {
    now: () => now,
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

describe('what came before the run', () => {
  test('is all from the start of the process on, and what Jest tells of its parts', () => {
    expect(startUp({ isFirst: true }, timeline(2000, FIRST))).toEqual({
      ...{ wallMs: 2000, fileMapMs: 120, findTestsMs: 10, globalSetupMs: 1500 },
    })
  })

  test('of a later run in watch mode begins where Jest looks for tests', () => {
    const marks = {
      ...FIRST,
      'getTestPaths:start': [430, 9000],
      'getTestPaths:end': [440, 9020],
      'globalSetup:start': [450, 9030],
      'globalSetup:end': [1950, 9530],
    }
    expect(startUp({ isFirst: false }, timeline(9600, marks))).toEqual({
      ...{ wallMs: 600, fileMapMs: null, findTestsMs: 20, globalSetupMs: 500 },
    })
  })

  test('is not known of a later run without such marks', () => {
    expect(startUp({ isFirst: false }, timeline(9600, {}))).toBeUndefined()
    expect(startUp({ isFirst: true }, timeline(2000, {}))).toEqual({
      ...{ wallMs: 2000, fileMapMs: null, findTestsMs: null, globalSetupMs: null },
    })
  })
})

describe('what globalTeardown took', () => {
  const said = (took: number) =>
    globalTeardownText(timeline(0, { 'globalTeardown:start': [5000], 'globalTeardown:end': [5000 + took] }))

  test('is told where it is worth a word', () => {
    expect(said(2100)).toBe('jest-profiler: globalTeardown took 2.10 s, after all that is told above.\n')
    expect(said(99)).toBe('')
    expect(globalTeardownText(timeline(0, {}))).toBe('')
  })
})
