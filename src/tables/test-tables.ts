// Tables of tests and test files, and of what the time of one test went to.

import { byDescending } from '../profile/order.js'
import { isUserCode } from '../profile/own-code.js'
import type { FunctionReport } from '../report/code-reports.js'
import type { FileReport, Position, TestReport } from '../report/file-report.js'
import type { Report } from '../report/report.js'
import { ownMs } from '../report/views/busy-machine.js'
import { duration as durationText } from '../report/views/figures.js'
import type { TestBreakdown } from '../report/views/test-breakdowns.js'
import { testRows } from '../report/views/test-templates.js'
import { type Cell, durationCell, listCell, placeCell, stackCell, textCell } from './cell.js'
import { collection, column, count, duration, EVERYWHERE, TEXT, times } from './columns.js'
import { mostOfTime } from './most-of-time.js'
import { hookName, nameText, outcome, startingCalls, timesText, waitedFor } from './names.js'
import type { RankedTable, TableColumn, TableDefinition } from './table.js'

/** A test, or an attempt at one, or the tests that one line defines: then `test` holds their sums. */
export interface ListedTest {
  readonly file: FileReport
  readonly test: TestReport
  /** The single ones. */
  readonly rows: readonly TestReport[]
}

const singleTest = (file: FileReport, test: TestReport): ListedTest => ({ file, test, rows: [test] })

/** Every test and attempt on its own, in the order of the file. */
export function singleTests(file: FileReport): ListedTest[] {
  return file.tests.map(test => singleTest(file, test))
}

/** Of a file or test that was asked for one by one; of a whole run those that one line defines as one row. */
function listedTests({ files, run }: Pick<Report, 'files' | 'run'>): ListedTest[] {
  return run.selection === undefined ? testRows(files) : files.flatMap(singleTests)
}

function attemptsAt({ file, test }: ListedTest): number {
  return file.tests.filter(({ index }) => index === test.index).length
}

const isRetried = ({ files }: Pick<Report, 'files'>) =>
  files.some(({ tests }) => tests.some(({ attempt }) => attempt > 1))

function placeText({ file, line, column: position }: Position): string {
  return `${file}:${line}:${position}`
}

export const TESTS: RankedTable<ListedTest> = {
  title: 'Tests',
  ranking: report =>
    isRetried(report) ? 'tests by wall time, each attempt in a row of its own' : 'tests by wall time',
  rows: report =>
    listedTests(report).toSorted(
      byDescending(
        ({ test }) => test.wallMs,
        row => JSON.stringify([testIdentity(row), row.test.attempt]),
      ),
    ),
  columns: report => testColumns(report),
  sortBy: '-wallMs',
  empty: 'There are no tests.',
  cutAs: 'tests',
  identity: testIdentity,
  data: testData,
}

function testColumns(report: Pick<Report, 'files'>): TableColumn<ListedTest>[] {
  const [wall, ...others] = times<TestReport>().map(ofTest)
  const part = (key: 'hooksMs' | 'importsMs', heading: string, meaning: string): TableColumn<ListedTest> =>
    duration(key, heading, ({ test }) => test[key], {
      ...{ in: ['markdown', 'page'], isMinor: true },
      meaning,
    })
  return [
    ...(wall === undefined ? [] : [wall]),
    column('most', 'mostly', ({ test }) => textCell(mostOfTime(test)), { in: ['terminal'], align: 'right' }),
    ...others,
    ofTest(collection({ in: ['page'] })),
    part('hooksMs', 'hooks', 'beforeEach and afterEach, part of the wall time'),
    part('importsMs', 'importing', 'modules that nothing had loaded before, part of the wall time'),
    count('sampleCount', 'samples', ({ test }) => test.sampleCount, { in: ['markdown'] }),
    column('status', 'status', ({ test }) => ({ kind: 'status', status: test.status }), {
      in: ['show', 'page'],
    }),
    ...(isRetried(report)
      ? [
          count<ListedTest>('attempt', 'attempt', ({ test }) => test.attempt, {
            in: ['show', 'page'],
            isMinor: true,
          }),
        ]
      : []),
    column('test', 'test', row => testCell(row, timesText(row.rows.length)), { isSubject: true }),
    column('label', 'test', row => testCell(row, labelNote(row)), { in: ['terminal'] }),
    column('outcome', 'status', row => textCell(outcomeText(row)), { in: ['markdown'] }),
    column('file', 'where', testPlaceCell, { in: EVERYWHERE }),
    column('hotspots', 'hottest functions (self)', ({ test }) => hottestFunctions(test), {
      in: ['markdown'],
    }),
  ]
}

function ofTest({ cell, ...rest }: TableColumn<TestReport>): TableColumn<ListedTest> {
  return { ...rest, cell: ({ test }) => cell(test) }
}

export function testCell({ file, test }: Pick<ListedTest, 'file' | 'test'>, note = ''): Cell {
  const { path, project, projectId } = file
  const { index, attempt, name } = test
  return { kind: 'test', name: nameText(name), note, test: { path, project, projectId, index, attempt } }
}

/** Where a test is defined, by its test file. */
export function testPlaceCell({ file, test: { line, column: position, definedIn } }: ListedTest): Cell {
  return { kind: 'test file', file, line, column: position, definedIn }
}

export function testFileCell(file: Pick<FileReport, 'path' | 'project' | 'projectId'>): Cell {
  return { kind: 'test file', file, line: 0, column: 0 }
}

/** What the terminal says of a test beside its name: `(attempt 2, failed) ×3`. */
export function labelNote({ file, test, rows }: ListedTest): string {
  const notes = outcome(test, file.tests)
  const noted = notes.length === 0 ? '' : `(${notes.join(', ')})`
  return [noted, timesText(rows.length)].filter(text => text !== '').join(' ')
}

function outcomeText({ file, test }: ListedTest): string {
  return [...outcome(test, file.tests), ...(test.concurrent ? ['concurrent'] : [])].join(', ') || 'passed'
}

/** What a user can change: their own code, and what they have chosen to call. */
function hottestFunctions({ hotspots }: TestReport): Cell {
  return listCell(
    hotspots
      .filter(isUserCode)
      .slice(0, 2)
      .map(row => ({ cell: functionCell(row), note: durationText(row.selfMs) })),
  )
}

function functionCell(row: FunctionReport): Cell {
  return { kind: 'call', function: row.function, place: row }
}

/** Attempts at one test share its id, because it is what can be asked for. */
function testIdentity({ file, test, rows }: ListedTest): ReturnType<RankedTable['identity']> {
  if (rows.length === 1) return test.id
  const { definedIn } = test
  return [
    'each',
    ...[file.path, file.project, test.line, test.column],
    definedIn === undefined ? '' : placeText(definedIn),
  ]
}

function testData(row: ListedTest) {
  const { file, test, rows } = row
  return {
    ...{ test: nameText(test.name), file: file.path, project: file.project },
    ...{ line: test.line, column: test.column, index: test.index, status: test.status },
    definedIn: test.definedIn === undefined ? null : placeText(test.definedIn),
    ...{ count: rows.length, attempt: test.attempt, attempts: attemptsAt(row) },
    ...timesOf(test),
    ...{ hooksMs: test.hooksMs, importsMs: test.importsMs, uncertaintyMs: test.uncertaintyMs },
    sampleCount: test.sampleCount,
    ...(rows.length === 1 ? {} : { tests: rows.map(({ id }) => id) }),
  }
}

function timesOf({ wallMs, cpuMs, readyMs, blockedMs, idleMs, gcMs }: FileReport | TestReport) {
  return { wallMs, cpuMs, readyMs, blockedMs, idleMs, gcMs }
}

export const SLOWEST_TESTS: TableDefinition<ListedTest> = {
  ...{ title: 'Slowest tests', columns: TESTS.columns },
  rows: ({ files }) =>
    testRows(files)
      .filter(({ file, test }) => test.wallMs > 0 && !isWholeFile(file, test))
      .toSorted((a, b) => ownMs(b.test) - ownMs(a.test)),
}

/** Runners that run no tests of Jest's, such as linters, report each file as one test, without a name or with the file's. */
function isWholeFile({ recording, path }: FileReport, { fullName }: TestReport): boolean {
  return recording === null && (fullName === '' || fullName.replaceAll('\\', '/').endsWith(path))
}

/** Each once, however often it was tried. */
function testCount({ tests }: FileReport): number {
  return new Set(tests.map(({ index }) => index)).size
}

export const TEST_FILES: RankedTable<FileReport> = {
  title: 'Test files',
  ranking: () => 'test files by wall time',
  rows: ({ files }) =>
    files.toSorted(
      byDescending(
        ({ wallMs }) => wallMs,
        ({ id }) => id,
      ),
    ),
  columns: () => [
    ...times<FileReport>(),
    collection({ in: ['page'] }),
    phasePart('imports'),
    phasePart('hooks'),
    phasePart('tests'),
    column('file', 'file', testFileCell, { isSubject: true }),
    count('count', 'tests', testCount, { isMinor: true }),
    column('status', 'status', ({ status }) => ({ kind: 'status', status }), { in: ['show', 'page'] }),
    column('worker', 'worker', ({ worker }) => textCell(worker === null ? 'not recorded' : String(worker)), {
      in: ['markdown', 'page'],
      isMinor: true,
    }),
  ],
  sortBy: '-wallMs',
  empty: 'There are no test files.',
  cutAs: 'files',
  identity: ({ id }) => id,
  data: file => ({
    ...{ file: file.path, project: file.project, status: file.status },
    ...timesOf(file),
    importsMs: file.phases?.imports.wallMs ?? null,
    hooksMs: file.phases?.hooks.wallMs ?? null,
    testsMs: file.phases?.tests.wallMs ?? null,
    tests: testCount(file),
  }),
}

function phasePart(phase: 'imports' | 'hooks' | 'tests'): TableColumn<FileReport> {
  return duration(phase, `in ${phase}`, ({ phases }) => phases?.[phase].wallMs ?? null, {
    ...{ in: ['show', 'page'], isMinor: true },
  })
}

export const SLOWEST_FILES: TableDefinition<FileReport> = {
  ...TEST_FILES,
  title: 'Slowest files',
  rows: ({ files }) => files,
}

/** What the time of one test went to. */
interface BreakdownRow {
  readonly time: number
  /** `function`, or what it is and how often. */
  readonly what: string
  readonly name: Cell
  readonly where: Cell
}

export function breakdownOf(
  { attempts, functions, waits, hooks }: TestBreakdown,
  tests: number,
): BreakdownRow[] {
  const most = rowsOfEach(tests)
  return [
    ...functions.slice(0, most.functions).map(row => ({
      ...{ time: row.selfMs, what: 'function', where: placeCell(row) },
      name: { kind: 'function', function: row.function, place: row } as const,
    })),
    ...waits.slice(0, most.waits).map(({ wait, totalMs }) => ({
      time: totalMs,
      what: attempts > 1 ? `wait in ${attempts} attempts` : 'wait',
      name: textCell(waitedFor(wait)),
      where: stackCell(startingCalls(wait).slice(0, 2)),
    })),
    ...hooks.slice(0, most.hooks).map(({ hook, count: runs, wallMs }) => ({
      ...{ time: wallMs, what: `hook ${timesText(runs)}`.trimEnd(), where: placeCell(hook) },
      name: { kind: 'name', name: hookName(hook) } as const,
    })),
  ]
}

/** The most rows of each kind when so many tests are shown. */
function rowsOfEach(tests: number): { functions: number; waits: number; hooks: number } {
  if (tests === 1) return { functions: 5, waits: 3, hooks: 3 }
  return tests === 2 ? { functions: 3, waits: 2, hooks: 2 } : { functions: 2, waits: 1, hooks: 1 }
}

export const BREAKDOWN_COLUMNS: readonly TableColumn<BreakdownRow>[] = [
  column('time', 'time', row => durationCell(row.time), { in: TEXT }),
  column('what', 'what', row => textCell(row.what), { in: TEXT, align: 'right' }),
  column('name', 'name', row => row.name, { in: TEXT }),
  column('where', 'where', row => row.where, { in: TEXT }),
]

/** What a test's wall time was made of. */
export function timeSplit({ test, longerImportMs }: TestBreakdown): string {
  const { wallMs, cpuMs, idleMs, gcMs, blockedMs, readyMs, hooksMs, importsMs, sampleCount } = test
  const isKnown = cpuMs !== null && idleMs !== null
  const rough = sampleCount !== null && sampleCount < 10 ? '~' : ''
  const part = (name: string, ms: number | null, behind = '') =>
    ms === null || ms < 1 ? [] : [`${name} ${durationText(ms)}${behind}`]
  const gc = part('GC', gcMs).map(text => ` (${text})`)
  return [
    `${durationText(wallMs)}: CPU ${cpuMs === null || sampleCount === null ? '–' : rough + durationText(cpuMs)}${gc.join('')}`,
    ...part('no core', readyMs),
    ...part('blocked', blockedMs),
    `waiting ${isKnown ? durationText(idleMs) : '–'}`,
    ...part('importing', importsMs, ' of that'),
    ...part('its hooks', hooksMs, ' of that'),
    ...(longerImportMs === null ? [] : [`importing its file took ${durationText(longerImportMs)}`]),
  ].join(' · ')
}
