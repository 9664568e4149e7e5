// The states of a thread without a profile, from clocks: when it was idle, by its event loop's; when it collected garbage, by V8's; and
// for how long it was blocked, by the system's. They are recorded like samples of V8, each until the next one, but exact.
//
// The event loop's clock is right only while no CPU profiler runs, whose signals interrupt its waits.

import { PerformanceObserver, performance } from 'node:perf_hooks'
import { setImmediate } from 'node:timers'
import { at } from '../../profile/columns.js'
import { clampTo, commonSpan, overlapping, subtract, type TimeSpan } from '../../profile/time-spans.js'
import type { UnobservedPart } from '../../recording/enums.js'
import type { CallTreeColumns } from '../call-tree-columns.js'
import { monotonicMicros, threadSchedule } from '../clock.js'
import { nodeProfilesCpu } from '../engines/inspector.js'
import { clockStep } from '../events/boundary-logs.js'

const { nodeTiming } = performance
/** On the clock of `monotonicMicros`: when that of performance entries was 0. */
const TIME_ORIGIN = monotonicMicros() - 1000 * performance.now()

/** V8's names of states, and ours of what V8 does not know; the first is the root of the call tree. */
const NAMES = ['(root)', '(program)', '(idle)', '(garbage collector)', '(blocked)'] as const
const [ROOT, PROGRAM, IDLE, COLLECTION, BLOCKED] = [0, 1, 2, 3, 4] as const

/** Times in microseconds on the clock of `monotonicMicros`. */
interface StateSpan extends TimeSpan {
  /** Position in NAMES. */
  readonly state: number
}

/** Spans of idle time that are told apart between two boundaries; later ones are one span. */
const MOST_SPANS = 20_000

export class ThreadStates {
  readonly #idle: StateSpan[] = []
  readonly #collections: StateSpan[] = []
  readonly #readings: Reading[] = []
  readonly #observer: PerformanceObserver
  #idleMicros = readIdleMicros()

  constructor() {
    this.#observer = new PerformanceObserver(list => this.#addCollections(list.getEntries()))
    this.#observer.observe({ entryTypes: ['gc'] })
  }

  /** The event loop woke up. */
  wokeUp(now: number): void {
    if (this.#idle.length < MOST_SPANS) this.#noteIdle(now)
  }

  /** A phase, test or hook begins or ends. Returns the thread's CPU time in microseconds, if the system counts it. */
  boundary(now: number): number | undefined {
    this.#noteIdle(now)
    const schedule = threadSchedule()
    if (schedule === undefined) return undefined
    const { ran, delayed } = schedule
    this.#readings.push({ now, unexplained: now - ran - delayed - this.#idleMicros })
    return ran
  }

  /** What cannot be told from other time: idle time next to a CPU profiler, and blocked time on systems that do not count the rest. */
  get unknownParts(): UnobservedPart[] {
    return [
      ...(nodeProfilesCpu() ? (['idle time'] as const) : []),
      ...(this.#readings.length > 0 ? [] : (['blocked time'] as const)),
    ]
  }

  /** Resolves when V8's garbage collections so far are known: Node reports them in the event loop. */
  settle(): Promise<void> {
    return new Promise(resolve => setImmediate(resolve))
  }

  /** As `soFar`, for the last time. */
  end(start: number, now: number): { columns: CallTreeColumns; samplerMicros: null } {
    const ended = this.soFar(start, now)
    this.#observer.disconnect()
    return ended
  }

  /** Returns the states between two times of `monotonicMicros`. */
  soFar(start: number, now: number): { columns: CallTreeColumns; samplerMicros: null } {
    this.#noteIdle(now)
    this.#addCollections(this.#observer.takeRecords())
    const collections = inOrder(this.#collections)
    const known = inOrder([...collections, ...this.#idle])
    const blocked = blockedTimes(this.#readings, collections).flatMap(window => blockedSpans(window, known))
    return { columns: toColumns(inOrder([...known, ...blocked]), start, now), samplerMicros: null }
  }

  #noteIdle(now: number): void {
    const idleMicros = readIdleMicros()
    const length = idleMicros - this.#idleMicros
    if (length < 1) return
    this.#idleMicros = idleMicros
    this.#idle.push({ start: now - length, end: now, state: IDLE })
  }

  #addCollections(entries: readonly { readonly startTime: number; readonly duration: number }[]): void {
    for (const { startTime, duration } of entries) {
      const start = TIME_ORIGIN + 1000 * startTime
      this.#collections.push({ start, end: start + 1000 * duration, state: COLLECTION })
    }
  }
}

/** A boundary, and the time until then, from some origin, in which the thread neither ran, nor had no core, nor was idle. */
interface Reading {
  readonly now: number
  readonly unexplained: number
}

/** Part of a window of time, unknown which. */
type PartOf = TimeSpan & { readonly micros: number }

/**
 * The blocked time between consecutive readings. The CPU clock is late by up to a step: only what exceeds a step is certain. In a garbage
 * collection the thread waits for V8's other threads, and is not blocked by a call.
 */
function blockedTimes(readings: readonly Reading[], collections: readonly TimeSpan[]): PartOf[] {
  const step = clockStep()
  let [seen, certain] = [0, 0]
  return readings.slice(1).flatMap(({ now, unexplained }, row) => {
    const before = at(readings, row)
    const window = { start: before.now, end: now }
    const more = unexplained - before.unexplained
    const collecting = overlapping(window, collections)
      .map(span => commonSpan(span, window))
      .reduce((sum, span) => sum + (span === undefined ? 0 : span.end - span.start), 0)
    seen = Math.max(seen + more - Math.min(Math.max(0, more), collecting), certain - step)
    const micros = seen - step - certain
    if (micros <= 0) return []
    certain += micros
    return [{ ...window, micros }]
  })
}

function readIdleMicros(): number {
  return 1000 * nodeTiming.idleTime
}

/** Sorted, and without overlap: what begins first counts. */
function inOrder(spans: readonly StateSpan[]): StateSpan[] {
  let last = Number.NEGATIVE_INFINITY
  return spans
    .toSorted((a, b) => a.start - b.start)
    .flatMap(({ start, end, state }) => {
      const from = Math.max(start, last)
      if (end <= from) return []
      last = end
      return [{ start: from, end, state }]
    })
}

/** Places blocked time at the end of its window, where no other state is known. */
function blockedSpans({ micros, ...window }: PartOf, known: readonly StateSpan[]): StateSpan[] {
  const spans: StateSpan[] = []
  let left = micros
  for (const { start, end } of subtract(window, known).toReversed()) {
    if (left <= 0) break
    const from = Math.max(start, end - left)
    spans.push({ start: from, end, state: BLOCKED })
    left -= end - from
  }
  return spans
}

/** A sample at each change of the state. */
function toColumns(spans: readonly StateSpan[], start: number, now: number): CallTreeColumns {
  const offsetOf = (time: number) => Math.round(clampTo({ start, end: now }, time) - start)
  const samples: CallTreeColumns['samples'] = { node: [PROGRAM], time: [0] }
  for (const span of spans) {
    const [from, to] = [offsetOf(span.start), offsetOf(span.end)]
    if (to <= from) continue
    if (samples.time.at(-1) === from) {
      samples.node.pop()
      samples.time.pop()
    }
    samples.node.push(span.state, PROGRAM)
    samples.time.push(from, to)
  }
  return {
    urls: [''],
    functions: {
      name: [...NAMES],
      script: NAMES.map(() => 0),
      line: NAMES.map(() => -1),
      column: NAMES.map(() => -1),
    },
    nodes: {
      function: NAMES.map((_, node) => node),
      caller: NAMES.map((_, node) => (node === ROOT ? -1 : ROOT)),
    },
    ticks: { node: [], line: [], count: [] },
    samples,
  }
}
