// Waits by the function of the project's own code that started them, whatever they waited for.

import { isOwnFile } from '../../profile/own-code.js'
import type { WaitReport } from '../../report/account-reports.js'
import type { CallReport } from '../../report/code-reports.js'

export interface CodeWaits {
  /** The call with most of the time; null: unknown, or no own code. */
  readonly startedAt: CallReport | null
  readonly count: number
  readonly totalMs: number
  /** What was waited for, with most of the time first. */
  readonly kinds: readonly { readonly kind: string; readonly totalMs: number }[]
}

interface WaitOfCall {
  readonly call: CallReport | null
  readonly kind: string
  readonly count: number
  readonly totalMs: number
}

/** The most expensive first. */
export function waitGroups(waits: readonly WaitReport[]): CodeWaits[] {
  const groups = new Map<string, WaitOfCall[]>()
  for (const own of waits.flatMap(ownWaits)) {
    const key = own.call === null ? '' : `${own.call.file}\0${own.call.function}`
    groups.set(key, [...(groups.get(key) ?? []), own])
  }
  return [...groups.values()]
    .map(group => {
      const kinds = new Map<string, number>()
      for (const { kind, totalMs } of group) kinds.set(kind, (kinds.get(kind) ?? 0) + totalMs)
      const [first] = group.toSorted((a, b) => b.totalMs - a.totalMs)
      return {
        startedAt: first?.call ?? null,
        count: group.reduce((sum, { count }) => sum + count, 0),
        totalMs: group.reduce((sum, { totalMs }) => sum + totalMs, 0),
        kinds: [...kinds]
          .map(([kind, totalMs]) => ({ kind, totalMs }))
          .toSorted((a, b) => b.totalMs - a.totalMs),
      }
    })
    .toSorted((a, b) => b.totalMs - a.totalMs)
}

/** A wait that a package started is divided among the own calls of the package; what is left has no own code. */
function ownWaits({ startedAt, callers, kind, count, totalMs }: WaitReport): WaitOfCall[] {
  if (startedAt !== null && isOwnFile(startedAt.file)) return [{ call: startedAt, kind, count, totalMs }]
  const own = callers.filter(({ file }) => isOwnFile(file))
  const rest = {
    count: own.reduce((left, caller) => left - caller.count, count),
    totalMs: own.reduce((left, caller) => left - caller.totalMs, totalMs),
  }
  return [
    ...own.map(caller => ({ call: caller, kind, count: caller.count, totalMs: caller.totalMs })),
    ...(rest.totalMs > 0
      ? [{ call: null, kind, count: Math.max(0, rest.count), totalMs: rest.totalMs }]
      : []),
  ]
}
