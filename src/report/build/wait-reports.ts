// The report's waits and leaks, summed over all tests and files.

import { sum } from 'd3-array'
import type { Leak } from '../../attribution/leaks.js'
import type { Call, WaitSum } from '../../attribution/wait-sums.js'
import { at, getOrMake } from '../../profile/columns.js'
import { ANONYMOUS } from '../../profile/frame.js'
import { byDescending } from '../../profile/order.js'
import { ownOrAllCalls, startingCalls } from '../../profile/own-code.js'
import { testKey } from '../../profile/paths.js'
import type { Microseconds } from '../../profile/profile.js'
import { UNKNOWN_KINDS } from '../../recording/wait-kinds.js'
import type { LeakReport, WaitCaller, WaitReport, WaitTest } from '../account-reports.js'
import type { CallReport } from '../code-reports.js'
import type { FileRecord } from '../record/run-record.js'
import { roundMs, toMs } from '../rounding.js'
import type { Naming } from './listed-tests.js'

/** Tests shown for one wait. */
const TESTS_OF_A_WAIT = 30

/** One row for each kind and line of the project's own code. */
export function buildWaits(files: readonly FileRecord[], naming: Naming): WaitReport[] {
  const groups = new Map<string, WaitGroup>()
  for (const file of files) {
    for (const waited of file.recording?.waits ?? []) {
      const stack = callReports(waited.stack, naming)
      const [startedAt = null] = startingCalls({ stack })
      const { kind, blocking } = waited
      const group = getOrMake(groups, keyOf({ kind, blocking, startedAt }), () => new WaitGroup(waited))
      group.add(waited, { stack, startedAt, tests: waitersOf(waited, file, naming) })
    }
  }
  return [...groups.values()]
    .map(group => group.report())
    .toSorted(byDescending<WaitReport>('totalMs', keyOf))
}

function keyOf({ kind, blocking, startedAt }: Pick<WaitReport, 'kind' | 'blocking' | 'startedAt'>): string {
  return JSON.stringify([kind, blocking, startedAt === null ? '' : `${startedAt.file}:${startedAt.line}`])
}

interface StartedWait {
  readonly stack: CallReport[]
  readonly startedAt: CallReport | null
  readonly tests: readonly WaitTest[]
}

class WaitGroup {
  readonly #wait: Pick<WaitSum, 'kind' | 'blocking'>
  readonly #stacks = new Map<string, StartedWait & { micros: Microseconds }>()
  /** By file and line. */
  readonly #callers = new Map<string, CallReport & { count: number; micros: Microseconds }>()
  readonly #tests: WaitTest[] = []
  #count = 0
  #micros = 0

  constructor({ kind, blocking }: WaitSum) {
    this.#wait = { kind, blocking }
  }

  add({ count, total }: WaitSum, own: StartedWait): void {
    const key = JSON.stringify(own.stack)
    this.#stacks.set(key, { ...own, micros: total + (this.#stacks.get(key)?.micros ?? 0) })
    this.#tests.push(...own.tests)
    this.#count += count
    this.#micros += total
    const caller = callerOf(own)
    if (caller === undefined) return
    const place = `${caller.file}:${caller.line}`
    const called = getOrMake(this.#callers, place, () => ({ ...caller, count: 0, micros: 0 }))
    called.count += count
    called.micros += total
  }

  report(): WaitReport {
    const stacks = [...this.#stacks.values()].toSorted(
      byDescending('micros', ({ stack }) => JSON.stringify(stack)),
    )
    const own = at(stacks, 0)
    return {
      ...this.#wait,
      startedAt: own.startedAt,
      callers: [...this.#callers.values()]
        .toSorted(byDescending('micros', ({ file, line }) => JSON.stringify([file, line])))
        .map(({ micros, ...caller }): WaitCaller => ({ ...caller, totalMs: toMs(micros) })),
      stack: own.stack,
      count: this.#count,
      totalMs: toMs(this.#micros),
      tests: mergedTests(this.#tests).toSorted(longestFirst).slice(0, TESTS_OF_A_WAIT),
    }
  }
}

/**
 * The caller of the helper that waits; undefined if unknown. For an anonymous function, such as the executor of a
 * promise, the helper is the first function around it with a name, if in the same file.
 */
function callerOf({ stack, startedAt }: StartedWait): CallReport | undefined {
  const calls = ownOrAllCalls(stack)
  const named = calls.findIndex(({ function: name }) => name !== ANONYMOUS)
  const isHelper = named >= 0 && calls[named]?.file === startedAt?.file
  return calls
    .slice(isHelper ? named + 1 : 0)
    .find(({ file, line }) => file !== startedAt?.file || line !== startedAt.line)
}

/** Without tests that were no longer waiting: the sampler notices the end of a wait late. */
function waitersOf({ tests, waiters }: WaitSum, file: FileRecord, naming: Naming): WaitTest[] {
  return [...tests]
    .filter(([index]) => waiters.has(index))
    .map(([index, micros]) => ({ ...testReference(index, file, naming), totalMs: toMs(micros) }))
}

/** Sums by test, which may have several waits that were started in one place. */
function mergedTests(tests: readonly WaitTest[]): WaitTest[] {
  const merged = new Map<string, WaitTest>()
  for (const test of tests) {
    const key = testKey(test)
    const totalMs = roundMs((merged.get(key)?.totalMs ?? 0) + test.totalMs)
    merged.set(key, { ...test, totalMs })
  }
  return [...merged.values()]
}

export function unexplainedMs(waits: readonly WaitReport[]): number {
  const rows = waits.filter(({ kind }) => UNKNOWN_KINDS.some(unknown => unknown === kind))
  return roundMs(sum(rows, ({ totalMs }) => totalMs))
}

export function buildLeaks(files: readonly FileRecord[], naming: Naming): LeakReport[] {
  return files
    .flatMap(file => (file.recording?.leaks ?? []).map(leak => leakReport(leak, file, naming)))
    .toSorted(
      byDescending<LeakReport>('cpuMs', ({ test, kind, stack }) =>
        JSON.stringify([testKey(test), kind, stack]),
      ),
    )
}

function leakReport({ kind, stack, test, during, count, cpu }: Leak, file: FileRecord, naming: Naming) {
  return {
    kind,
    stack: callReports(stack, naming),
    test: testReference(test, file, naming),
    count,
    cpuMs: toMs(cpu),
    during: during.toSorted((a, b) => a - b).map(index => testReference(index, file, naming)),
  }
}

export function callReports(stack: readonly Call[], { toRelative }: Naming): CallReport[] {
  return stack.map(({ frame, line, column }) => ({
    function: frame.name,
    file: toRelative(frame.file),
    line,
    column,
  }))
}

export function testReference(index: number, file: FileRecord, { names, toRelative }: Naming) {
  const { path, project } = file
  const name = [...names.of(file, index)]
  return { file: toRelative(path), project, index, name, fullName: name.join(' ') }
}

const longestFirst = byDescending<WaitTest>('totalMs', testKey)
