// Suggested commands after a table: one step deeper from its first row, or for an empty table, others with the same selection.

import { rerunCommand } from '../formats/rerun-command.js'
import { sanitize } from '../formats/wording.js'
import type { Report } from '../report/report.js'
import { hasProfile } from '../report/views/profiled.js'
import type { ShownRow, ShownTable } from '../tables/shown-table.js'
import { PROFILE_TABLES, type TableName } from '../tables/table.js'

export interface TableRequest {
  readonly run: string | undefined
  readonly flags: { readonly file?: string; readonly test?: string }
  readonly report: Pick<Report, 'run' | 'totals' | 'files'>
  /** Whether that table of the same selection has rows. */
  readonly isFilled: (by: TableName) => boolean
  /** Returns a path of the report relative to the working directory. */
  readonly toShown: (path: string) => string
}

const MOST = 3

export function suggestCommands(
  { by, rows }: Pick<ShownTable, 'by' | 'rows'>,
  asked: TableRequest,
): string[] {
  const [first] = rows
  const request = { ...asked, ...commandsOf(asked) }
  const commands = first === undefined ? suggestElsewhere(by, request) : suggestDeeper(by, first, request)
  return commands.slice(0, MOST)
}

type ShowRequest = TableRequest & ReturnType<typeof commandsOf>

function suggestDeeper(by: TableName, { id, count, file: path }: ShownRow, asked: ShowRequest): string[] {
  const { report, run, flags, same, show } = asked
  // Tests that one line defines are shown individually.
  if (by === 'test' && Number(count) > 1) return [show(`--file ${quoted(String(path))} --by test`)]
  if (by === 'test') {
    const isAsked = flags.test !== undefined && report.totals.tests === 1
    const format = '--format cpuprofile -o test.cpuprofile'
    return [
      show(isAsked ? same : `--test ${id}`),
      ...(hasProfile(report) ? [`npx jest-profiler export${runWord(run)} --test ${id} ${format}`] : []),
    ]
  }
  if (by === 'test-file') {
    const isAsked = flags.file !== undefined && flags.test === undefined && report.totals.testFiles === 1
    const file = isAsked ? same : `--file ${id}`
    return [show(file), show(`${file} --by import`)]
  }
  const tables = suggestTables(DEEPER[by] ?? ['function', 'test'], asked)
  return tables.length > 0 ? tables : [show(same)]
}

const DEEPER: Readonly<Partial<Record<TableName, readonly TableName[]>>> = {
  call: ['function', 'test'],
  function: ['line', 'test'],
  wait: ['test'],
  hook: ['test'],
  import: ['package', 'test-file'],
}

function suggestElsewhere(by: TableName, asked: ShowRequest): string[] {
  return [
    ...(by === 'import' ? suggestFileImports(asked) : []),
    ...(PROFILE_TABLES.has(by) ? suggestFinerRun(asked) : []),
    ...suggestTables(ELSEWHERE[by] ?? ['wait', 'hook'], asked),
    ...(asked.same === '' ? [] : [asked.show(asked.same)]),
  ]
}

/** Tables to suggest after an empty one. Tables of code are empty if nothing was sampled; others may show what took time. */
const ELSEWHERE: Readonly<Partial<Record<TableName, readonly TableName[]>>> = {
  call: ['function', 'wait'],
  line: ['function', 'wait'],
  import: ['function', 'wait'],
  hook: ['function', 'wait'],
  wait: ['function', 'hook'],
  test: ['import', 'function'],
  'test-file': [],
  phase: [],
}

/** Suggests the file's imports, which are not part of a test's time. */
function suggestFileImports({ report, flags, show }: ShowRequest): string[] {
  const [file] = report.files
  return flags.test === undefined || file === undefined ? [] : [show(`--file ${file.id} --by import`)]
}

/** The interval at which `npx jest-profiler` samples single files. */
const FINEST_MICROS = 1000
const LEAST_CPU_MS = 1
const LONGEST = 180

function suggestFinerRun({ report: { run, totals, files }, toShown }: TableRequest): string[] {
  const [file] = files
  const [test] = file?.tests ?? []
  const isWorthIt = (run.samplingIntervalMicros ?? 0) > FINEST_MICROS && totals.cpuMs >= LEAST_CPU_MS
  if (!isWorthIt || totals.tests !== 1 || file === undefined || test === undefined) return []
  const command = rerunCommand(run, { ...file, path: toShown(file.path) }, test)
  // A test's name may be a paragraph, and a truncated command is useless.
  return command.length > LONGEST || sanitize(command) !== command ? [] : [command]
}

/** Suggests other tables of the same selection that have rows, but no table of only one test or file. */
function suggestTables(tables: readonly TableName[], asked: ShowRequest): string[] {
  const { isFilled, same, show } = asked
  const { totals } = asked.report
  const isAlone = (by: TableName) =>
    (by === 'test' && totals.tests <= 1) || (by === 'test-file' && totals.testFiles <= 1)
  return tables.filter(by => !isAlone(by) && isFilled(by)).map(by => show(`${same} --by ${by}`.trim()))
}

/** `same`: the flags of the selection. */
function commandsOf({ run, flags }: Pick<TableRequest, 'run' | 'flags'>) {
  const same = [
    ...(flags.file === undefined ? [] : [`--file ${quoted(flags.file)}`]),
    ...(flags.test === undefined ? [] : [`--test ${quoted(flags.test)}`]),
  ].join(' ')
  const show = (rest: string) => `npx jest-profiler show${runWord(run)}${rest === '' ? '' : ` ${rest}`}`
  return { same, show }
}

function runWord(run: string | undefined): string {
  return run === undefined ? '' : ` ${quoted(run)}`
}

function quoted(word: string): string {
  return /^[\w./:@=-]+$/.test(word) ? word : JSON.stringify(word)
}
