// Tables of what took time beside functions: phases, imports, transforms, hooks, waits and leaks.

import { byDescending } from '../profile/order.js'
import { PHASES as PHASE_NAMES, type Phase } from '../profile/profile.js'
import type {
  CallReport,
  HookReport,
  ImportReport,
  LeakReport,
  TransformReport,
  WaitReport,
} from '../report/account-reports.js'
import type { PhaseTimes } from '../report/file-report.js'
import type { Report } from '../report/report.js'
import { count as countOf, duration as durationText, percent } from '../report/views/figures.js'
import { costlyImports, importName } from '../report/views/imports.js'
import { type Cell, durationCell, EMPTY, listCell, pathCell, placeCell, stackCell, textCell } from './cell.js'
import { collection, column, count, duration, EVERYWHERE, TEXT, times } from './columns.js'
import { mostOfTime } from './most-of-time.js'
import { hookName, startingCalls, waitedFor } from './names.js'
import type { RankedTable, TableDefinition } from './table.js'

/** Milliseconds: nobody looks at shorter hooks and waits. */
const SHORTEST = 10

interface PhaseRow extends PhaseTimes {
  readonly phase: Phase
}

/** In the order in which they come in a file. */
function phasesWithTime({ phases }: Pick<Report, 'phases'>): PhaseRow[] {
  return PHASE_NAMES.map(phase => ({ phase, ...phases[phase] })).filter(({ wallMs }) => wallMs > 0)
}

export const PHASES: RankedTable<PhaseRow> = {
  title: 'Where the time went',
  ranking: () => "phases of the test files, which add up to the files' wall time",
  rows: report => phasesWithTime(report).toSorted(byDescending(({ wallMs }) => wallMs, JSON.stringify)),
  columns: ({ totals }) => {
    const [wall, ...others] = times<PhaseRow>()
    return [
      ...(wall === undefined ? [] : [wall]),
      column('share', 'of all', row => ({ kind: 'share', part: row.wallMs, whole: totals.fileWallMs }), {
        in: ['markdown'],
      }),
      ...others,
      column('gcMs', 'GC', row => durationCell(row.gcMs, { errorMs: row.gcUncertaintyMs })),
      column(
        'uncertaintyMs',
        'uncertainty',
        ({ uncertaintyMs: value }) => ({ kind: 'figure', value, text: `±${durationText(value)}` }),
        {
          in: ['markdown'],
        },
      ),
      column('phase', 'phase', ({ phase }) => textCell(phase + importingText(phase, totals)), {
        isSubject: true,
      }),
    ]
  },
  explanation:
    'CPU, no core, blocked and waiting add up to the wall time of all test files. GC is part of CPU, and CPU may be off by the uncertainty.',
  sortBy: '-wallMs',
  empty: 'No phase took any time.',
  identity: row => ['phase', row.phase],
  data: row => row,
}

export const PHASES_IN_ORDER: TableDefinition<PhaseRow> = { ...PHASES, rows: phasesWithTime }

/** Modules that tests import while they run are part of the tests' time; `''` where that is little. */
export function importingText(phase: Phase, { importsInTestsMs }: Report['totals']): string {
  return phase === 'tests' && importsInTestsMs >= 10 ? ` (importing ${durationText(importsInTestsMs)})` : ''
}

export const IMPORTS: RankedTable<ImportReport> = {
  title: 'Imports',
  ranking: () => 'modules by the time that not importing them would save',
  rows: ({ imports }) => imports,
  columns: () => [
    duration('savedMs', 'saved', row => row.savedMs, {
      in: EVERYWHERE,
      meaning: 'time that not importing it would save, all test files together',
    }),
    duration('selfMs', 'self', row => row.selfMs, {
      in: ['terminal', 'markdown', 'show', 'page'],
      lead: 'self',
      meaning: 'its own part',
    }),
    duration('totalMs', 'total', row => row.totalMs, { meaning: 'with all modules that it loaded' }),
    duration('resolveMs', 'resolve', row => row.resolveMs, {
      ...{ in: ['page'], isMinor: true, meaning: 'finding the file, part of self' },
    }),
    duration('transformMs', 'transform', row => row.transformMs, {
      ...{ in: ['show', 'page'], isMinor: true, meaning: 'in the transformer, part of self' },
    }),
    duration('compileMs', 'compile', row => row.compileMs, {
      ...{ in: ['page'], isMinor: true, meaning: 'in V8, part of self' },
    }),
    duration('mockMs', 'automock', row => row.mockMs, {
      ...{ in: ['page'], isMinor: true, meaning: 'generating mocks of it, part of self' },
    }),
    duration('evaluateMs', 'evaluate', row => row.evaluateMs, {
      ...{ in: ['page'], isMinor: true, meaning: 'its top-level code, part of self' },
    }),
    column('category', 'category', row => ({ kind: 'category', category: row.category }), { in: ['show'] }),
    column(
      'name',
      'module',
      row => (row.transformer === null ? pathCell(row.module) : textCell(importName(row))),
      { in: EVERYWHERE, isSubject: true },
    ),
    count('files', 'files', row => row.files, { meaning: 'test files that loaded it' }),
    column('loads', 'loaded', row => textCell(howOftenLoaded(row)), {
      in: ['terminal', 'overview'],
    }),
    column('parts', 'its own part', row => textCell(ownParts(row)), { in: ['markdown'] }),
    column('chain', 'imported by', ({ chain }) => chainCell(chain.slice(0, -1).slice(-3)), {
      in: ['markdown'],
    }),
    column('importers', 'imported by', ({ importers }) => importersCell(importers), {
      ...{ in: ['page'], isMinor: true },
    }),
  ],
  sortBy: '-savedMs',
  empty: 'It is unknown how modules were loaded in this run.',
  cutAs: 'imports',
  identity: row => ['mod', importName(row)],
  data: ({ phases: _phases, importers, ...row }) => ({
    ...row,
    name: importName(row),
    importers: importers.map(({ module }) => module),
  }),
}

function importersCell(importers: ImportReport['importers']): Cell {
  return listCell(
    importers.map(({ module, files }) => ({ cell: pathCell(module), note: `in ${countOf(files, 'file')}` })),
  )
}

/** From the test file on. */
function chainCell(modules: readonly string[]): Cell {
  const arrow = textCell('→')
  return {
    kind: 'parts',
    cells: modules.flatMap((module, index) => [...(index > 0 ? [arrow] : []), pathCell(module)]),
  }
}

export const EXPENSIVE_IMPORTS: TableDefinition<ImportReport> = {
  ...{ title: 'Most expensive imports (time saved if removed)', columns: IMPORTS.columns },
  rows: report => costlyImports(report).filter(({ savedMs }) => savedMs >= 1),
  note: ownPartOfTests,
  explanation: 'Rows may overlap: a saving includes the modules that nothing else would have loaded.',
}

function howOftenLoaded({ transformer, files, loads }: ImportReport): string {
  if (transformer !== null) return `once a worker, in ${countOf(files, 'file')}`
  return `in ${countOf(files, 'file')}${loads > files ? `, loaded ${loads} times` : ''}`
}

/** The parts of a module's own cost, largest first: `transform 40 ms, evaluate 12 ms`. */
function ownParts(row: ImportReport): string {
  const parts: [name: string, ms: number][] = [
    ['resolve', row.resolveMs],
    ['transform', row.transformMs],
    ['compile', row.compileMs],
    ['automock', row.mockMs],
    ['evaluate', row.evaluateMs],
  ]
  return parts
    .filter(([, ms]) => ms >= 1)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, ms]) => `${name} ${durationText(ms)}`)
    .join(', ')
}

/** What the test files themselves cost: they cannot be left out, but be split or made cheaper to transform. */
function ownPartOfTests({ imports }: Pick<Report, 'imports'>): string {
  const own = imports.filter(({ category }) => category === 'test')
  const sum = (amountOf: (row: ImportReport) => number) =>
    own.reduce((total, row) => total + amountOf(row), 0)
  const [selfMs, transformMs] = [sum(row => row.selfMs), sum(row => row.transformMs)]
  if (selfMs < SHORTEST) return ''
  const transformed = transformMs >= selfMs / 10 ? ` (transform ${durationText(transformMs)})` : ''
  return `test files themselves: ${durationText(selfMs)}${transformed}`
}

export const TRANSFORMS: TableDefinition<TransformReport> = {
  title: 'Transforms',
  rows: ({ transforms }) => transforms.filter(({ totalMs, loadMs }) => totalMs + loadMs >= 1),
  columns: () => [
    duration('totalMs', 'time', row => row.totalMs),
    column('transformer', 'transformer', row => textCell(row.transformer ?? 'none')),
    column('extension', 'extension', row => ({ kind: 'code', text: row.extension })),
    count('files', 'files', row => row.files),
    column('cacheMisses', 'cache misses', ({ cacheMisses, files }) =>
      textCell(`${cacheMisses} (${percent(cacheMisses, files)})`),
    ),
    column('loadMs', 'loading it', ({ loadMs }) => (loadMs < 1 ? EMPTY : durationCell(loadMs))),
  ],
}

export const HOOKS: RankedTable<HookReport> = {
  title: 'Hooks',
  ranking: () => 'hooks by wall time',
  rows: ({ hooks }) => hooks,
  columns: () => [
    ...times<HookReport>(),
    collection({ in: ['page'] }),
    count('count', 'runs', row => row.count, { in: EVERYWHERE }),
    count('files', 'files', row => row.files, { in: ['markdown', 'page'], isMinor: true }),
    column('hook', 'hook', row => ({ kind: 'name', name: hookName(row) }), {
      in: EVERYWHERE,
      isSubject: true,
    }),
    column('file', 'where', placeCell, { in: EVERYWHERE }),
    column('most', 'mostly', row => textCell(mostOfTime(row)), { in: ['terminal'] }),
  ],
  sortBy: '-wallMs',
  empty: 'No hook ran.',
  cutAs: 'hooks',
  identity: row => ['hook', row.type, ...row.describe, row.file, row.line, row.column],
  data: row => ({ ...row, hook: hookName(row) }),
}

export const LONG_HOOKS: TableDefinition<HookReport> = {
  ...{ title: HOOKS.title, columns: HOOKS.columns },
  rows: ({ hooks }) => hooks.filter(({ wallMs }) => wallMs >= SHORTEST),
}

export const WAITS: RankedTable<WaitReport> = {
  title: 'Waits',
  ranking: () =>
    'what idle time waited for, and synchronous calls in which the thread stood still (blocking)',
  rows: ({ waits }) => waits,
  columns: ({ files }) => [
    duration('totalMs', 'time', row => row.totalMs, { in: EVERYWHERE }),
    count('count', 'times', row => (row.kind.startsWith('not recorded') ? null : row.count), {
      in: EVERYWHERE,
    }),
    column('kind', 'waits for', row => textCell(waitedFor(row)), { in: EVERYWHERE, isSubject: true }),
    column('blocking', 'blocking', row => textCell(row.blocking ? 'yes' : 'no'), { in: ['show', 'page'] }),
    column('starter', 'started by', starterCell, { in: TEXT }),
    column(
      'function',
      'function',
      ({ startedAt }) =>
        startedAt === null ? durationCell(null) : { kind: 'name', name: startedAt.function },
      { in: ['show'] },
    ),
    column('file', 'where', ({ startedAt }) => (startedAt === null ? EMPTY : placeCell(startedAt)), {
      in: ['show', 'overview'],
    }),
    column('stack', 'started by', row => stackCell(startingCalls(row)), { in: ['page'] }),
    column(
      'callers',
      'called from',
      ({ callers }) =>
        callers.length < 2
          ? EMPTY
          : listCell(callers.map(call => ({ cell: callCell(call), note: durationText(call.totalMs) }))),
      { in: ['page'], isMinor: true },
    ),
    column(
      'tests',
      'longest in',
      ({ tests }) =>
        listCell(
          tests.map(({ file, project, index, fullName, totalMs }) => ({
            cell: {
              kind: 'test',
              name: fullName,
              test: { path: file, project, projectId: projectIdOf(files, { file, project }), index },
              note: '',
            },
            note: durationText(totalMs),
          })),
        ),
      { in: ['markdown', 'page'] },
    ),
  ],
  explanation:
    'What idle time waited for, by the line that started it; and synchronous calls in which the thread stood still.',
  sortBy: '-totalMs',
  empty: 'Nothing was waited for.',
  cutAs: 'waits',
  identity: ({ kind, startedAt }) => ['wait', kind, startedAt?.file ?? '', startedAt?.line ?? 0],
  data: waitData,
}

function waitData({ kind, blocking, startedAt, callers, stack, count: amount, totalMs, tests }: WaitReport) {
  const { function: name = null, file = '', line = 0, column: position = 0 } = startedAt ?? {}
  return {
    ...{ kind, blocking: blocking ? 'yes' : 'no', count: amount, totalMs },
    ...{ function: name, file, line, column: position, callers: callers.map(callText) },
    ...{ stack: stack.map(callText), tests: tests.map(test => `${test.file}: ${test.fullName}`) },
  }
}

function callText(call: CallReport): string {
  return `${call.function} ${call.file}:${call.line}:${call.column}`
}

export function projectIdOf(
  files: Report['files'],
  { file, project }: { readonly file: string; readonly project: string },
): string {
  return files.find(({ path, project: own }) => path === file && own === project)?.projectId ?? ''
}

function callCell(call: CallReport): Cell {
  return { kind: 'call', function: call.function, place: call }
}

/** The innermost calls; of several callers how many there are. */
function starterCell(wait: WaitReport): Cell {
  const calls = startingCalls(wait)
  const { length } = wait.callers
  if (length < 2) return stackCell(calls.slice(0, 2))
  return { kind: 'parts', cells: [stackCell(calls.slice(0, 1)), textCell(`(${countOf(length, 'caller')})`)] }
}

export const LONG_WAITS: TableDefinition<WaitReport> = {
  ...{ title: WAITS.title, columns: WAITS.columns },
  rows: ({ waits }) => waits.filter(({ totalMs }) => totalMs >= SHORTEST),
  note: ({ totals: { idleMs, blockedMs } }) =>
    `idle ${durationText(idleMs)}${blockedMs >= 1 ? ` · blocked ${durationText(blockedMs)}` : ''}`,
}

/** Milliseconds of CPU that callbacks of a finished test must take to be worth a row. */
const LEAST_LEAK = 5

export const LEAKS: TableDefinition<LeakReport> = {
  title: 'Work leaked by finished tests',
  rows: ({ leaks }) => leaks.filter(({ cpuMs }) => cpuMs >= LEAST_LEAK),
  columns: ({ files }) => [
    duration('cpuMs', 'CPU', row => row.cpuMs, { in: EVERYWHERE }),
    count('count', 'times', row => row.count, { in: EVERYWHERE }),
    column('kind', 'what', row => textCell(row.kind), { in: EVERYWHERE }),
    column(
      'test',
      'leaked by',
      ({ test: { file, project, index, fullName } }) => ({
        kind: 'test',
        name: fullName,
        test: { path: file, project, projectId: projectIdOf(files, { file, project }), index },
        note: '',
      }),
      { in: EVERYWHERE, lead: 'of' },
    ),
    column('starter', 'started by', row => stackCell(startingCalls(row).slice(0, 2)), { in: EVERYWHERE }),
    column('during', 'ran', ({ during }) => textCell(`in ${countOf(during.length, 'later test')}`), {
      in: EVERYWHERE,
    }),
  ],
}
