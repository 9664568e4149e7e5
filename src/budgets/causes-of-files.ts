// The cause of a test file's time: its longest phase, and within it the most expensive module, hook or test.

import { greatest, sum } from 'd3-array'
import type { CostlyModule } from '../attribution/costliest-modules.js'
import { PHASES, type Phase } from '../profile/profile.js'
import type { BudgetCause } from '../report/budget-report.js'
import type { FileHookReport, FileReport } from '../report/file-report.js'
import type { RecordingSummary } from '../report/record/recording-summary.js'
import type { ToRelative } from '../report/relative-path.js'
import { roundMs, toMs } from '../report/rounding.js'
import { duration } from '../report/views/figures.js'
import { hookName, nameText } from '../report/views/names.js'

export function causeOfFile(
  { file, recording }: { file: FileReport; recording: RecordingSummary | undefined },
  toRelative: ToRelative,
): BudgetCause | null {
  const { phases } = file
  if (phases === null) return slowestTest(file)
  const phase = greatest(PHASES, phase => phases[phase].wallMs) ?? 'other'
  const inner: Partial<Record<Phase, () => BudgetCause | null>> = {
    imports: () => causeOfImports(recording, toRelative),
    hooks: () => causeOfHooks(file),
    tests: () => slowestTest(file),
  }
  const cause = inner[phase]?.() ?? null
  const ms = phases[phase].wallMs
  if (cause === null) return { text: phase, file: '', line: 0, column: 0, ms }
  return { ...cause, text: `${phase} (${duration(ms)}), mostly ${cause.text}` }
}

function slowestTest({ path, tests }: FileReport): BudgetCause | null {
  const slowest = greatest(tests, ({ wallMs }) => wallMs)
  if (slowest === undefined || slowest.wallMs === 0) return null
  const { name, line, column, wallMs } = slowest
  return { text: nameText(name), file: path, line, column, ms: wallMs }
}

export function causeOfHooks({ hooks }: Pick<FileReport, 'hooks'>): BudgetCause | null {
  return hookCause(hooks.map(hook => ({ hook, wallMs: sum(hook.runs, ({ wallMs }) => wallMs) })))
}

/** A module is not the cause if one that it loads has at least this share of its time. */
const NEARLY_ALL = 0.9

/** The most expensive module; of a chain of modules with nearly equal cost, the innermost. */
export function causeOfImports(
  recording: Pick<RecordingSummary, 'modules'> | undefined,
  toRelative: ToRelative,
): BudgetCause | null {
  const modules = recording?.modules.filter(({ phase }) => phase === 'imports') ?? []
  const [slowest] = modules
  if (slowest === undefined) return null
  const cause = innermost(slowest, modules)
  return moduleCause(cause, cause.total, toRelative)
}

/** `modules`: sorted by total time, so that a module comes before those that it loaded. */
function innermost(module: CostlyModule, modules: readonly CostlyModule[]): CostlyModule {
  const after = modules.slice(modules.indexOf(module) + 1)
  const inner = after.find(
    ({ importer, total }) => importer === module.path && total >= NEARLY_ALL * module.total,
  )
  return inner === undefined ? module : innermost(inner, after)
}

/** The module with the longest self time, among the given one and all that it loaded. */
export function causeOfModule(
  module: CostlyModule,
  modules: readonly CostlyModule[],
  toRelative: ToRelative,
): BudgetCause {
  const loaded = new Set([module])
  // Modules are sorted by total time, so each comes after the one that loaded it.
  for (const other of modules) if ([...loaded].some(({ path }) => path === other.importer)) loaded.add(other)
  const largest = greatest(loaded, ({ self }) => self) ?? module
  const cause = moduleCause(largest, largest.self, toRelative)
  return largest === module ? { ...cause, text: 'self time' } : { ...cause, text: `loading ${cause.text}` }
}

function moduleCause({ path }: CostlyModule, micros: number, toRelative: ToRelative): BudgetCause {
  return { text: 'module', file: toRelative(path), line: 0, column: 0, ms: toMs(micros) }
}

/** The longest hook, the first of equals; null if none took time. */
export function hookCause(
  hooks: readonly { hook: FileHookReport | undefined; wallMs: number }[],
): BudgetCause | null {
  const longest = greatest(hooks, ({ wallMs }) => wallMs)
  if (longest?.hook === undefined || longest.wallMs === 0) return null
  const { file, line, column } = longest.hook
  return { text: hookName(longest.hook), file, line, column, ms: roundMs(longest.wallMs) }
}
