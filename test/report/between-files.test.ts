import { describe, expect, test } from '@jest/globals'
import { sumTimeBetweenFiles } from '../../src/report/build/schedule.js'
import { resolvedFromText } from '../support/recording.js'
import { fileRecord, RUN_START, recordedFile, reportOf } from '../support/run-record.js'

interface Drawn {
  worker?: number
  processId?: number
  threadId?: number
  startMs: number
  endMs: number
}

let files = 0

function recorded({ startMs, endMs, ...header }: Drawn) {
  return resolvedFromText('0\nA', {
    header: {
      ...{ testPath: `/project/${++files}.test.js`, startedAtMs: RUN_START + startMs },
      ...{ wallMicros: (endMs - startMs) * 1000, ...header },
    },
  })
}

const between = (...drawn: Drawn[]) => sumTimeBetweenFiles(drawn.map(entry => recordedFile(recorded(entry))))

describe('sumTimeBetweenFiles', () => {
  test('sums the time from the end of each file to the start of the next, in any order of files', () => {
    const [first, second, third] = [
      { startMs: 0, endMs: 100 },
      { startMs: 110, endMs: 200 },
      { startMs: 205.5, endMs: 300 },
    ]
    expect(between(third, first, second)).toEqual({ wallMs: 15.5, restarts: 0, restartMs: 0 })
  })

  test('sums the gaps of each worker separately', () => {
    const times = between(
      { worker: 1, startMs: 0, endMs: 100 },
      { worker: 2, startMs: 50, endMs: 400 },
      { worker: 1, startMs: 130, endMs: 200 },
      { worker: 2, startMs: 404, endMs: 500 },
    )
    expect(times).toEqual({ wallMs: 34, restarts: 0, restartMs: 0 })
  })

  test('counts a new process or thread as a restart', () => {
    const times = between(
      { processId: 7, startMs: 0, endMs: 100 },
      { processId: 8, startMs: 400, endMs: 500 },
      { processId: 8, startMs: 510, endMs: 600 },
      { processId: 8, threadId: 3, startMs: 650, endMs: 700 },
    )
    expect(times).toEqual({ wallMs: 360, restarts: 2, restartMs: 350 })
  })

  test('returns no negative time if the system clock was set back', () => {
    expect(between({ startMs: 0, endMs: 100 }, { startMs: 90, endMs: 200 })).toMatchObject({ wallMs: 0 })
  })

  test('ignores a gap in which an unrecorded file ran, but counts the restart', () => {
    const known = [
      { processId: 7, startMs: 0, endMs: 100 },
      { processId: 8, startMs: 400, endMs: 500 },
      { processId: 8, startMs: 520, endMs: 600 },
    ].map(entry => recordedFile(recorded(entry)))
    const crashed = fileRecord({ startedAtMs: RUN_START + 110, wallMs: 200 })
    const unknown = fileRecord({ startedAtMs: 0, wallMs: 0 })
    expect(sumTimeBetweenFiles([...known, crashed, unknown])).toEqual({
      wallMs: 20,
      restarts: 1,
      restartMs: 0,
    })
  })

  test('returns 0 for no files and for one file', () => {
    const nothing = { wallMs: 0, restarts: 0, restartMs: 0 }
    expect([between(), between({ startMs: 5, endMs: 9 })]).toEqual([nothing, nothing])
  })
})

test('A report has the time between files only for a whole run', () => {
  const recordings = [
    { startMs: 0, endMs: 100 },
    { startMs: 900, endMs: 950 },
  ].map(recorded)
  const { run, phases, totals } = reportOf(recordings)
  expect([phases.betweenFiles.wallMs, totals.betweenFilesMs, totals.fileWallMs]).toEqual([800, 800, 150])
  const { startedAt: _, ...facts } = run
  const part = reportOf(recordings, { run: { ...facts, selection: { file: '*.test.js' } } })
  expect([part.phases.betweenFiles.wallMs, part.totals.betweenFilesMs]).toEqual([0, 0])
})
