import { describe, expect, test } from '@jest/globals'
import { limitsOf } from '../../src/report/limits.js'
import { drawnRun } from '../support/drawn-run.js'
import { resolvedFromText } from '../support/recording.js'
import { recordedFile } from '../support/run-record.js'

const NO_SAMPLES = { scopes: [], sequences: [] }

describe('threads that were ready to run and did not', () => {
  /** A file of one second in which the thread was idle for 200 ms, and ran for that long by its own clock. */
  function fileThatRan(milliseconds: number | undefined) {
    const clock = milliseconds === undefined ? null : { time: [0, 1_000_000], cpu: [0, milliseconds * 1000] }
    const given = {
      clock,
      modules: { path: [], transformers: [], loads: NO_LOADS, edges: { from: [], to: [] } },
    }
    return recordedFile(
      resolvedFromText('0    200000\nidle A', { ...given, header: { wallMicros: 1_000_000 } }),
    )
  }
  const NO_LOADS = {
    ...{ module: [], importer: [], within: [], start: [], end: [] },
    ...{ resolve: [], transform: [], compile: [] },
  }
  const lackOf = (...ran: (number | undefined)[]) =>
    limitsOf(ran.map(fileThatRan), [], NO_SAMPLES).filter(sentence => sentence.includes('were ready'))

  test('are told with how much of the CPU time it was', () => {
    expect(lackOf(300, 400)).toEqual([
      expect.stringMatching(/^For 900 ms of 1\.60 s of CPU time the threads were ready and did not run:/),
    ])
  })

  test('are nothing to speak of where their clocks come near, in steps as they go, or run ahead', () => {
    expect([lackOf(610), lackOf(800), lackOf(830)]).toEqual([[], [], []])
  })

  test('are not known where there is no clock', () => {
    expect(lackOf(undefined)).toEqual([])
    expect(lackOf(undefined, 300)).toEqual([expect.stringMatching(/^For 500 ms of 800 ms of CPU time/)])
  })
})

test('files whose samples had no room in the order of time are counted', () => {
  const { profile } = drawnRun()
  const { scopes, sequences } = profile
  const limits = (kept: typeof sequences) => limitsOf([], [], { scopes, sequences: kept })
  expect(sequences).toHaveLength(2)
  expect(limits(sequences)).toEqual([])
  expect(limits(sequences.slice(1))).toEqual([
    expect.stringMatching(/^A run keeps 4,000,000 samples in .* timelines show 1 test file without any\. /),
  ])
  expect(limits([])).toEqual([expect.stringContaining('show 2 test files without')])
})
