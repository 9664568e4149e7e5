// Reports for the tests of formats: of an ordinary run, of a large run, and of a run with hostile names.

import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import type { BudgetReport } from '../../src/report/budget-report.js'
import type { CallRow } from '../../src/report/code-reports.js'
import type { PhaseTimes } from '../../src/report/file-report.js'
import type { Finding, Report } from '../../src/report/report.js'
import { callRow, importReport, waitReport } from './account-rows.js'
import { budgetReport, excess } from './budgets.js'
import { findingOf } from './finding.js'
import { resolvedFromText, span } from './recording.js'
import { fileRecord, RUN_START, recordedFile, reportOf, runRecord } from './run-record.js'

const MS = 1000

/** Tests that compute, wait, fail, are retried, run concurrently or are todo, and one missing file. */
export function ordinaryReport(): Report {
  const recordings = [cart(), api()]
  const unrecorded = fileRecord({ path: '/project/test/legacy.test.ts', wallMs: 20 })
  const report = reportOf(recordings, {
    run: { ...runRecord().run, workers: 2 },
    files: [...recordings.map(recording => recordedFile(recording)), unrecorded],
    missing: [
      {
        file: '/project/test/legacy.test.ts',
        reason: 'the docblock chooses the environment "jsdom"',
        remedy: 'Use @jest-environment jest-profiler/jsdom instead.',
      },
    ],
    mergeMicros: 4200,
  })
  return { ...report, findings: [finding('src/cart.ts')] }
}

/** Two tests, one of which ran twice. */
export function fewTestsReport(): Report {
  const report = reportOf([cart()])
  const files = report.files.map(file => ({
    ...file,
    tests: file.tests.map(test => ({
      ...test,
      hotspots: test.hotspots.map(row => ({ ...row, sampleCount: 2 })),
    })),
  }))
  return { ...report, files, calls: roleCalls() }
}

/** `getByRole`, called by a test at two lines, and by a function. */
function roleCalls(): CallRow[] {
  const reference = {
    ...{ file: 'test/cart.test.ts', project: '', index: 0 },
    ...{ name: ['cart', 'adds up'], fullName: 'cart adds up', totalMs: 30 },
  }
  const caller = { function: 'row', file: 'src/page.ts', line: 1, column: 1, lines: [] }
  const ofTest = callRow({ totalMs: 30, tests: [reference] })
  return [{ ...ofTest, caller: { ...ofTest.caller, lines: [9, 11] } }, callRow({ caller, totalMs: 20 })]
}

function finding(text: string): Finding {
  return findingOf({
    id: `real-timers:${text}`,
    title: `1 test sleeps for the timer of ${text}`,
    evidence: `40 ms in 1 wait, started by ${text}`,
    remedy: `Use fake timers instead of ${text}.`,
    costMs: 40,
    savesWallMs: { low: 20, high: 40 },
    files: [text],
    position: { file: text, line: 14, column: 3 },
  })
}

function cart(): ResolvedRecording {
  const drawn = resolvedFromText(
    `
    0          40000                        90000                    150000 190000 260000 300000 340000
    load[jest] parse[transform:@babel/core] total                    total  total  idle   total  checkout[test]
                                            merge[dependency:lodash] gc     price         price  price
  `,
    {
      header: { wallMicros: 400 * MS, testPath: '/project/test/cart.test.ts', startedAtMs: RUN_START + 100 },
      tests: [
        span({ index: 0, name: ['cart', 'adds up'], start: 90 * MS, end: 260 * MS, site: 1 }),
        span({
          index: 1,
          name: ['cart', 'waits'],
          start: 260 * MS,
          end: 320 * MS,
          status: 'failed',
          site: 2,
        }),
        span({ index: 1, name: ['cart', 'waits'], start: 320 * MS, end: 390 * MS, attempt: 2, site: 2 }),
        span({ index: 2, name: ['cart', 'is not done'], start: 390 * MS, end: 390 * MS, status: 'todo' }),
      ],
      phases: [
        { phase: 'environment', start: 0 },
        { phase: 'framework', start: 10 * MS },
        { phase: 'imports', start: 40 * MS },
        { phase: 'other', start: 88 * MS },
        { phase: 'teardown', start: 392 * MS },
      ],
      hooks: {
        definitions: [{ type: 'beforeEach', describe: ['cart'], site: 3 }],
        runs: {
          definition: [0, 0, 0],
          start: [90 * MS, 260 * MS, 320 * MS],
          end: [100 * MS, 262 * MS, 330 * MS],
          test: [0, 1, 2],
        },
      },
      modules: {
        path: ['/project/test/cart.test.ts', '/project/src/cart.ts', '/project/node_modules/lodash/index.js'],
        transformers: [],
        loads: {
          module: [0, 1, 2],
          importer: [-1, 0, 1],
          within: [-1, 0, 1],
          start: [40 * MS, 50 * MS, 52 * MS],
          end: [88 * MS, 86 * MS, 82 * MS],
          resolve: [0, MS, MS],
          transform: [6 * MS, 3 * MS, 0],
          compile: [1000, 500, 2000],
        },
        lookups: { module: [1], within: [0], start: [46 * MS], resolve: [MS], mock: [500] },
        edges: { from: [0, 1], to: [1, 2] },
      },
      transforms: [
        { transformer: '/project/node_modules/babel-jest/build/index.js', extension: '.ts', ...CACHED },
      ],
      waits: {
        resources: { kind: ['timer'], stack: [[0, 2]], test: [1], repeats: [false] },
        wakes: { time: [300 * MS], since: [200 * MS], resource: [0] },
        leaks: { resource: [0], during: [2], time: [400 * MS], count: [3], micros: [21 * MS] },
        thinned: { kind: [], created: [], kept: [] },
        pauses: { start: [], end: [] },
        contexts: null,
      },
      ticks: { node: [6, 6], line: [12, 13], count: [3, 1] },
    },
  )
  const frameOf = (name: string) => drawn.frames.findIndex(frame => frame.name === name)
  const inTest = frameOf('checkout')
  const sites = {
    frame: [frameOf('price'), inTest, inTest, inTest],
    line: [14, 8, 12, 5],
    column: [3, 1, 1, 3],
  }
  const frames = drawn.frames.map(frame =>
    frame.name === 'checkout' ? { ...frame, file: '/project/test/cart.test.ts' } : frame,
  )
  return { ...drawn, frames, sites }
}

const CACHED = {
  files: 2,
  misses: 1,
  micros: 9 * MS,
  missMicros: 6,
  loadMicros: 0,
  missLoadMicros: 0,
  uncached: 0 * MS,
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

/** 50 files of 20 tests with 30 functions and 15 packages, and 12 missing files. */
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
    reason: 'the process exited before the file had finished',
    remedy: 'Look for process.exit in the test or in the code under test.',
  }))
  return reportOf(recordings, { missing })
}

/** Text with control sequences and Markdown syntax. */
export const HOSTILE =
  'new\nline \u001b[31mred\u001b[0m \u001b]8;;https://example.org\u0007link\u001b]8;;\u0007 | `tick` <img src=x> \u202egnp.exe *b*'

/** A report with the hostile text in the names of tests, functions, files, projects and missing files. */
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
  const report = reportOf([{ ...drawn, frames }], {
    missing: [{ file: `/project/${HOSTILE}`, reason: HOSTILE, remedy: HOSTILE }],
  })
  return { ...report, ...hostileAccounts(report.phases.tests) }
}

/** A call with hostile names, which would take lines from other tables of the terminal. */
export function hostileCalls(): CallRow[] {
  const place = { function: HOSTILE, file: HOSTILE, line: 1, column: 2 }
  const test = { file: HOSTILE, project: HOSTILE, index: 0, name: [HOSTILE], fullName: HOSTILE }
  return [
    callRow({
      caller: { ...place, lines: [1] },
      callee: { function: HOSTILE, writtenAs: [HOSTILE], package: HOSTILE, category: 'dependency' },
      totalMs: 10,
      tests: [{ ...test, totalMs: 10 }],
    }),
  ]
}

/** Parts of a report whose names come from test code or paths. */
function hostileAccounts(times: PhaseTimes): Partial<Report> {
  const call = { function: HOSTILE, file: HOSTILE, line: 1, column: 2 }
  const test = { file: HOSTILE, project: HOSTILE, index: 0, name: [HOSTILE], fullName: HOSTILE }
  const wait = waitReport({
    ...{ kind: `other (${HOSTILE})`, stack: [call], totalMs: 30, tests: [{ ...test, totalMs: 30 }] },
  })
  const module = importReport({
    ...{ module: HOSTILE, package: HOSTILE, loads: 2 },
    ...{ selfMs: 9, totalMs: 20, savedMs: 20, resolveMs: 1, transformMs: 3, compileMs: 1, evaluateMs: 4 },
    ...{ importers: [{ module: `${HOSTILE}.ts`, files: 1 }], chain: [HOSTILE, HOSTILE] },
  })
  return {
    findings: [finding(HOSTILE)],
    budgets: [hostileBudget()],
    imports: [module],
    transforms: [
      {
        transformer: HOSTILE,
        extension: HOSTILE,
        files: 2,
        cacheMisses: 1,
        totalMs: 9,
        missMs: 6,
        loadMs: 0,
        missLoadMs: 0,
        uncached: 0,
      },
    ],
    hooks: [
      {
        type: 'beforeEach',
        describe: [HOSTILE],
        file: HOSTILE,
        line: 3,
        column: 4,
        count: 2,
        files: 1,
        ...times,
      },
    ],
    waits: [wait],
    leaks: [{ kind: `other (${HOSTILE})`, stack: [call], test, count: 2, cpuMs: 12, during: [test] }],
    limits: [HOSTILE],
  }
}

function hostileBudget(): BudgetReport {
  const test = { index: 0, attempt: 1, name: [HOSTILE], fullName: HOSTILE }
  const cause = { text: HOSTILE, file: HOSTILE, line: 5, column: 6, ms: 20 }
  return budgetReport({
    ...{ files: [HOSTILE], tests: HOSTILE, limits: { testWallMs: 200 }, checked: 2, exceeded: 1 },
    excesses: [excess({ file: HOSTILE, project: HOSTILE, test, cause })],
    notes: [HOSTILE],
  })
}
