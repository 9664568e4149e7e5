// Tables of what was allocated, with the option `memory`: by function, test and module.

import type { FunctionAllocation, ModuleAllocation, TestAllocation } from '../report/memory-report.js'
import type { Report } from '../report/report.js'
import { bytes, count, percent } from '../report/views/figures.js'
import { nameText } from '../report/views/names.js'
import { type Cell, pathCell, placeCell } from './cell.js'
import { amount, category, column, text } from './columns.js'
import type { RankedTable, TableDefinition } from './table.js'
import { testCell } from './test-tables.js'

/** Less is not shown where it was not asked for: each test takes some 100 kB. */
const LEAST_BYTES = 1_000_000

/** `show --by allocation`. */
export const ALLOCATIONS: RankedTable<FunctionAllocation> = {
  title: 'Allocations by function',
  ranking: ({ memory }) =>
    memory?.allocated == null
      ? 'functions by what they allocated, which --memory records'
      : `functions by what they allocated, sampled every ${bytes(memory.allocated.intervalBytes)}`,
  empty: 'No allocations were recorded: run with --memory.',
  rows: ({ memory }) => memory?.allocations ?? [],
  columns: report => [
    amount('bytes', 'self', 'bytes', 'everywhere'),
    shareOfAll(report),
    amount('totalBytes', 'total', 'bytes'),
    category(),
    column('function', 'function', functionCell, 'subject'),
    column('file', 'where', placeCell),
    column('tests', 'most in', testsCell, { in: ['markdown', 'page'], isMinor: true }),
  ],
  identity: row => ['alloc', row.file, row.function, row.line, row.column],
  note: allocatedText,
  explanation:
    'What was allocated on V8’s heap, freed again or not: much of it makes garbage collections. The place is where the function begins, because V8 does not tell lines. Functions that V8 inlined count for their callers. The memory of buffers is not on this heap.',
}

/** Those that are worth a look. */
export const LARGE_ALLOCATIONS: TableDefinition<FunctionAllocation> = {
  ...ALLOCATIONS,
  rows: report => ALLOCATIONS.rows(report).filter(row => row.bytes >= LEAST_BYTES),
}

export const ALLOCATING_TESTS: TableDefinition<TestAllocation> = {
  title: 'Allocations by test',
  rows: ({ memory }) => (memory?.tests ?? []).filter(row => row.allocatedBytes >= LEAST_BYTES),
  columns: ({ files }) => [
    amount('allocatedBytes', 'allocated', 'bytes', 'everywhere'),
    column('test', 'test', row => allocatingTest(row, files), 'subject'),
    column('file', 'file', row => pathCell(row.file), 'everywhere'),
    column('functions', 'mostly by', functionsCell, { in: ['markdown', 'page'], isMinor: true }),
  ],
  note: allocatedText,
  explanation: 'By the functions of tests and their hooks, without what Jest allocates around them.',
}

export const ALLOCATING_MODULES: TableDefinition<ModuleAllocation> = {
  title: 'Allocations by import',
  rows: ({ memory }) => (memory?.modules ?? []).filter(row => row.bytes >= LEAST_BYTES),
  columns: () => [
    amount('bytes', 'allocated', 'bytes', 'everywhere'),
    column('module', 'module', row => pathCell(row.module), 'subject'),
    text('package', 'package', row => row.package ?? '', 'detail'),
  ],
  explanation:
    'By the top-level code of modules, in all test files: with loading what a module imports, and without running it.',
}

function shareOfAll({ memory }: Report) {
  const whole = memory?.allocated?.sampledBytes ?? 0
  return column<FunctionAllocation>('share', 'of all', row => ({ kind: 'share', part: row.bytes, whole }), {
    in: ['markdown', 'show'],
  })
}

function functionCell(row: FunctionAllocation): Cell {
  return { kind: 'function', function: row.function, place: row }
}

function testsCell({ tests }: FunctionAllocation): Cell {
  const items = tests.map(({ name, bytes: own }) => ({
    cell: { kind: 'name', name: nameText(name) } as const,
    note: bytes(own),
  }))
  return { kind: 'list', items }
}

function functionsCell({ allocations }: TestAllocation): Cell {
  const items = allocations.slice(0, 3).map(row => ({
    cell: { kind: 'call', function: row.function, place: row } as const,
    note: bytes(row.bytes),
  }))
  return { kind: 'list', items }
}

function allocatingTest({ file: path, project, index, name }: TestAllocation, files: Report['files']): Cell {
  const { projectId = '' } = files.find(file => file.path === path && file.project === project) ?? {}
  return testCell({ file: { path, project, projectId }, test: { index, name, attempt: 1 } })
}

/** How much was allocated in all, and of how much the functions are known; `''` if nothing was recorded. */
function allocatedText({ memory }: Pick<Report, 'memory'>): string {
  const allocated = memory?.allocated ?? null
  if (allocated === null) return ''
  const { sampledBytes, files, sampledFiles } = allocated
  const known = `functions known for ${percent(sampledBytes, allocated.bytes)}`
  const inFiles = sampledFiles === files ? '' : `, in ${sampledFiles} of ${count(files, 'test file')}`
  return `${bytes(allocated.bytes)} in all, ${known}${inFiles}`
}
