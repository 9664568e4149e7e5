// Waits that the project's own code started: by kind and own calls of the stack, and by the line that started them.

import { group, max, sum } from 'd3-array'
import { isPollingFunction } from '../../attribution/idle-kinds.js'
import { waitKey } from '../../attribution/wait-sums.js'
import { at, increase } from '../../profile/columns.js'
import { compareText } from '../../profile/order.js'
import { fileKey, testKey } from '../../profile/paths.js'
import type { WaitKind } from '../../recording/wait-kinds.js'
import type { CallReport } from '../../report/code-reports.js'
import type { FileRecord } from '../../report/record/run-record.js'
import { relativeTo, type ToRelative } from '../../report/relative-path.js'
import { count, duration } from '../../report/views/figures.js'
import { type Facts, leastCostMs } from '../rule.js'
import type { ByFile } from '../savings.js'
import { hookPlaces, place, placedOwnCalls } from './places.js'

interface WaitTimes {
  /** Number of waits. */
  readonly count: number
  readonly totalMs: number
  /** Milliseconds that passed in hooks, by their places. */
  readonly inHooks: ReadonlyMap<string, number>
  /** Milliseconds by `fileKey`. */
  readonly inFiles: ByFile
  /** Keys of the tests that waited. */
  readonly tests: ReadonlySet<string>
}

interface WaitStart {
  readonly kind: WaitKind
  /** Name of the function whose time limit was reached; undefined for other waits. */
  readonly pollsFor: string | undefined
  /** Packages whose functions are between the project's code and what is waited for. */
  readonly packages: readonly string[]
  /** Whether a package's function between the project's code and the timer polls, judging by its name. */
  readonly isAskedByPackage: boolean
  readonly innermost: CallReport
  /** The project's own calls, innermost first. */
  readonly calls: readonly CallReport[]
}

export interface OwnWait extends WaitStart, WaitTimes {
  readonly parts: readonly WaitPart[]
}

/** The waits of one test, or of code outside of tests in one file. */
export interface WaitPart extends Pick<WaitTimes, 'count' | 'totalMs'> {
  /** The longest single wait. */
  readonly longestMs: number
  readonly ofTest: boolean
}

interface RecordedWait extends WaitStart, WaitTimes, WaitPart {
  readonly owner: string
}

/** In recording order. */
export function ownWaits({ report, record }: Pick<Facts, 'report' | 'record'>): OwnWait[] {
  const toRelative = relativeTo(report.run.displayRoot)
  const recorded = record.files.flatMap(file => recordedWaits(file, toRelative))
  // Without columns: V8 reports another one for the same call after an await.
  const byCalls = group(recorded, ({ kind, calls }) => [kind, ...calls.map(place)].join('\0'))
  return Array.from(byCalls.values(), waits => {
    const { kind, pollsFor, packages, isAskedByPackage, innermost, calls } = at(waits, 0)
    const parts = Array.from(
      group(waits, ({ owner }) => owner).values(),
      (own): WaitPart => ({
        count: sum(own, part => part.count),
        totalMs: sum(own, ({ totalMs }) => totalMs),
        longestMs: max(own, ({ longestMs }) => longestMs) ?? 0,
        ofTest: at(own, 0).ofTest,
      }),
    )
    return { kind, pollsFor, packages, isAskedByPackage, innermost, calls, ...summedTimes(waits), parts }
  })
}

/** The waits that pass a place of the project where enough time was waited for a finding about it: sources of others are not read. */
export function longOwnWaits(facts: Pick<Facts, 'report' | 'record'>): OwnWait[] {
  const all = ownWaits(facts)
  const least = leastCostMs(facts.report)
  const waitedAt = new Map<string, number>()
  for (const { calls, totalMs } of all)
    for (const called of new Set(calls.map(place))) increase(waitedAt, called, totalMs)
  return all.filter(({ calls }) => calls.some(call => (waitedAt.get(place(call)) ?? 0) >= least))
}

function recordedWaits(record: FileRecord, toRelative: ToRelative): RecordedWait[] {
  const { recording } = record
  const file = { project: record.projectId, file: record.path }
  const places = hookPlaces(record, toRelative)
  return (recording?.waits ?? []).flatMap(wait => {
    const { kind, pollsFor, stack, tests } = wait
    const calls = placedOwnCalls(
      stack.map(({ frame, line, column }) => ({
        function: frame.name,
        file: toRelative(frame.file),
        line,
        column,
      })),
    )
    const [innermost] = calls
    if (wait.blocking || innermost === undefined) return []
    return {
      kind,
      pollsFor,
      packages: [...new Set(stack.flatMap(({ frame }) => frame.package ?? []))],
      isAskedByPackage: stack.some(
        ({ frame }) => frame.package !== undefined && isPollingFunction(frame.name),
      ),
      innermost,
      calls,
      count: wait.count,
      totalMs: wait.total / 1000,
      inHooks: new Map(Array.from(wait.hooks, ([hook, micros]) => [at(places, hook), micros / 1000])),
      tests: new Set(Array.from(wait.waiters, index => testKey({ ...file, index }))),
      inFiles: new Map([[fileKey(file), wait.total / 1000]]),
      longestMs: (recording?.longest.get(waitKey({ kind, stack })) ?? 0) / 1000,
      ofTest: tests.size > 0,
      owner: [fileKey(file), ...tests.keys()].join('\0'),
    }
  })
}

export function summedTimes(waits: readonly WaitTimes[]): WaitTimes {
  const [inHooks, inFiles] = [new Map<string, number>(), new Map<string, number>()]
  for (const [hook, ms] of waits.flatMap(wait => [...wait.inHooks])) increase(inHooks, hook, ms)
  for (const [file, ms] of waits.flatMap(wait => [...wait.inFiles])) increase(inFiles, file, ms)
  return {
    count: sum(waits, wait => wait.count),
    totalMs: sum(waits, ({ totalMs }) => totalMs),
    inHooks,
    inFiles,
    tests: new Set(waits.flatMap(({ tests }) => [...tests])),
  }
}

export interface WaitingPlace extends WaitTimes {
  /** The call that the waits are grouped by. */
  readonly at: CallReport
  /** The innermost of the project's own calls. */
  readonly call: CallReport
  /** Place of the caller with the most waiting time; undefined if unknown. */
  readonly caller: string | undefined
}

/** The waits grouped by place, in the order of the waits. */
export function waitingPlaces(
  waits: readonly OwnWait[],
  placeOf = ({ innermost }: OwnWait) => innermost,
): WaitingPlace[] {
  const byPlace = group(waits, wait => place(placeOf(wait)))
  return Array.from(byPlace.values(), waitsThere => {
    const first = at(waitsThere, 0)
    const call = first.innermost
    return { at: placeOf(first), call, caller: callerOf(call, waitsThere), ...summedTimes(waitsThere) }
  })
}

function callerOf(call: CallReport, waits: readonly OwnWait[]): string | undefined {
  const times = new Map<string, number>()
  for (const { calls, totalMs } of waits) {
    // Calls in another file first, because a helper may call itself on another line.
    const caller =
      calls.find(({ file }) => file !== call.file) ?? calls.find(({ line }) => line !== call.line)
    if (caller !== undefined) increase(times, place(caller), totalMs)
  }
  const [longest] = [...times].toSorted(([a, timeA], [b, timeB]) => timeB - timeA || compareText(a, b))
  return longest?.[0]
}

/** Such as `6.00 s in 120 waits for the timer started at src/wait.ts:12 (called from test/a.test.ts:30), in 14 tests`. */
export function timerEvidence({ call, count: waits, totalMs, tests, caller }: WaitingPlace): string {
  const from = caller === undefined ? '' : ` (called from ${caller})`
  const where = tests.size === 0 ? 'outside of tests' : `in ${count(tests.size, 'test')}`
  return `${duration(totalMs)} in ${count(waits, 'wait')} for the timer started at ${place(call)}${from}, ${where}`
}
