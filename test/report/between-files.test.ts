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

describe('between the test files of a worker', () => {
  test('is what passes from the end of one to the start of the next, whatever their order', () => {
    const [first, second, third] = [
      { startMs: 0, endMs: 100 },
      { startMs: 110, endMs: 200 },
      { startMs: 205.5, endMs: 300 },
    ]
    expect(between(third, first, second)).toEqual({ wallMs: 15.5, restarts: 0, restartMs: 0 })
  })

  test('other workers run what they like', () => {
    const times = between(
      { worker: 1, startMs: 0, endMs: 100 },
      { worker: 2, startMs: 50, endMs: 400 },
      { worker: 1, startMs: 130, endMs: 200 },
      { worker: 2, startMs: 404, endMs: 500 },
    )
    expect(times).toEqual({ wallMs: 34, restarts: 0, restartMs: 0 })
  })

  test('a process that is another one was started in the meantime, and so was a thread', () => {
    const times = between(
      { processId: 7, startMs: 0, endMs: 100 },
      { processId: 8, startMs: 400, endMs: 500 },
      { processId: 8, startMs: 510, endMs: 600 },
      { processId: 8, threadId: 3, startMs: 650, endMs: 700 },
    )
    expect(times).toEqual({ wallMs: 360, restarts: 2, restartMs: 350 })
  })

  test('is never less than nothing, though a clock on the wall was set', () => {
    expect(between({ startMs: 0, endMs: 100 }, { startMs: 90, endMs: 200 })).toMatchObject({ wallMs: 0 })
  })

  test('is nothing in which a file ran that was not recorded, but a new process is a new one', () => {
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

  test('is nothing without files, and with one', () => {
    const nothing = { wallMs: 0, restarts: 0, restartMs: 0 }
    expect([between(), between({ startMs: 5, endMs: 9 })]).toEqual([nothing, nothing])
  })
})

test('the report reports it of a whole run, and not of those files that were requested', () => {
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
