import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { NO_TIME } from '../../src/attribution/segment-times.js'
import { PHASES } from '../../src/profile/profile.js'
import { sumPhases, sumPhaseTimes, toPhaseTimes } from '../../src/report/build/phase-reports.js'
import type { FileReport, PhaseTimes } from '../../src/report/file-report.js'
import type { Report } from '../../src/report/report.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'
import { resolvedFromText } from '../support/recording.js'
import { fileRecord, recordedFile, reportOf } from '../support/run-record.js'

const times: PhaseTimes = {
  ...{ wallMs: 10, cpuMs: 4, readyMs: 1, blockedMs: 1, idleMs: 4, gcMs: 2 },
  ...{ uncertaintyMs: 3, gcUncertaintyMs: 6 },
}

describe('toPhaseTimes', () => {
  const measured = {
    ...{ ...NO_TIME, wall: 10_000, cpu: 4000, ready: 1000, blocked: 1000, idle: 4000, gc: 2000 },
    ...{ sampleCount: 5, squaredGaps: 9e6, squaredSteps: 1.5e6 },
  }
  // Two hits of 1 ms each, with an error of their square root.
  const gcUncertaintyMs = 2.772

  test('returns the parts of the time, with the uncertainty of the thread’s clock', () => {
    expect(toPhaseTimes(measured, 1000)).toEqual({ ...times, uncertaintyMs: 0.98, gcUncertaintyMs })
  })

  test('returns no time without a core, and the uncertainty of samples, without a thread clock', () => {
    expect(toPhaseTimes({ ...measured, cpu: 5000, ready: undefined }, 1000)).toEqual({
      ...{ ...times, cpuMs: 5, readyMs: null, uncertaintyMs: 1.96, gcUncertaintyMs },
    })
  })

  test('returns microseconds that add up, and garbage collection within CPU time', () => {
    const halves = { ...measured, wall: 4002, cpu: 2000.5, ready: 1000.5, blocked: 500.5, idle: 500.5 }
    expect(toPhaseTimes({ ...halves, gc: 2000.5 }, 1000)).toMatchObject({
      // The sums are 2000.5, 3001, 3501.5 and 4002.
      ...{ wallMs: 4.002, cpuMs: 2.001, readyMs: 1, blockedMs: 0.501, idleMs: 0.5, gcMs: 2.001 },
    })
  })
})

describe('sumPhaseTimes', () => {
  test('adds times, and the squares of independent errors', () => {
    expect(sumPhaseTimes([times, { ...times, uncertaintyMs: 4, gcUncertaintyMs: 8 }])).toEqual({
      ...{ wallMs: 20, cpuMs: 8, readyMs: 2, blockedMs: 2, idleMs: 8, gcMs: 4 },
      ...{ uncertaintyMs: 5, gcUncertaintyMs: 10 },
    })
  })

  test('rounds sums to three decimals', () => {
    const tenth = { ...times, wallMs: 0.1 }
    expect(sumPhaseTimes([tenth, tenth, tenth]).wallMs).toBe(0.3)
  })

  test('adds time without a core, and returns null if one part is unknown', () => {
    const clocked = (readyMs: number | null) => ({ ...times, readyMs })
    expect(sumPhaseTimes([clocked(0.1), clocked(0.2)]).readyMs).toBe(0.3)
    expect(sumPhaseTimes([clocked(0.1), clocked(null), clocked(0.2)]).readyMs).toBeNull()
  })

  test('returns 0 for no phases', () => {
    expect(sumPhaseTimes([])).toEqual({
      ...{ wallMs: 0, cpuMs: 0, readyMs: 0, blockedMs: 0, idleMs: 0, gcMs: 0 },
      ...{ uncertaintyMs: 0, gcUncertaintyMs: 0 },
    })
  })
})

/** The tolerance for that many values, each rounded to 0.001 ms. */
const rounding = (count: number) => count * 0.001

/** The phases that are parts of test files. */
function ofFiles({ betweenFiles: _, ...phases }: Report['phases']) {
  return phases
}

type Summed = 'wallMs' | 'cpuMs' | 'readyMs' | 'blockedMs' | 'idleMs' | 'gcMs'

function expectSums(parts: readonly PhaseTimes[], whole: Pick<FileReport, Summed>) {
  const expectSum = (amountOf: (times: Pick<FileReport, Summed>) => number | null) => {
    const sum = parts.reduce((total, part) => total + (amountOf(part) ?? Number.NaN), 0)
    expect(Math.abs(sum - (amountOf(whole) ?? Number.NaN))).toBeLessThanOrEqual(
      rounding(3 * (parts.length + 1)),
    )
  }
  for (const key of ['wallMs', 'blockedMs', 'idleMs', 'gcMs'] as const) expectSum(times => times[key])
  // Time without a core may be known for a part, while the whole counts it as CPU time.
  expectSum(({ cpuMs, readyMs }) => (cpuMs ?? Number.NaN) + (readyMs ?? 0))
  if (whole.readyMs === null) return
  expectSum(({ cpuMs }) => cpuMs)
  const ready = parts.reduce((total, part) => total + (part.readyMs ?? Number.NaN), 0)
  expect(Math.abs(ready - whole.readyMs)).toBeLessThanOrEqual(rounding(parts.length + 1))
}

describe('The phases of a report', () => {
  test('add up to their file, and those of the run to all files', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
        const { files, phases, totals } = reportOf(recordings)
        expect(files).toHaveLength(recordings.length)
        for (const file of files) expectSums(Object.values(file.phases ?? {}), file)
        expectSums(Object.values(ofFiles(phases)), { ...totals, wallMs: totals.fileWallMs })
      }),
    )
  })

  test('consist of CPU time, time without a core, blocked time and idle time', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
        const { files, phases, hooks } = reportOf(recordings)
        // Time without a core is either known or included in CPU time.
        const parts = files.flatMap(file => [...Object.values(file.phases ?? {}), ...file.groups])
        for (const times of [...parts, ...Object.values(ofFiles(phases)), ...hooks]) {
          const { wallMs, cpuMs, readyMs, blockedMs, idleMs, gcMs } = times
          expect(cpuMs + (readyMs ?? 0) + blockedMs + idleMs).toBeCloseTo(wallMs, 6)
          expect(gcMs).toBeLessThanOrEqual(cpuMs + 1e-6)
          expect(Math.min(cpuMs, readyMs ?? 0, blockedMs, idleMs, gcMs)).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  test('are complete and in order, even for a run without files', () => {
    expect(Object.keys(sumPhases([]))).toEqual([...PHASES])
  })

  test('contain nothing of a file without a recording', () => {
    const recording = resolvedFromText('0\nA', { phases: [{ phase: 'imports', start: 0 }] })
    const files = [recordedFile(recording), fileRecord({ path: '/project/b.test.js', wallMs: 70 })]
    const { phases } = reportOf([recording], { files })
    expect(phases.imports.wallMs).toBe(10)
    expect(PHASES.reduce((sum, phase) => sum + phases[phase].wallMs, 0)).toBe(10)
  })
})
