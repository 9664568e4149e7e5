// Tables of tests and test files, and the breakdown of the time of one test.

import { byDescending } from '../profile/order.js'
import { isUserCode, startingCalls } from '../profile/own-code.js'
import { PHASES } from '../profile/profile.js'
import type { FileReport, TestReport } from '../report/file-report.js'
import type { Report } from '../report/report.js'
import { ownMs } from '../report/views/busy-machine.js'
import { calleeName } from '../report/views/called-code.js'
import { duration } from '../report/views/figures.js'
import { hookName, nameText } from '../report/views/names.js'
import { hasProfile } from '../report/views/profiled.js'
import type { TestBreakdown } from '../report/views/test-breakdowns.js'
import { type TestRow, testRows } from '../report/views/test-templates.js'
import { type Cell, countCell, durationCell, type FileLink, placeCell, stackCell, textCell } from './cell.js'
import { callerCell } from './code-tables.js'
import { allocated, column, count, isRough, mostOfTime, ms, text, timeParts } from './columns.js'
import { outcome, placeText, timesText, waitedFor } from './names.js'
import type { RankedTable, TableColumn, TableDefinition } from './table.js'

/** A row for each test and attempt, in the order of the file. */
export function singleTests(file: FileReport): TestRow[] {
  return file.tests.map(test => ({ file, test, rows: [test] }))
}

/** A row for each test if a file or test is selected; otherwise, one row for all tests that one line defines. */
function listedTests({ files, run }: Pick<Report, 'files' | 'run'>): TestRow[] {
  return run.selection === undefined ? testRows(files) : files.flatMap(singleTests)
}

function hasRetries({ files }: Pick<Report, 'files'>): boolean {
  return files.some(({ tests }) => tests.some(({ attempt }) => attempt > 1))
}

export const TESTS: RankedTable<TestRow> = {
  title: 'Tests',
  ranking: report => `tests by wall time${hasRetries(report) ? ', one row per attempt' : ''}`,
  rows: report =>
    listedTests(report).toSorted(
      byDescending(
        ({ test }) => test.wallMs,
        row => JSON.stringify([testIdentity(row), row.test.attempt]),
      ),
    ),
  columns: report => [
    ofTest(ms('wallMs', 'wall', 'everywhere')),
    text('most', 'mostly', ({ test }) => mostOfTime(test), { in: ['terminal'], align: 'right' }),
    ...timeParts<TestReport>().map(ofTest),
    ...allocated<TestReport>(report).map(ofTest),
    ofTest(ms('gcMs', 'GC', 'detail')),
    ofTest(ms('hooksMs', 'hooks', { in: ['markdown', 'page'], isMinor: true })),
    ofTest(ms('importsMs', 'importing', { in: ['markdown', 'page'], isMinor: true })),
    ...(hasProfile(report) ? [ofTest(count('sampleCount', 'samples', 'markdown'))] : []),
    column('status', 'status', ({ test }) => ({ kind: 'status', status: test.status }), 'lists'),
    ...(hasRetries(report)
      ? [ofTest(count('attempt', 'attempt', { in: ['show', 'page'], isMinor: true }))]
      : []),
    column('test', 'test', row => testCell(row, timesText(row.rows.length)), { isSubject: true }),
    column('label', 'test', row => testCell(row, labelNote(row)), 'terminal'),
    text('outcome', 'status', outcomeText, 'markdown'),
    column('file', 'where', testPlaceCell, 'everywhere'),
    ...(hasProfile(report)
      ? [
          column<TestRow>(
            'hotspots',
            'hottest functions (self)',
            ({ test }) => hottestFunctions(test),
            'markdown',
          ),
        ]
      : []),
  ],
  empty: 'There are no tests.',
  cutAs: 'tests',
  identity: testIdentity,
  data: row => {
    const { file, test, rows } = row
    const { definedIn, index, status, attempt, hooksMs, importsMs, uncertaintyMs, sampleCount } = test
    return {
      test: nameText(test.name),
      file: file.path,
      project: file.project,
      line: test.line,
      column: test.column,
      index,
      status,
      definedIn: definedIn === undefined ? null : placeText(definedIn),
      count: rows.length,
      attempt,
      attempts: file.tests.filter(other => other.index === index).length,
      ...timesOf(test),
      hooksMs,
      importsMs,
      uncertaintyMs,
      sampleCount,
      ...(rows.length === 1 ? {} : { tests: rows.map(({ id }) => id) }),
    }
  },
}

export const SLOWEST_TESTS: TableDefinition<TestRow> = {
  ...TESTS,
  title: 'Slowest tests',
  rows: ({ files }) =>
    testRows(files)
      .filter(({ file, test }) => test.wallMs > 0 && !isWholeFile(file, test))
      .toSorted((a, b) => ownMs(b.test) - ownMs(a.test)),
}

/** Whether the test is a whole file: other runners, such as linters, report each file as one test without a name or with the file's. */
function isWholeFile({ recording, path }: FileReport, { fullName }: TestReport): boolean {
  return recording === null && (fullName === '' || fullName.replaceAll('\\', '/').endsWith(path))
}

function ofTest({ cell, ...rest }: TableColumn<TestReport>): TableColumn<TestRow> {
  return { ...rest, cell: ({ test }) => cell(test) }
}

/** `note` follows the name. */
export function testCell(
  { file, test }: { file: FileLink; test: Pick<TestReport, 'index' | 'attempt' | 'name'> },
  note = '',
): Cell {
  const { path, project, projectId } = file
  const { index, attempt, name } = test
  return { kind: 'test', name: nameText(name), note, test: { path, project, projectId, index, attempt } }
}

/** The test file, with the place where the test is defined. */
export function testPlaceCell({ file, test: { line, column: position, definedIn } }: TestRow): Cell {
  return { kind: 'test file', file, line, column: position, definedIn }
}

export function testFileCell(file: FileLink): Cell {
  return { kind: 'test file', file, line: 0, column: 0 }
}

/** The note on a test in the terminal: `(attempt 2, failed) ×3`. */
export function labelNote({ file, test, rows }: TestRow): string {
  const notes = outcome(test, file.tests)
  const noted = notes.length === 0 ? '' : `(${notes.join(', ')})`
  return [noted, timesText(rows.length)].filter(part => part !== '').join(' ')
}

function outcomeText({ file, test }: TestRow): string {
  return [...outcome(test, file.tests), ...(test.concurrent ? ['concurrent'] : [])].join(', ') || 'passed'
}

function hottestFunctions({ hotspots }: TestReport): Cell {
  const items = hotspots
    .filter(isUserCode)
    .slice(0, 2)
    .map(row => ({
      cell: { kind: 'call', function: row.function, place: row } as const,
      note: duration(row.selfMs),
    }))
  return { kind: 'list', items }
}

/** Attempts at one test share its id, because an id selects a test. */
function testIdentity({ file, test, rows }: TestRow): ReturnType<RankedTable['identity']> {
  if (rows.length === 1) return test.id
  const { line, column: position, definedIn } = test
  const elsewhere = definedIn === undefined ? '' : placeText(definedIn)
  return ['each', file.path, file.project, line, position, elsewhere]
}

function timesOf(row: FileReport | TestReport) {
  const { wallMs, cpuMs, readyMs, blockedMs, idleMs, gcMs, allocatedBytes } = row
  const times = { wallMs, cpuMs, readyMs, blockedMs, idleMs, gcMs }
  return allocatedBytes === undefined ? times : { ...times, allocatedBytes }
}

const WORKER = text<FileReport>(
  'worker',
  'worker',
  ({ worker }) => (worker === null ? 'not recorded' : String(worker)),
  { in: ['markdown', 'page'], isMinor: true },
)

export const TEST_FILES: RankedTable<FileReport> = {
  title: 'Test files',
  ranking: 'test files by wall time',
  rows: ({ files }) => files.toSorted(byDescending('wallMs', ({ id }) => id)),
  columns: report => [
    ms('wallMs', 'wall', 'everywhere'),
    ...timeParts<FileReport>(),
    ...allocated<FileReport>(report),
    ms('gcMs', 'GC', 'detail'),
    ...(['imports', 'hooks', 'tests'] as const).map(
      (phase): TableColumn<FileReport> =>
        column(phase, `in ${phase}`, ({ phases }) => durationCell(phases?.[phase].wallMs ?? null), {
          in: ['show', 'page'],
          isMinor: true,
        }),
    ),
    column('file', 'file', testFileCell, { isSubject: true }),
    column('count', 'tests', file => countCell(testCount(file)), 'minor'),
    column('status', 'status', ({ status }) => ({ kind: 'status', status }), 'lists'),
    WORKER,
  ],
  empty: 'There are no test files.',
  cutAs: 'files',
  identity: ({ id }) => id,
  data: file => ({
    file: file.path,
    project: file.project,
    status: file.status,
    ...timesOf(file),
    importsMs: file.phases?.imports.wallMs ?? null,
    hooksMs: file.phases?.hooks.wallMs ?? null,
    testsMs: file.phases?.tests.wallMs ?? null,
    tests: testCount(file),
  }),
}

/** What each file pays before its first test, and what for its tests. */
export const SLOWEST_FILES: TableDefinition<FileReport> = {
  title: 'Slowest files, by phase',
  rows: ({ files }) => files,
  columns: ({ phases }) => [
    ms('wallMs', 'wall'),
    ...PHASES.filter(phase => phases[phase].wallMs > 0).map(phase =>
      column<FileReport>(phase, phase, file => durationCell(file.phases?.[phase].wallMs ?? null)),
    ),
    ...timeParts<FileReport>(),
    column('count', 'test count', file => countCell(testCount(file))),
    column('file', 'file', testFileCell),
    WORKER,
  ],
  explanation:
    'The phases add up to the wall time, and so do CPU, no core, blocked and waiting. Ranked without time when no core was free.',
}

/** The number of tests, not of attempts. */
function testCount({ tests }: FileReport): number {
  return new Set(tests.map(({ index }) => index)).size
}

/** A function, a call, a wait or a hook that took time of one test. */
type BreakdownRow = { readonly time: number; readonly what: string } & Readonly<
  Record<'name' | 'where', Cell>
>

export const BREAKDOWN_COLUMNS: readonly TableColumn<BreakdownRow>[] = [
  ms('time', 'time', 'text'),
  text('what', 'what', row => row.what, { in: ['terminal', 'markdown'], align: 'right' }),
  column('name', 'name', row => row.name, 'text'),
  column('where', 'where', row => row.where, 'text'),
]

/** Fewer rows if several `tests` are shown. */
export function breakdownOf(
  { attempts, functions, calls, waits, hooks }: TestBreakdown,
  tests: number,
): BreakdownRow[] {
  const [mostFunctions, mostOthers] = tests === 1 ? [5, 3] : tests === 2 ? [3, 2] : [2, 1]
  const inAttempts = attempts > 1 ? ` in ${attempts} attempts` : ''
  const code: BreakdownRow[] = [
    ...functions.map(row => ({
      time: row.selfMs,
      what: 'function',
      name: { kind: 'function', function: row.function, place: row } as const,
      where: placeCell(row),
    })),
    ...calls.map(({ call, totalMs }) => ({
      time: totalMs,
      what: `call${inAttempts}`,
      name: { kind: 'code', text: calleeName(call) } as const,
      where: callerCell(call),
    })),
  ]
  return [
    ...code.toSorted((a, b) => b.time - a.time).slice(0, mostFunctions),
    ...waits.slice(0, mostOthers).map(({ wait, totalMs }) => ({
      time: totalMs,
      what: `wait${inAttempts}`,
      name: textCell(waitedFor(wait)),
      where: stackCell(startingCalls(wait).slice(0, 2)),
    })),
    ...hooks.slice(0, mostOthers).map(({ hook, count: runs, wallMs }) => ({
      time: wallMs,
      what: `hook ${timesText(runs)}`.trimEnd(),
      name: { kind: 'name', name: hookName(hook) } as const,
      where: placeCell(hook),
    })),
  ]
}

/** The parts of a test's wall time. */
export function timeSplit({ test, longerImportMs }: TestBreakdown): string {
  const { wallMs, cpuMs, idleMs, gcMs, blockedMs, readyMs, hooksMs, importsMs } = test
  const part = (name: string, time: number | null) =>
    time === null || time < 1 ? [] : [`${name} ${duration(time)}`]
  const collected = part('GC', gcMs).map(gc => ` (${gc})`)
  const included = [...part('imports', importsMs), ...part('hooks', hooksMs)]
  return [
    `${duration(wallMs)}: CPU ${cpuMs === null ? '–' : (isRough(test) ? '~' : '') + duration(cpuMs)}${collected.join('')}`,
    ...part('no core', readyMs),
    ...part('blocked', blockedMs),
    `waiting ${cpuMs === null || idleMs === null ? '–' : duration(idleMs)}`,
    ...(included.length === 0 ? [] : [`including ${included.join(' and ')}`]),
    ...(longerImportMs === null ? [] : [`importing its file took ${duration(longerImportMs)}`]),
  ].join(' · ')
}
