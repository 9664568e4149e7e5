// What rounds say that a change saves, from the times of test files.

import { describe, expect, test } from '@jest/globals'
import type { DoctorFacts } from '../../../src/doctor/candidate.js'
import { Measuring } from '../../../src/doctor/rounds/measuring.js'
import type { CountedFiles, Round } from '../../../src/doctor/rounds/round-figures.js'
import type { MeasuredRun, SuiteRunner } from '../../../src/doctor/runs/suite-runner.js'
import type { TrialFile } from '../../../src/doctor/trial/trial-spec.js'

const FACTS = { files: [], report: { schedule: { workers: [1] } } } as unknown as DoctorFacts

function measuring(): Measuring {
  const base = { wallMs: 10_000, only: null }
  return new Measuring({ facts: FACTS, runner: {} as SuiteRunner, base })
}

/** `walls`: of each test file, the first file of the worker first. */
function runOf(walls: readonly number[]): MeasuredRun {
  const files = walls.map((wallMs, index): TrialFile => {
    return {
      key: `k${index}`,
      status: 'passed',
      tests: [],
      wallMs,
      cpuMs: wallMs,
      isFirst: index === 0,
      snapshots: [0, 0, 0],
    }
  })
  const results = { files } as unknown as NonNullable<MeasuredRun['results']>
  return {
    wallMs: 1000 + walls.reduce((all, ms) => all + ms, 0),
    cpuMs: 1,
    peakBytes: null,
    results,
    output: '',
  }
}

function rounds(base: readonly number[], changed: readonly number[], amount = 3): Round[] {
  return Array.from({ length: amount }, (_, index) => {
    const noisy = (walls: readonly number[]) => walls.map(ms => ms * (1 + 0.001 * index))
    return { base: runOf(noisy(base)), changed: runOf(noisy(changed).map(ms => ms + index)) }
  })
}

const keysOf = (amount: number) => new Set(Array.from({ length: amount }, (_, index) => `k${index}`))
const counted = (amount: number, scale = 1): CountedFiles => {
  return { keys: keysOf(amount), scale }
}
const savedBy = (base: readonly number[], changed: readonly number[], scale: number) =>
  measuring().judge('one', rounds(base, changed), counted(base.length, scale), 1).saved.wallMs

describe('a saving of a sample', () => {
  test('is that of all files, where each file saves alike', () => {
    expect(savedBy([300, 100, 100, 100], [300, 80, 80, 80], 5)).toBeCloseTo(5 * 60, -2)
  })

  test('of the first file of a worker counts once', () => {
    expect(savedBy([900, 100, 100, 100], [500, 100, 100, 100], 5)).toBeLessThan(450)
    expect(savedBy([900, 100, 100, 100], [500, 100, 100, 100], 5)).toBeGreaterThan(350)
  })

  test('of one file that differs far more than others counts once', () => {
    const saved = savedBy([300, 900, 100, 100, 100, 100], [300, 300, 90, 90, 90, 90], 5)
    expect(saved).toBeGreaterThan(700)
    expect(saved).toBeLessThan(900)
  })
})

describe('a decision', () => {
  const judge = (base: readonly number[], changed: readonly number[], files: CountedFiles) =>
    measuring().judge('one', rounds(base, changed, 4), files, 1).decision

  test('is a gain where each file is faster', () => {
    expect(judge([300, 200, 200], [300, 100, 100], counted(3))).toBe('gain')
  })

  test('is none where the saving is certain and tiny', () => {
    expect(judge([300, 20, 20], [300, 5, 5], counted(3))).toBe('no gain')
  })

  test('is none where nothing differs', () => {
    expect(judge([300, 200, 200], [300, 200, 200], counted(3))).toBe('no gain')
  })

  test('of a command is about its wall time', () => {
    expect(judge([3000, 2000], [2000, 1000], null)).toBe('gain')
  })
})
