import { describe, expect, test } from '@jest/globals'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { buildSchedule } from '../../src/report/build/schedule.js'
import { resolvedFromText } from '../support/recording.js'
import { fileRecord, mergedRun, RUN_START, reportOf, runRecord } from '../support/run-record.js'

const MS = 1000

/** A file that is idle in its second half. */
function fileOn(worker: number, path: string, startedAtMs: number, wallMs: number): ResolvedRecording {
  return resolvedFromText(`0  ${(wallMs / 2) * MS}\nA  idle`, {
    header: {
      worker,
      testPath: `/project/${path}`,
      startedAtMs: RUN_START + startedAtMs,
      wallMicros: wallMs * MS,
    },
  })
}

const scheduleOf = (...recordings: ResolvedRecording[]) => reportOf(recordings).schedule

describe('The schedule of a report', () => {
  const schedule = scheduleOf(
    fileOn(2, 'b.test.js', 150, 200),
    fileOn(1, 'a.test.js', 100, 300),
    fileOn(2, 'c.test.js', 360, 100),
  )

  test('has the start, the end, the files and the busy time of each worker', () => {
    const rest = { machine: 0, readyMs: null, blockedMs: 0 }
    expect(schedule.workers).toEqual([
      { worker: 1, files: 1, startedAtMs: 100, endedAtMs: 400, busyMs: 300, cpuMs: 150, ...rest },
      { worker: 2, files: 2, startedAtMs: 150, endedAtMs: 460, busyMs: 300, cpuMs: 150, ...rest },
    ])
  })

  test('names the file that ended last', () => {
    expect(schedule.criticalFile).toEqual({ path: 'c.test.js', project: '', startedAtMs: 360, wallMs: 100 })
  })

  test('names the same file among equals for any order of files', () => {
    const files = [fileOn(1, 'a.test.js', 0, 100), fileOn(2, 'b.test.js', 0, 100)] as const
    expect(scheduleOf(files[1], files[0]).criticalFile).toEqual(scheduleOf(...files).criticalFile)
    expect(scheduleOf(...files).criticalFile?.path).toBe('a.test.js')
  })

  test('is balanced if all workers end at the mean of their ends', () => {
    // The workers ended after 400 ms and 460 ms.
    expect(schedule.balancedWallMs).toBe(430)
    // The mean would be shorter than the longest file.
    const uneven = scheduleOf(
      ...[100, 20, 30, 50].map((wallMs, index) => fileOn(1 + (index % 2), `${index}`, 0, wallMs)),
    )
    expect(uneven.balancedWallMs).toBe(100)
  })

  test('is not shorter than its longest file, even if balanced', () => {
    expect(scheduleOf(fileOn(1, 'a.test.js', 0, 900), fileOn(2, 'b.test.js', 0, 20)).balancedWallMs).toBe(900)
  })

  test('balances each machine of a merged run by itself, and is as long as the slowest', () => {
    const files = [400, 200, 100, 100].map((wallMs, index) =>
      fileOn(1 + index, `${index}.test.js`, 0, wallMs),
    )
    const { run } = runRecord()
    const { schedule } = reportOf(files, { run: { ...run, mergedFrom: ['1/2', '2/2'].map(mergedRun) } })
    expect(schedule.workers.map(({ worker, machine }) => `${worker} on ${machine}`)).toEqual([
      '1 on 0',
      '2 on 0',
      '3 on 1',
      '4 on 1',
    ])
    expect(schedule.balancedWallMs).toBe(400)
    const even = [300, 300, 100, 100].map((wallMs, index) => fileOn(1 + index, `${index}.test.js`, 0, wallMs))
    const merged = { ...run, mergedFrom: ['1/2', '2/2'].map(mergedRun) }
    expect(reportOf(even, { run: merged }).schedule.balancedWallMs).toBe(300)
  })

  test('has no workers if nothing was recorded', () => {
    const none = { workers: [], criticalFile: null, balancedWallMs: 0 }
    expect(buildSchedule([], {})).toEqual(none)
    expect(reportOf([], { files: [fileRecord({ wallMs: 70 })] }).schedule).toEqual(none)
  })
})
