// The samples of a view: selected by scope, category and value.

import { type Category, type Phase, TIMES, type ValueType } from '../../profile/profile.js'
import type { FileReport } from '../../report/file-report.js'
import { type CodeData, type ProfileData, type ScopeInfo, testAt, type ValueData } from './run-data.js'
import { type StackOperation, shownStacks } from './stack-operations.js'

/** The choice of all kinds of time together, beside the names of single values. */
export const ALL_TIME = 'time'

export interface Selection {
  readonly project?: string | undefined
  readonly file?: FileReport | undefined
  /** The names of describe blocks, outermost first. */
  readonly describe?: readonly string[] | undefined
  readonly test?: number | undefined
  readonly attempt?: number | undefined
  readonly phase?: Phase | undefined
  readonly hook?: number | undefined
  readonly worker?: number | undefined
  /** The category of the innermost frame. */
  readonly category?: Category | undefined
  /** The name of a value, or ALL_TIME. */
  readonly value: string
  readonly operations?: readonly StackOperation[] | undefined
}

/** By scope: 1 if it is selected. */
export function selectedScopes({ scopes }: ProfileData, selection: Selection): Uint8Array {
  return Uint8Array.from(scopes, scope => (isSelected(scope, selection) ? 1 : 0))
}

function isSelected(scope: ScopeInfo, selection: Selection): boolean {
  const { project, file, describe, test, attempt, phase, hook, worker } = selection
  if (project !== undefined && scope.file?.projectId !== project) return false
  if (file !== undefined && scope.file !== file) return false
  if (phase !== undefined && scope.phase !== phase) return false
  if (worker !== undefined && scope.worker !== worker) return false
  if (hook !== undefined && scope.hook !== hook) return false
  if (attempt !== undefined && scope.test >= 0 && scope.attempt !== attempt) return false
  const tests = testsOf(scope)
  if (test !== undefined && !tests.includes(test)) return false
  return describe === undefined || tests.some(index => isWithin(scope.file, index, describe))
}

/** The indexes of the tests: several for a concurrent group, whose tests cannot be distinguished. */
function testsOf({ test, group, file }: ScopeInfo): readonly number[] {
  if (test >= 0) return [test]
  return file?.groups[group]?.tests ?? []
}

function isWithin(file: FileReport | undefined, index: number, describe: readonly string[]): boolean {
  const name = testAt(file, index)?.name ?? []
  return name.length > describe.length && describe.every((block, level) => name[level] === block)
}

/** The values of a choice; empty if the profile does not have it. */
export function chosenValues({ values }: CodeData, choice: string): readonly ValueData[] {
  return values.filter(({ type }) =>
    choice === ALL_TIME ? type.unit === TIMES.cpu.unit : type.name === choice,
  )
}

export function unitOf(code: CodeData, choice: string): ValueType['unit'] {
  return chosenValues(code, choice)[0]?.type.unit ?? TIMES.cpu.unit
}

/** By stack: 1 if it has the chosen value, its innermost frame is of the selected category, and no operation leaves it out. */
export function selectedStacks(
  code: CodeData,
  { category, value, operations }: Pick<Selection, 'category' | 'value' | 'operations'>,
): Uint8Array {
  const { frames, frameOf } = code
  const shown = shownStacks(code, { operations })
  const selected = new Uint8Array(frameOf.length)
  for (const { stack: stacks } of chosenValues(code, value))
    for (const stack of stacks)
      if (
        shown[stack] === 1 &&
        (category === undefined || frames[frameOf[stack] ?? -1]?.category === category)
      )
        selected[stack] = 1
  return selected
}

/** Calls `take` for all selected samples. `weight` is in the unit of the value; `scope` is an index. */
export function eachSample(
  profile: ProfileData,
  selection: Selection,
  take: (stack: number, weight: number, scope: number) => void,
): void {
  const scopes = selectedScopes(profile, selection)
  const stacks = selectedStacks(profile, selection)
  for (const { stack, scope, weight } of chosenValues(profile, selection.value))
    for (let row = 0; row < stack.length; row++) {
      const index = stack[row] ?? -1
      const own = scope[row] ?? -1
      if (scopes[own] === 1 && stacks[index] === 1) take(index, weight[row] ?? 0, own)
    }
}
