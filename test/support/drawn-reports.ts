// Reports for the tests of formats: one of an ordinary run, one of a large one, one whose names are hostile.

import type { ResolvedRecording } from '../../src/import/resolved-recording.js'
import type { Report } from '../../src/report/report.js'
import { resolvedFromText, span } from './recording.js'
import { fileRecord, RUN_START, recordedFile, reportOf } from './run-record.js'

const MS = 1000

/** Tests that burn, wait, fail, are retried, run concurrently or are left for later; one file is missing. */
export function ordinaryReport(): Report {
  const recordings = [cart(), api()]
  const unrecorded = fileRecord({ path: '/project/test/legacy.test.ts', wallMs: 20 })
  return reportOf(recordings, {
    files: [...recordings.map(recording => recordedFile(recording)), unrecorded],
    missing: [
      {
        file: '/project/test/legacy.test.ts',
        reason: 'its docblock chooses the environment "jsdom"',
        remedy: 'Write @jest-environment jest-profiler/jsdom there.',
      },
    ],
    mergeMicros: 4200,
  })
}

function cart(): ResolvedRecording {
  return resolvedFromText(
    `
    0          40000                        90000                    150000 190000 260000 300000 340000
    load[jest] parse[transform:@babel/core] total                    total  total  idle   total  checkout[test]
                                            merge[dependency:lodash] gc     price         price  price
  `,
    {
      header: { wallMicros: 400 * MS, testPath: '/project/test/cart.test.ts', startedAtMs: RUN_START + 100 },
      tests: [
        span({ index: 0, name: ['cart', 'adds up'], start: 90 * MS, end: 260 * MS }),
        span({ index: 1, name: ['cart', 'waits'], start: 260 * MS, end: 320 * MS, status: 'failed' }),
        span({ index: 1, name: ['cart', 'waits'], start: 320 * MS, end: 390 * MS, attempt: 2 }),
        span({ index: 2, name: ['cart', 'is not done'], start: 390 * MS, end: 390 * MS, status: 'todo' }),
      ],
      ticks: { node: [6, 6], line: [12, 13], count: [3, 1] },
    },
  )
}

function api(): ResolvedRecording {
  return resolvedFromText(
    `
    0          40000 90000
    load[jest] idle  send
  `,
    {
      header: {
        wallMicros: 100 * MS,
        testPath: '/project/test/api.test.ts',
        startedAtMs: RUN_START,
        worker: 2,
      },
      tests: [
        span({ index: 0, name: ['gets'], start: 30 * MS, end: 95 * MS, concurrent: true }),
        span({ index: 1, name: ['puts'], start: 35 * MS, end: 100 * MS, concurrent: true }),
      ],
    },
  )
}

/** 50 files of 20 tests with 30 functions and 15 packages, 12 more files are missing. */
export function largeReport(): Report {
  const recordings = Array.from({ length: 50 }, (_, file) => {
    const times = Array.from({ length: 20 }, (_unused, index) => index * MS)
    const names = times.map((_time, index) => {
      const number = (file * 7 + index) % 45
      return number < 30 ? `work${number}` : `work${number}[dependency:package-${number}]`
    })
    const cells = (texts: (string | number)[]) => texts.map(text => String(text).padEnd(34)).join('')
    return resolvedFromText(`${cells(times)}\n${cells(names)}`, {
      header: { wallMicros: 20 * MS + file, testPath: `/project/test/part-${file}.test.ts` },
      tests: times.map((start, index) => span({ index, start, end: start + MS - index })),
    })
  })
  const missing = Array.from({ length: 12 }, (_, number) => ({
    file: `/project/test/old-${number}.test.ts`,
    reason: 'the process exited in the middle of the file',
    remedy: 'Look for process.exit in the test or in the code under test.',
  }))
  return reportOf(recordings, { missing })
}

/** What a terminal or Markdown would obey or choke on. */
export const HOSTILE =
  'new\nline \u001b[31mred\u001b[0m \u001b]8;;https://example.org\u0007link\u001b]8;;\u0007 | `tick` <img src=x> \u202egnp.exe *b*'

/** The hostile text as the name of a test, a function, a file, a project and in what is missing. */
export function hostileReport(): Report {
  const drawn = resolvedFromText(
    `
    0  5000  10000  15000  20000                 25000
    A  A     B      B      P[dependency:lodash]  P[dependency:lodash]
  `,
    {
      header: { wallMicros: 30 * MS, testPath: `/project/${HOSTILE}.test.ts`, project: HOSTILE },
      tests: [span({ index: 0, name: [HOSTILE, HOSTILE], start: 0, end: 20 * MS })],
      ticks: { node: [1], line: [4], count: [1] },
    },
  )
  const frames = drawn.frames.map(frame =>
    frame.name === 'A' ? { ...frame, name: HOSTILE, file: `/project/${HOSTILE}.ts` } : frame,
  )
  return reportOf([{ ...drawn, frames }], {
    missing: [{ file: `/project/${HOSTILE}`, reason: HOSTILE, remedy: HOSTILE }],
  })
}
