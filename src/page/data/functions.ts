// Functions with their self and total time, the tests that they cost time, and the self time of lines.

import { functionsOf } from '../../profile/functions.js'
import { fileKey } from '../../profile/paths.js'
import { TIMES } from '../../profile/profile.js'
import type { FrameInfo, ProfileData, ScopeInfo } from './run-data.js'
import { chosenValues, eachSample, type Selection } from './selection.js'

export interface FunctionRow extends FrameInfo {
  readonly selfMs: number
  readonly totalMs: number
}

const CPU: Selection = { value: TIMES.cpu.name }

/**
 * All sampled functions by self time. A function may have several frames, because code of different categories called it: it
 * is one row with the data of the frame with the most self time.
 */
export function functionRows(profile: ProfileData, selection: Selection = CPU): FunctionRow[] {
  const { frames, frameOf, callerOf } = profile
  const weights = new Float64Array(frameOf.length)
  eachSample(profile, selection, (stack, weight) => {
    weights[stack] = (weights[stack] ?? 0) + weight
  })
  const functionOf = functionsOf(frames)
  const self = new Float64Array(frames.length)
  const total = new Float64Array(frames.length)
  const ownOf = new Float64Array(frames.length)
  // The stack for which a function was last counted: recursion counts once.
  const stamp = new Int32Array(frames.length).fill(-1)
  weights.forEach((weight, stack) => {
    if (weight === 0) return
    const leaf = frameOf[stack] ?? -1
    const innermost = functionOf[leaf] ?? -1
    self[innermost] = (self[innermost] ?? 0) + weight
    ownOf[leaf] = (ownOf[leaf] ?? 0) + weight
    for (let index = stack; index >= 0; index = callerOf[index] ?? -1) {
      const own = functionOf[frameOf[index] ?? -1] ?? -1
      if (stamp[own] === stack) continue
      stamp[own] = stack
      total[own] = (total[own] ?? 0) + weight
    }
  })
  const heaviest = new Map<number, number>()
  functionOf.forEach((own, frame) => {
    const known = heaviest.get(own)
    if (known === undefined || (ownOf[frame] ?? 0) > (ownOf[known] ?? 0)) heaviest.set(own, frame)
  })
  return [...heaviest]
    .flatMap(([own, frame]) => {
      const info = frames[frame]
      const times = { selfMs: (self[own] ?? 0) / 1000, totalMs: (total[own] ?? 0) / 1000 }
      return info === undefined ? [] : [{ ...info, ...times }]
    })
    .filter(({ totalMs, category }) => totalMs > 0 && category !== 'idle')
    .sort((a, b) => b.selfMs - a.selfMs || b.totalMs - a.totalMs)
}

export interface OwnerRow {
  readonly scope: ScopeInfo
  readonly selfMs: number
  readonly totalMs: number
}

/** The tests, hooks and phases that called a function, by its CPU time in them. */
export function ownersOf(profile: ProfileData, isFunction: (frame: number) => boolean): OwnerRow[] {
  const { frameOf, callerOf, scopes } = profile
  // 1: the function is in the stack, 2: it is the innermost. Callers come before callees.
  const role = new Uint8Array(frameOf.length)
  frameOf.forEach((frame, stack) => {
    role[stack] = isFunction(frame) ? 2 : (role[callerOf[stack] ?? -1] ?? 0) > 0 ? 1 : 0
  })
  const rows = new Map<string, { scope: ScopeInfo; self: number; total: number }>()
  for (const samples of chosenValues(profile, TIMES.cpu.name))
    samples.stack.forEach((stack, row) => {
      const found = role[stack] ?? 0
      const scope = scopes[samples.scope[row] ?? -1]
      if (found === 0 || scope === undefined) return
      const { file, test, group, phase } = scope
      const owner = test >= 0 ? `test ${test}` : group >= 0 ? `group ${group}` : phase
      const key = `${fileKey({ project: file?.projectId ?? '', file: file?.path ?? '' })}\0${owner}`
      const known = rows.get(key) ?? { scope, self: 0, total: 0 }
      rows.set(key, known)
      known.total += samples.weight[row] ?? 0
      if (found === 2) known.self += samples.weight[row] ?? 0
    })
  return [...rows.values()]
    .map(({ scope, self, total }) => ({ scope, selfMs: self / 1000, totalMs: total / 1000 }))
    .sort((a, b) => b.totalMs - a.totalMs)
}

/** Milliseconds of self time by 1-based line; empty if lines were not recorded. */
export function linesOfFile({ lines, frames }: ProfileData, file: string): Map<number, number> {
  const byLine = new Map<number, number>()
  lines.frame.forEach((frame, row) => {
    if (frames[frame]?.file !== file) return
    const line = lines.line[row] ?? 0
    byLine.set(line, (byLine.get(line) ?? 0) + (lines.weight[row] ?? 0) / 1000)
  })
  return byLine
}
