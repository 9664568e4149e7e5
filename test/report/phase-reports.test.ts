import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { NO_TIME } from '../../src/account/segment-times.js'
import { PHASES } from '../../src/profile/profile.js'
import type { FileReport, PhaseTimes } from '../../src/report/file-report.js'
import { addUp, runPhases, timesReport } from '../../src/report/phase-reports.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'
import { resolvedFromText } from '../support/recording.js'
import { fileRecord, recordedFile, reportOf } from '../support/run-record.js'

const times: PhaseTimes = {
  ...{
    wallMs: 10,
    cpuMs: 6,
    idleMs: 4,
    gcMs: 2,
    blockedMs: 1,
    threadCpuMs: null,
    uncertaintyMs: 3,
    gcUncertaintyMs: 6,
  },
}

describe('timesReport', () => {
  test('CPU time is what was not idle: collections and synchronous calls are parts of it', () => {
    const measured = { ...NO_TIME, wall: 10_000, idle: 4000, gc: 2000, blocked: 1000, sampleCount: 5 }
    expect(timesReport({ ...measured, squaredGaps: 9e6 }, 1000)).toEqual({
      ...times,
      uncertaintyMs: 1.96,
      // Two hits of a millisecond, more or less by their root.
      gcUncertaintyMs: 2.772,
    })
  })
})

describe('addUp', () => {
  test('times add up, and of independent errors the squares', () => {
    expect(addUp([times, { ...times, uncertaintyMs: 4, gcUncertaintyMs: 8 }])).toEqual({
      ...{
        wallMs: 20,
        cpuMs: 12,
        idleMs: 8,
        gcMs: 4,
        blockedMs: 2,
        threadCpuMs: null,
        uncertaintyMs: 5,
        gcUncertaintyMs: 10,
      },
    })
  })

  test('sums of decimals have three decimals', () => {
    const tenth = { ...times, wallMs: 0.1 }
    expect(addUp([tenth, tenth, tenth]).wallMs).toBe(0.3)
  })

  test('the thread’s own clock adds up over what has one', () => {
    const clocked = (threadCpuMs: number | null) => ({ ...times, threadCpuMs })
    expect(addUp([clocked(0.1), clocked(null), clocked(0.2)]).threadCpuMs).toBe(0.3)
  })

  test('of nothing is nothing', () => {
    const none = {
      wallMs: 0,
      cpuMs: 0,
      idleMs: 0,
      gcMs: 0,
      blockedMs: 0,
      threadCpuMs: null,
      uncertaintyMs: 0,
      gcUncertaintyMs: 0,
    }
    expect(addUp([])).toEqual(none)
  })
})

/** Each is rounded to a thousandth on its own. */
const rounding = (count: number) => count * 0.001

function expectSums(
  parts: readonly PhaseTimes[],
  whole: Pick<FileReport, 'wallMs' | 'cpuMs' | 'idleMs' | 'gcMs'>,
) {
  for (const key of ['wallMs', 'cpuMs', 'idleMs', 'gcMs'] as const) {
    const sum = parts.reduce((total, part) => total + part[key], 0)
    expect(Math.abs(sum - (whole[key] ?? Number.NaN))).toBeLessThanOrEqual(rounding(parts.length + 1))
  }
}

describe('phases of the report', () => {
  test('of a file add up to the file, and those of the run to all files', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
        const { files, phases, totals } = reportOf(recordings)
        expect(files).toHaveLength(recordings.length)
        for (const file of files) expectSums(Object.values(file.phases ?? {}), file)
        expectSums(Object.values(phases), { ...totals, wallMs: totals.fileWallMs })
      }),
    )
  })

  test('wall time is CPU and idle time together, everywhere', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
        const { files, phases, hooks } = reportOf(recordings)
        const all = [...Object.values(phases), ...hooks, ...files.flatMap(file => file.groups)]
        for (const { wallMs, cpuMs, idleMs, gcMs, blockedMs } of all) {
          expect(cpuMs + idleMs).toBeCloseTo(wallMs, 6)
          expect(gcMs + blockedMs).toBeLessThanOrEqual(cpuMs + rounding(2))
        }
      }),
    )
  })

  test('are all there, in their order, also of a run without files', () => {
    expect(Object.keys(runPhases([]))).toEqual([...PHASES])
  })

  test('a file without a recording adds nothing', () => {
    const recording = resolvedFromText('0\nA', { phases: [{ phase: 'imports', start: 0 }] })
    const files = [recordedFile(recording), fileRecord({ path: '/project/b.test.js', wallMs: 70 })]
    const { phases } = reportOf([recording], { files })
    expect(phases.imports.wallMs).toBe(10)
    expect(PHASES.reduce((sum, phase) => sum + phases[phase].wallMs, 0)).toBe(10)
  })
})
