// The figures of limits for memory, in bytes and numbers of test files. They need a run with the option `memory`.

import { greatest } from 'd3-array'
import { isOwnCode } from '../profile/own-code.js'
import { fileKey } from '../profile/paths.js'
import type { BudgetCause, BudgetLimit } from '../report/budget-report.js'
import type { Position } from '../report/code-reports.js'
import type { TestReport } from '../report/file-report.js'
import type { FileMemoryReport, KeptSandbox, MemoryReport } from '../report/memory-report.js'
import { count } from '../report/views/figures.js'
import { type HeapProcess, heapProcesses } from '../report/views/heap-processes.js'
import type { BudgetedFile, BudgetFigure, BudgetSources } from './budget-figure.js'

type MemoryLimit = Extract<BudgetLimit, 'testAllocatedMb' | 'heapGrowthMb' | 'keptSandboxes'>
type ReadMemoryFigures = (files: readonly BudgetedFile[], memory: MemoryReport) => BudgetFigure[]

const READERS: Readonly<Record<MemoryLimit, ReadMemoryFigures>> = {
  testAllocatedMb: allocatedFigures,
  heapGrowthMb: growthFigures,
  keptSandboxes: keptFigures,
}

/** Without memory in the report, one unknown figure of each file: a limit must not pass silently. */
export function memoryFigures(limit: MemoryLimit) {
  return (files: readonly BudgetedFile[], { report: { memory } }: BudgetSources): BudgetFigure[] =>
    memory === undefined ? files.map(({ file }) => unknownFigure(file)) : READERS[limit](files, memory)
}

function unknownFigure(file: BudgetFigure['file'], test: TestReport | null = null): BudgetFigure {
  return { file, test, module: null, amount: null, uncertainty: null, cause: () => null }
}

function allocatedFigures(files: readonly BudgetedFile[], memory: MemoryReport): BudgetFigure[] {
  return files.flatMap(({ file, tests }) =>
    tests.map(test => ({
      ...unknownFigure(file, test),
      amount: test.allocatedBytes ?? null,
      cause: () => allocatingFunction({ file, test }, memory),
    })),
  )
}

/** The function that allocated most for a test, of the project's own if there is one. */
function allocatingFunction(
  { file, test }: { file: BudgetFigure['file']; test: TestReport },
  memory: MemoryReport,
): BudgetCause | null {
  const { allocations = [] } =
    memory.tests.find(
      row => row.index === test.index && row.file === file.path && row.project === file.project,
    ) ?? {}
  const most = allocations.find(isOwnCode) ?? allocations[0]
  if (most === undefined) return null
  const { function: name, file: path, line, column, bytes } = most
  return { text: name, file: path, line, column, bytes }
}

/**
 * One figure for each group of files between two collections: the mean of its files, which the largest is not below. The first file of
 * a process has none, because there Jest loads itself.
 */
function growthFigures(files: readonly BudgetedFile[], memory: MemoryReport): BudgetFigure[] {
  const budgeted = new Map(files.map(({ file }) => [keyOf(file), file]))
  const processes = heapProcesses(memory.files)
  // What some files of a group grew by cannot be told from the others.
  const groups = processes
    .flatMap(measuredGroups)
    .filter(group => group.files.every(row => budgeted.has(keyOf(row))))
  const known = groups.flatMap(group => {
    const file = budgeted.get(keyOf(group.files[0]))
    if (file === undefined) return []
    const amount = group.grownBytes / group.files.length
    return [{ ...unknownFigure(file), amount, cause: () => growthCause(group) }]
  })
  const isMeasured = new Set([
    ...groups.flatMap(group => group.files),
    ...(known.length === 0 ? [] : processes.map(([first]) => first)),
  ])
  const unknown = memory.files.flatMap(row => (isMeasured.has(row) ? [] : (budgeted.get(keyOf(row)) ?? [])))
  return [...known, ...unknown.map(file => unknownFigure(file))]
}

function keyOf({ project, path }: Pick<FileMemoryReport, 'project' | 'path'>): string {
  return fileKey({ project, file: path })
}

/** Test files of one process between two collections: what the heap grew by is known of all together. */
interface MeasuredGroup {
  readonly files: HeapProcess
  readonly grownBytes: number
}

function measuredGroups([first, ...files]: HeapProcess): MeasuredGroup[] {
  const groups: MeasuredGroup[] = []
  let heapBytes = first.heapAfterBytes
  let pending: FileMemoryReport[] = []
  for (const file of files) {
    const [start = file, ...more] = [...pending, file]
    pending = [start, ...more]
    if (file.heapAfterBytes === null) continue
    // The files before the first collection after a file are not measured.
    if (heapBytes !== null)
      groups.push({ files: [start, ...more], grownBytes: file.heapAfterBytes - heapBytes })
    heapBytes = file.heapAfterBytes
    pending = []
  }
  return groups
}

function growthCause({ files, grownBytes }: MeasuredGroup): BudgetCause | null {
  const last = files.at(-1)
  if (last === undefined || files.length === 1) return null
  const text = `together with the next ${count(files.length - 1, 'file')} of its worker, up to`
  return { text, ...placeOf({ file: last.path }), bytes: grownBytes }
}

/** One figure for all files together; it is that of the file that keeps most. */
function keptFigures(files: readonly BudgetedFile[], memory: MemoryReport): BudgetFigure[] {
  const keptOf = new Map(memory.files.map(row => [keyOf(row), row.sandboxKept]))
  const states = files.map(({ file }) => ({ file, isKept: keptOf.get(keyOf(file)) ?? null }))
  const unknown = states.filter(({ isKept }) => isKept === null).map(({ file }) => unknownFigure(file))
  const known = states.filter(({ isKept }) => isKept !== null)
  const kept = new Map(known.filter(({ isKept }) => isKept).map(({ file }) => [keyOf(file), file]))
  const largest = greatest(
    memory.kept.filter(row => kept.has(fileKey(row))),
    ({ retainedBytes }) => retainedBytes,
  )
  const file = (largest && kept.get(fileKey(largest))) ?? known[0]?.file
  if (file === undefined) return unknown
  const cause = () => (largest === undefined ? null : holderCause(largest))
  return [{ ...unknownFigure(file), amount: kept.size, cause }, ...unknown]
}

function holderCause({ path, position, retainedBytes }: KeptSandbox): BudgetCause {
  const text = path.length === 0 ? 'held by something unknown' : `held by ${path.join(' › ')}`
  return { text, ...placeOf(position ?? {}), bytes: retainedBytes }
}

function placeOf({ file = '', line = 0, column = 0 }: Partial<Position>): Position {
  return { file, line, column }
}
