// Tables of what else took time: imports, hooks, waits, tests, test files and phases.

import { byDescending } from '../profile/order.js'
import { PHASES } from '../profile/profile.js'
import type { CallReport } from '../report/account-reports.js'
import type { FileReport, Position, TestReport } from '../report/file-report.js'
import type { Report } from '../report/report.js'
import { rowId } from '../report/views/ids.js'
import { importName } from '../report/views/imports.js'
import { testRows as templatesOf } from '../report/views/test-templates.js'
import { leftOutOf, type TableSource } from './code-tables.js'
import type { Column, Row, Table } from './table.js'

const WALL: Column = { key: 'wallMs', title: 'wall', unit: 'ms' }
const CPU: Column = { key: 'cpuMs', title: 'CPU', unit: 'ms' }
const WAITING: Column = { key: 'idleMs', title: 'waiting', unit: 'ms' }
const READY: Column = { key: 'readyMs', title: 'no core', unit: 'ms' }
const BLOCKED: Column = { key: 'blockedMs', title: 'blocked', unit: 'ms' }
/** They add up to the first. */
const TIMES = [WALL, CPU, READY, BLOCKED, WAITING]
const COUNT: Column = { key: 'count', title: 'times', unit: 'count' }
/** As text: a position column would take the line for one of `file`. */
const DEFINED_IN: Column = { key: 'definedIn', title: 'defined at', unit: 'text' }
const ATTEMPT: Column = { key: 'attempt', title: 'attempt', unit: 'count' }
const POSITION: Column = { key: 'file', title: 'position', unit: 'position' }
const text = (key: string, title = key): Column => ({ key, title, unit: 'text' })
const ms = (key: string, title: string): Column => ({ key, title, unit: 'ms' })

export function importTable({ report }: TableSource): Table {
  const rows = report.imports.map(({ phases: _phases, importers, ...row }) => ({
    ...{ id: rowId('mod', [importName(row)]), ...row, name: importName(row) },
    importers: importers.map(({ module }) => module),
  }))
  return {
    by: 'import',
    title: 'modules by what not importing them would save',
    columns: [
      ...[
        ms('savedMs', 'saved'),
        ms('selfMs', 'self'),
        ms('totalMs', 'total'),
        ms('transformMs', 'transform'),
      ],
      { key: 'files', title: 'test files', unit: 'count' },
      ...[text('category'), text('name', 'module')],
    ],
    rows,
    leftOut: leftOutOf(report, 'imports'),
  }
}

export function hookTable({ report }: TableSource): Table {
  const rows = report.hooks.map(row => ({
    ...row,
    id: rowId('hook', [row.type, ...row.describe, row.file, row.line, row.column]),
    hook: row.describe.length === 0 ? row.type : `${row.type} of ${row.describe.join(' › ')}`,
  }))
  return {
    by: 'hook',
    title: 'hooks by wall time',
    columns: [...TIMES, COUNT, text('hook'), POSITION],
    rows,
    leftOut: leftOutOf(report, 'hooks'),
  }
}

export function waitTable({ report }: TableSource): Table {
  const rows = report.waits.map(({ kind, blocking, startedAt, callers, stack, count, totalMs, tests }) => {
    const { function: name = null, file = '', line = 0, column = 0 } = startedAt ?? {}
    return {
      ...{ id: rowId('wait', [kind, file, line]), kind, blocking: blocking ? 'yes' : 'no', count, totalMs },
      ...{ function: name, file, line, column, callers: callers.map(callText) },
      ...{ stack: stack.map(callText), tests: tests.map(({ file, fullName }) => `${file}: ${fullName}`) },
    }
  })
  return {
    by: 'wait',
    title: 'what idle time waited for, and synchronous calls in which the thread stood still (blocking)',
    columns: [ms('totalMs', 'time'), COUNT, text('kind'), text('blocking'), text('function'), POSITION],
    rows,
    leftOut: leftOutOf(report, 'waits'),
  }
}

/** None where all tests are of one project. */
function projectColumn({ files }: Pick<Report, 'files'>): Column[] {
  return new Set(files.map(({ project }) => project)).size > 1 ? [text('project')] : []
}

function callText(call: CallReport): string {
  return `${call.function} ${placeText(call)}`
}

function placeText({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`
}

export function testTable({ report }: TableSource): Table {
  // Whoever asks for a file or some tests wants them one by one.
  const rows =
    report.run.selection === undefined
      ? templateRows(report.files)
      : report.files.flatMap(file => testRows(file))
  const isTemplate = rows.some(({ count }) => count > 1)
  const isElsewhere = rows.some(row => row.definedIn !== null)
  const isRetried = rows.some(({ attempts }) => attempts > 1)
  return {
    by: 'test',
    title: isRetried ? 'tests by wall time, each attempt in a row of its own' : 'tests by wall time',
    columns: [
      ...TIMES,
      text('status'),
      ...(isTemplate ? [COUNT] : []),
      ...(isRetried ? [ATTEMPT] : []),
      ...[...projectColumn(report), text('test'), POSITION],
      ...(isElsewhere ? [DEFINED_IN] : []),
    ],
    rows: rows.toSorted(byWall),
    leftOut: leftOutOf(report, 'tests'),
  }
}

type TestRow = Row & { wallMs: number; attempts: number; count: number; definedIn: string | null }

/** Tests that one line defines are one row, with the ids of the single ones. */
function templateRows(files: readonly FileReport[]): TestRow[] {
  return templatesOf(files).flatMap(({ file, test, rows }) => {
    const single = testRows(file, rows)
    if (rows.length === 1) return single
    const [first] = testRows(file, [test])
    const id = rowId('each', [file.path, file.project, test.line, test.column, first?.definedIn ?? ''])
    return first === undefined ? [] : [{ ...first, id, count: rows.length, tests: rows.map(row => row.id) }]
  })
}

/** Attempts at one test have its id, for it is what can be asked for. */
function testRows({ path, project, tests }: FileReport, shown: readonly TestReport[] = tests): TestRow[] {
  // Those of a test come in their order.
  const attempts = new Map(tests.map(({ index, attempt }) => [index, attempt]))
  return shown.map(test => ({
    ...{ id: test.id, test: test.name.join(' › '), file: path, project },
    ...{ line: test.line, column: test.column, index: test.index, status: test.status },
    definedIn: test.definedIn === undefined ? null : placeText(test.definedIn),
    count: 1,
    ...{ attempt: test.attempt, attempts: attempts.get(test.index) ?? 1 },
    ...timesOf(test),
    ...{ hooksMs: test.hooksMs, importsMs: test.importsMs, uncertaintyMs: test.uncertaintyMs },
    sampleCount: test.sampleCount,
  }))
}

export function testFileTable({ report }: TableSource): Table {
  const rows = report.files.map(file => ({
    ...{ id: file.id, file: file.path, project: file.project, status: file.status },
    ...timesOf(file),
    ...{ importsMs: file.phases?.imports.wallMs ?? null, hooksMs: file.phases?.hooks.wallMs ?? null },
    ...{
      testsMs: file.phases?.tests.wallMs ?? null,
      tests: new Set(file.tests.map(({ index }) => index)).size,
    },
  }))
  return {
    by: 'test-file',
    title: 'test files by wall time',
    columns: [
      ...TIMES,
      ...[ms('importsMs', 'in imports'), ms('hooksMs', 'in hooks'), ms('testsMs', 'in tests')],
      { key: 'tests', title: 'tests', unit: 'count' },
      ...[text('status'), ...projectColumn(report), text('file')],
    ],
    rows: rows.toSorted(byWall),
    leftOut: leftOutOf(report, 'files'),
  }
}

export function phaseTable({ report }: TableSource): Table {
  const rows = PHASES.map(phase => ({ id: rowId('phase', [phase]), phase, ...report.phases[phase] }))
  return {
    by: 'phase',
    title: "phases of the test files, which add up to the files' wall time",
    columns: [...TIMES, ms('gcMs', 'GC'), text('phase')],
    rows: rows.filter(({ wallMs }) => wallMs > 0).toSorted(byWall),
    leftOut: 0,
  }
}

function timesOf({
  wallMs,
  cpuMs,
  readyMs,
  blockedMs,
  idleMs,
  gcMs,
}: FileReport | FileReport['tests'][number]) {
  return { wallMs, cpuMs, readyMs, blockedMs, idleMs, gcMs }
}

const byWall = byDescending<Row & { wallMs: number }>(
  ({ wallMs }) => wallMs,
  row => JSON.stringify(row),
)
