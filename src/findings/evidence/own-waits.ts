// What idle time waited for, where the project's own code started it: by kind and by its own calls in the stack.

import { isPollingFunction } from '../../attribution/idle-kinds.js'
import { waitKey } from '../../attribution/longest-waits.js'
import type { Call } from '../../attribution/wait-sums.js'
import { at, increase } from '../../profile/columns.js'
import type { WaitKind } from '../../recording/wait-kinds.js'
import type { CallReport } from '../../report/code-reports.js'
import { relativeTo } from '../../report/relative-path.js'
import type { Facts } from '../rule.js'
import { hookPlaces, ownCalls, place } from './places.js'

export interface OwnWait {
  readonly kind: WaitKind
  /** Name of the function whose time limit this was; undefined where it was none. */
  readonly pollsFor: string | undefined
  /** Whether a package's function between the project's code and the timer asks for something, by its name. */
  readonly isAskedByPackage: boolean
  readonly innermost: CallReport
  /** The project's own calls, innermost first. */
  readonly calls: readonly CallReport[]
  /** Number of waits. */
  count: number
  totalMs: number
  /** The waits that one test started, or code outside of tests in one file. */
  readonly parts: WaitPart[]
  /** Milliseconds that passed in hooks, by their places. */
  readonly inHooks: Map<string, number>
  /** Tests that waited, each by its file and position. */
  readonly tests: Set<string>
}

interface WaitPart {
  readonly owner: string
  count: number
  totalMs: number
  /** The longest single wait. */
  longestMs: number
  /** Whether a test waited, and not code outside of tests. */
  readonly ofTest: boolean
}

/** In the order in which the records show them. */
export function ownWaits({ report, records }: Pick<Facts, 'report' | 'records'>): OwnWait[] {
  const toRelative = relativeTo(report.run.displayRoot)
  const known = new Map<string, OwnWait>()
  for (const record of records) {
    const { projectId, path, recording } = record
    const places = hookPlaces(record, toRelative)
    for (const { kind, pollsFor, blocking, stack, count, total, tests, waiters, hooks } of recording?.waits ??
      []) {
      const calls = ownCalls(
        stack.map(({ frame, line, column }) => ({
          function: frame.name,
          file: toRelative(frame.file),
          line,
          column,
        })),
      )
      const [innermost] = calls
      if (blocking || innermost === undefined) continue
      // One call may be made at once or after an await, and then stands at another column.
      const key = [kind, ...calls.map(place)].join('\0')
      const wait = known.get(key) ?? {
        kind,
        pollsFor,
        isAskedByPackage: stack.some(isAskingOfPackage),
        innermost,
        calls,
        count: 0,
        totalMs: 0,
        parts: [],
        inHooks: new Map<string, number>(),
        tests: new Set<string>(),
      }
      known.set(key, wait)
      const totalMs = total / 1000
      wait.count += count
      wait.totalMs += totalMs
      for (const [hook, micros] of hooks) increase(wait.inHooks, at(places, hook), micros / 1000)
      const longestMs = (recording?.longest.get(waitKey({ kind, stack })) ?? 0) / 1000
      const owner = JSON.stringify([projectId, path, ...tests.keys()])
      addPart(wait, { owner, count, totalMs, longestMs, ofTest: tests.size > 0 })
      for (const test of waiters) wait.tests.add(JSON.stringify([projectId, path, test]))
    }
  }
  return [...known.values()]
}

function isAskingOfPackage({ frame }: Call): boolean {
  return frame.package !== undefined && isPollingFunction(frame.name)
}

function addPart({ parts }: OwnWait, added: WaitPart): void {
  const known = parts.find(part => part.owner === added.owner)
  if (known === undefined) parts.push(added)
  else {
    known.count += added.count
    known.totalMs += added.totalMs
    known.longestMs = Math.max(known.longestMs, added.longestMs)
  }
}
