// Tables of what took time other than functions: phases, imports, transforms, hooks, waits and leaks.

import { byDescending } from '../profile/order.js'
import { startingCalls } from '../profile/own-code.js'
import { PHASES as PHASE_NAMES, type Phase } from '../profile/profile.js'
import type {
  HookReport,
  ImportReport,
  LeakReport,
  TransformReport,
  WaitReport,
  WaitTest,
} from '../report/account-reports.js'
import type { PhaseTimes } from '../report/file-report.js'
import type { Report } from '../report/report.js'
import { count as countOf, duration, percent } from '../report/views/figures.js'
import { costlyImports, importName } from '../report/views/imports.js'
import { hookName, nameText } from '../report/views/names.js'
import { type Cell, durationCell, EMPTY, pathCell, placeCell, stackCell, textCell } from './cell.js'
import { allocated, category, column, count, EVERYWHERE, mostOfTime, ms, text, timeParts } from './columns.js'
import { callText, waitedFor } from './names.js'
import type { RankedTable, TableDefinition } from './table.js'

/** Milliseconds: shorter hooks and waits are not shown in a summary, nor what takes a smaller share of the time of all test files. */
const SHORTEST = 10
const LEAST_SHARE = 0.002
/** Milliseconds. */
const CHEAPEST_IMPORT = 1

type PhaseRow = PhaseTimes & { readonly phase: Phase }

/** In the order of a test file. */
function phasesWithTime({ phases }: Pick<Report, 'phases'>): PhaseRow[] {
  return PHASE_NAMES.map(phase => ({ phase, ...phases[phase] })).filter(({ wallMs }) => wallMs > 0)
}

export const PHASES: RankedTable<PhaseRow> = {
  title: 'Where the time went',
  ranking: 'phases of the test files, adding up to their wall time',
  rows: report => phasesWithTime(report).toSorted(byDescending('wallMs', ({ phase }) => phase)),
  columns: report => [
    ms('wallMs', 'wall', 'everywhere'),
    column('share', 'of all', row => ({ kind: 'share', part: row.wallMs, whole: report.totals.fileWallMs })),
    ...timeParts<PhaseRow>(),
    ...allocated<PhaseRow>(report),
    column('gcMs', 'GC', row => durationCell(row.gcMs, { errorMs: row.gcUncertaintyMs || null })),
    column('uncertaintyMs', 'uncertainty', uncertaintyCell, 'markdown'),
    text('phase', 'phase', ({ phase }) => phase + importingText(phase, report), 'subject'),
  ],
  explanation:
    'CPU, no core, blocked and waiting add up to the wall time of all test files. GC is part of CPU, and CPU may be off by the uncertainty.',
  empty: 'No phase took any time.',
  identity: row => ['phase', row.phase],
}

export const PHASES_IN_ORDER: TableDefinition<PhaseRow> = { ...PHASES, rows: phasesWithTime }

function uncertaintyCell({ uncertaintyMs: value }: PhaseRow): Cell {
  return { kind: 'figure', value, text: `±${duration(value)}` }
}

/**
 * The part of the time of tests with their hooks that importing modules took, if at least 10 ms, at the phase that can hold all of it;
 * otherwise `''`.
 */
export function importingText(phase: Phase, { phases, totals }: Pick<Report, 'phases' | 'totals'>): string {
  const { importsInTestsMs } = totals
  const holder = importsInTestsMs <= phases.tests.wallMs ? 'tests' : 'hooks'
  return phase === holder && importsInTestsMs >= 10 ? ` (importing ${duration(importsInTestsMs)})` : ''
}

export const IMPORTS: RankedTable<ImportReport> = {
  title: 'Imports',
  ranking: 'modules by time saved if they were not imported',
  rows: ({ imports }) => imports,
  columns: () => [
    ms('savedMs', 'saved', 'everywhere'),
    ms('selfMs', 'self', { in: ['terminal', 'markdown', 'show', 'page'], lead: 'self' }),
    ms('totalMs', 'total'),
    ms('resolveMs', 'resolve', 'detail'),
    ms('transformMs', 'transform', { in: ['show', 'page'], isMinor: true }),
    ms('compileMs', 'compile', 'detail'),
    ms('mockMs', 'automock', 'detail'),
    ms('evaluateMs', 'evaluate', 'detail'),
    category('show'),
    column('name', 'module', importCell, 'subject'),
    count('files', 'files'),
    text('loads', 'loaded', howOftenLoaded, { in: ['terminal', 'overview'] }),
    text('parts', 'breakdown of self', ownParts, 'markdown'),
    column('chain', 'imported by', ({ chain }) => chainCell(chain.slice(0, -1).slice(-3)), 'markdown'),
    column('importers', 'imported by', importersCell, 'detail'),
  ],
  empty: 'Module loads were not recorded in this run.',
  cutAs: 'imports',
  identity: row => ['mod', importName(row)],
  data: ({ phases: _phases, importers, ...row }) => ({
    ...row,
    name: importName(row),
    importers: importers.map(({ module }) => module),
  }),
}

export const EXPENSIVE_IMPORTS: TableDefinition<ImportReport> = {
  ...IMPORTS,
  title: 'Most expensive imports (time saved if removed)',
  rows: report =>
    costlyImports(report).filter(({ savedMs }) => savedMs >= leastShown(report, CHEAPEST_IMPORT)),
  note: ownPartOfTests,
  explanation: 'Rows may overlap: a saving includes the modules that nothing else would have loaded.',
}

function leastShown({ totals }: Pick<Report, 'totals'>, leastMs: number): number {
  return Math.max(leastMs, LEAST_SHARE * (totals.fileWallMs - (totals.readyMs ?? 0)))
}

function importCell(row: ImportReport): Cell {
  return row.transformer === null ? pathCell(row.module) : textCell(importName(row))
}

function importersCell({ importers }: ImportReport): Cell {
  const noteOf = (files: number) => `in ${countOf(files, 'file')}`
  const items = importers.map(({ module, files }) => ({ cell: pathCell(module), note: noteOf(files) }))
  return { kind: 'list', items }
}

/** The test file comes first. */
function chainCell(modules: readonly string[]): Cell {
  const cells = modules.flatMap(module => [textCell('→'), pathCell(module)]).slice(1)
  return { kind: 'parts', cells }
}

function howOftenLoaded({ transformer, files, loads }: ImportReport): string {
  if (transformer !== null) return `once per worker, in ${countOf(files, 'file')}`
  return `in ${countOf(files, 'file')}${loads > files ? `, loaded ${loads} times` : ''}`
}

/** The parts of a module's self time, largest first: `transform 40 ms, evaluate 12 ms`. */
function ownParts(row: ImportReport): string {
  const { resolveMs: resolve, transformMs: transform, compileMs: compile, mockMs: automock } = row
  return Object.entries({ resolve, transform, compile, automock, evaluate: row.evaluateMs })
    .filter(([, part]) => part >= 1)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, part]) => `${name} ${duration(part)}`)
    .join(', ')
}

/** The self time of test files: they cannot be removed, but can be split or made cheaper to transform. */
function ownPartOfTests({ imports }: Pick<Report, 'imports'>): string {
  const own = imports.filter(row => row.category === 'test')
  const selfMs = own.reduce((sum, row) => sum + row.selfMs, 0)
  const transformMs = own.reduce((sum, row) => sum + row.transformMs, 0)
  if (selfMs < SHORTEST) return ''
  const transformed = transformMs >= selfMs / 10 ? ` (transform ${duration(transformMs)})` : ''
  return `test files themselves: ${duration(selfMs)}${transformed}`
}

export const TRANSFORMS: TableDefinition<TransformReport> = {
  title: 'Transforms',
  rows: ({ transforms }) => transforms.filter(({ totalMs, loadMs }) => totalMs + loadMs >= 1),
  columns: () => [
    ms('totalMs', 'time'),
    text('transformer', 'transformer', row => row.transformer ?? 'none'),
    column('extension', 'extension', row => ({ kind: 'code', text: row.extension })),
    count('files', 'files'),
    text('cacheMisses', 'cache misses', row => `${row.cacheMisses} (${percent(row.cacheMisses, row.files)})`),
    column('loadMs', 'load time', ({ loadMs }) => (loadMs < 1 ? EMPTY : durationCell(loadMs))),
  ],
}

export const HOOKS: RankedTable<HookReport> = {
  title: 'Hooks',
  ranking: 'hooks by wall time',
  rows: ({ hooks }) => hooks,
  columns: report => [
    ms('wallMs', 'wall', 'everywhere'),
    ...timeParts<HookReport>(),
    ...allocated<HookReport>(report),
    ms('gcMs', 'GC', 'detail'),
    count('count', 'runs', 'everywhere'),
    count('files', 'files', { in: ['markdown', 'page'], isMinor: true }),
    column('hook', 'hook', row => ({ kind: 'name', name: hookName(row) }), 'subject'),
    column('file', 'where', placeCell, 'everywhere'),
    text('most', 'mostly', mostOfTime, 'terminal'),
  ],
  empty: 'No hook ran.',
  cutAs: 'hooks',
  identity: row => ['hook', row.type, ...row.describe, row.file, row.line, row.column],
  data: row => ({ ...row, hook: hookName(row) }),
}

export const LONG_HOOKS: TableDefinition<HookReport> = {
  ...HOOKS,
  rows: report => report.hooks.filter(({ wallMs }) => wallMs >= leastShown(report, SHORTEST)),
}

export const WAITS: RankedTable<WaitReport> = {
  title: 'Waits',
  ranking: 'what the thread waited for while idle, and synchronous calls that blocked it',
  rows: ({ waits }) => waits,
  columns: report => [
    ms('totalMs', 'time', 'everywhere'),
    column('count', 'times', row => ({ kind: 'count', amount: countOfWaits(row) }), 'everywhere'),
    text('kind', 'waits for', waitedFor, 'subject'),
    text('blocking', 'blocking', row => (row.blocking ? 'yes' : 'no'), 'lists'),
    column('starter', 'started by', starterCell, 'text'),
    text('function', 'function', ({ startedAt }) => startedAt?.function ?? '–', 'show'),
    column('file', 'where', ({ startedAt }) => (startedAt === null ? EMPTY : placeCell(startedAt)), {
      in: ['show', 'overview'],
    }),
    column('stack', 'started by', row => stackCell(startingCalls(row)), 'page'),
    column('callers', 'called from', callersCell, 'detail'),
    column('tests', 'longest in', ({ tests }) => testsCell(tests, report), { in: ['markdown', 'page'] }),
  ],
  explanation:
    'What the thread waited for while idle, by the line that started it, and synchronous calls that blocked it.',
  empty: 'No waits.',
  cutAs: 'waits',
  identity: ({ kind, startedAt }) => ['wait', kind, startedAt?.file ?? '', startedAt?.line ?? 0],
  data: ({ startedAt, callers, stack, tests, blocking, ...row }) => ({
    ...row,
    blocking: blocking ? 'yes' : 'no',
    ...(startedAt ?? { function: null, file: '', line: 0, column: 0 }),
    callers: callers.map(callText),
    stack: stack.map(callText),
    tests: tests.map(({ file, name }) => `${file}: ${nameText(name)}`),
  }),
}

export const LONG_WAITS: TableDefinition<WaitReport> = {
  ...WAITS,
  rows: report => report.waits.filter(({ totalMs }) => totalMs >= leastShown(report, SHORTEST)),
  note: ({ totals: { idleMs, blockedMs } }) =>
    `idle ${duration(idleMs)}${blockedMs >= 1 ? ` · blocked ${duration(blockedMs)}` : ''}`,
}

/** Null: waits that were not recorded were not counted. */
function countOfWaits({ kind, count: amount }: WaitReport): number | null {
  return kind.startsWith('not recorded') ? null : amount
}

/** The innermost calls; the number of callers if there are several. */
function starterCell(wait: WaitReport): Cell {
  const calls = startingCalls(wait)
  const { length } = wait.callers
  if (length < 2) return stackCell(calls.slice(0, 2))
  return { kind: 'parts', cells: [stackCell(calls.slice(0, 1)), textCell(`(${countOf(length, 'caller')})`)] }
}

function callersCell({ callers }: WaitReport): Cell {
  if (callers.length < 2) return EMPTY
  const items = callers.map(call => ({
    cell: { kind: 'call', function: call.function, place: call } as const,
    note: duration(call.totalMs),
  }))
  return { kind: 'list', items }
}

function testsCell(tests: readonly WaitTest[], report: Report): Cell {
  const items = tests.map(test => ({ cell: referenceCell(test, report), note: duration(test.totalMs) }))
  return { kind: 'list', items }
}

/** A test that the report identifies by its file and index. */
export function referenceCell(test: LeakReport['test'], { files }: Report): Cell {
  const { file: path, project, index, name } = test
  const projectId = files.find(file => file.path === path && file.project === project)?.projectId ?? ''
  return { kind: 'test', name: nameText(name), note: '', test: { path, project, projectId, index } }
}

/** Milliseconds of CPU: a finished test whose callbacks took less has no row. */
const LEAST_LEAK = 5

export const LEAKS: TableDefinition<LeakReport> = {
  title: 'Work leaked by finished tests',
  rows: ({ leaks }) => leaks.filter(({ cpuMs }) => cpuMs >= LEAST_LEAK),
  columns: report => [
    ms('cpuMs', 'CPU', 'everywhere'),
    count('count', 'times', 'everywhere'),
    text('kind', 'what', row => row.kind, 'everywhere'),
    column('test', 'leaked by', row => referenceCell(row.test, report), { in: EVERYWHERE, lead: 'from' }),
    column('starter', 'started by', row => stackCell(startingCalls(row).slice(0, 2)), 'everywhere'),
    text('during', 'ran', row => `in ${countOf(row.during.length, 'later test')}`, 'everywhere'),
  ],
}
