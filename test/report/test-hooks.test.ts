import { describe, expect, test } from '@jest/globals'
import { findTestHooks } from '../../src/report/build/hook-reports.js'
import type { RecordingSummary } from '../../src/report/record/recording-summary.js'
import { resolvedFromText, span } from '../support/recording.js'
import { reportOf } from '../support/run-record.js'

type Hook = RecordingSummary['hooks'][number]

const MS = 1000

/** A hook with runs given as `[milliseconds, index and attempt of the test]`; a run without a test is that of a block. */
function hook(describe: string[], runs: [ms: number, test?: [index: number, attempt: number]][]): Hook {
  return {
    ...{ type: 'beforeEach', describe, file: 'a.test.js', line: 1, column: 1 },
    runs: runs.map(([ms, test]) => ({
      ...{ start: 5 * MS, end: (5 + ms) * MS },
      test: test === undefined ? undefined : { index: test[0], attempt: test[1] },
    })),
  } as unknown as Hook
}

const hooks = [
  hook(
    ['cart'],
    [
      [20, [0, 1]],
      [3, [0, 2]],
      [4, [0, 2]],
      [50, [1, 2]],
    ],
  ),
  hook(['cart', 'empty'], [[9]]),
  hook(['order'], [[30]]),
  hook([], [[40], [20]]),
  hook(['cart'], []),
]
const ofTest = findTestHooks({ hooks })

describe('findTestHooks', () => {
  test('returns the hooks of the attempt and those of the blocks around it, longest first', () => {
    expect(ofTest({ index: 0, attempt: 2, name: ['cart', 'empty', 'adds up'] })).toEqual([
      { hook: 3, count: 2, wallMs: 60, isAround: true },
      { hook: 1, count: 1, wallMs: 9, isAround: true },
      { hook: 0, count: 2, wallMs: 7, isAround: false },
    ])
    expect(ofTest({ index: 0, attempt: 1, name: ['cart', 'adds up'] })).toEqual([
      { hook: 3, count: 2, wallMs: 60, isAround: true },
      { hook: 0, count: 1, wallMs: 20, isAround: false },
    ])
  })

  test('returns only hooks of the whole file for a test outside blocks, even if a block has its name', () => {
    const around = findTestHooks({ hooks: [...hooks, hook(['cart'], [[11]])] })
    expect(around({ index: 5, attempt: 1, name: ['cart'] }).map(row => row.hook)).toEqual([3])
    expect(around({ index: 5, attempt: 1, name: ['cart', 'adds up'] }).map(row => row.hook)).toEqual([3, 5])
    expect(findTestHooks({ hooks: [] })({ index: 0, attempt: 1, name: ['adds up'] })).toEqual([])
  })

  test('keeps the order of definition for equally long hooks', () => {
    const equal = findTestHooks({ hooks: [hook([], [[7]]), hook([], [[7, [0, 1]]])] })
    expect(equal({ index: 0, attempt: 1, name: ['adds up'] }).map(row => row.hook)).toEqual([0, 1])
  })

  test('refers to hooks by their index in the file, and counts only the test’s own part', () => {
    const recording = resolvedFromText('0\nA', {
      header: { wallMicros: 100 * MS },
      tests: [span({ index: 0, name: ['cart', 'adds up'], start: 20 * MS, end: 60 * MS })],
      hooks: {
        definitions: [
          { type: 'beforeAll', describe: ['cart'], site: -1 },
          { type: 'beforeEach', describe: [], site: -1 },
        ],
        runs: { definition: [0, 1], start: [5 * MS, 20 * MS], end: [19 * MS, 23 * MS], test: [-1, 0] },
      },
    })
    const [file] = reportOf([recording]).files
    const [only] = file?.tests ?? []
    expect(only?.hooks.map(row => [file?.hooks[row.hook]?.type, row.wallMs, row.isAround])).toEqual([
      ['beforeAll', 14, true],
      ['beforeEach', 3, false],
    ])
    expect(only?.hooksMs).toBe(3)
  })
})
