// Which samples a view is about: on whose behalf, whose code, and running or waiting.

import type { Category, Phase } from '../../profile/profile.js'
import type { FileReport } from '../../report/file-report.js'
import { type CodeData, isWaitingFrame } from './code-data.js'
import type { ProfileData, ScopeInfo } from './profile-data.js'
import { testAt } from './test-at.js'

export type TimeKind = 'cpu' | 'waiting' | 'all'

export interface Selection {
  readonly project?: string | undefined
  readonly file?: FileReport | undefined
  /** Names of describe blocks, outermost first. */
  readonly describe?: readonly string[] | undefined
  readonly test?: number | undefined
  readonly attempt?: number | undefined
  readonly phase?: Phase | undefined
  readonly hook?: number | undefined
  readonly worker?: number | undefined
  /** Of the innermost frame. */
  readonly category?: Category | undefined
  readonly time: TimeKind
}

/** For each scope, whether it is selected. */
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

/** Positions; several for a concurrent group whose tests cannot be told apart. */
function testsOf({ test, group, file }: ScopeInfo): readonly number[] {
  if (test >= 0) return [test]
  return file?.groups[group]?.tests ?? []
}

function isWithin(file: FileReport | undefined, index: number, describe: readonly string[]): boolean {
  const name = testAt(file, index)?.name ?? []
  return name.length > describe.length && describe.every((block, level) => name[level] === block)
}

/** For each stack, whether its innermost frame is of the category and kind of time that was selected. */
export function selectedStacks(
  { frames, frameOf }: CodeData,
  { category, time }: Pick<Selection, 'category' | 'time'>,
): Uint8Array {
  const ofFrame = frames.map(frame => {
    if (category !== undefined && frame.category !== category) return 0
    if (time === 'all') return 1
    return isWaitingFrame(frame) === (time === 'waiting') ? 1 : 0
  })
  return Uint8Array.from(frameOf, frame => ofFrame[frame] ?? 0)
}

/** Calls back for every row of samples that is selected. `weight` in microseconds. */
export function eachSample(
  profile: ProfileData,
  selection: Selection,
  take: (stack: number, weight: number) => void,
): void {
  const scopes = selectedScopes(profile, selection)
  const stacks = selectedStacks(profile, selection)
  const { stack, scope, weight } = profile.samples
  for (let row = 0; row < stack.length; row++) {
    const index = stack[row] ?? -1
    if (scopes[scope[row] ?? -1] === 1 && stacks[index] === 1) take(index, weight[row] ?? 0)
  }
}
