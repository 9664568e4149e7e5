// What the event loop was woken up by: with async_hooks the stack that created each timer, socket, request and so on
// is kept, and each wake-up is noted with its time. Stacks are read at the end only, and only of what ended a wait.
//
// Nothing here may throw: Node ends the process on an error in a hook.

import { createHook, executionAsyncResource } from 'node:async_hooks'
import { type CapturedStack, captureStack, type SiteTable } from '../call-sites.js'
import { monotonicMicros } from '../clock.js'
import type { Waits } from '../recording.js'
import { contextsIfCheap, NOBODY } from './contexts.js'
import { LeakColumns, type LeakedCallback } from './leak-columns.js'
import { Requests } from './requests.js'
import { type Entry, type ReadingLimits, waitColumns } from './wait-columns.js'
import { NEVER_WAITED_FOR } from './wait-kinds.js'
import { WakeColumns } from './wake-columns.js'

/** Frames that are kept of a stack. */
const DEPTH = 24
/** Timers are by far the most, and whoever sets one is near. */
const TIMER_DEPTH = 12
/** Node's own fetch alone is over 20 frames deep. */
const REQUEST_DEPTH = 50
/** Ancestors that are kept alive, beside the first: a timer that sets itself again makes a chain without end. */
const LONGEST_CHAIN = 4
const NO_STACK: CapturedStack = {}

export interface TestClock {
  /** Position of the attempt that runs now, -1 for none. */
  readonly current: number
  hasEnded(test: number): boolean
}

const NO_TESTS: TestClock = { current: NOBODY, hasEnded: () => false }

export class WaitLog {
  #tests: TestClock = NO_TESTS
  readonly #entries = new WeakMap<object, Entry>()
  readonly #wakes = new WakeColumns<Entry>()
  readonly #leaks = new LeakColumns<Entry>()
  readonly #contexts = contextsIfCheap()
  readonly #requests: Requests<Entry>
  readonly #hook: { enable(): unknown; disable(): unknown }
  /** Milliseconds of the time limit that Jest is about to set a timer for. */
  #timeLimit: number | undefined
  /** The callback of an earlier test that runs now. */
  #leaking: LeakedCallback<Entry> | undefined

  constructor() {
    this.#requests = new Requests(() => this.#entry('HTTPCLIENTREQUEST', { depth: REQUEST_DEPTH }))
    const hook = {
      init: (_id: number, type: string, _trigger: number, resource: object) => {
        if (NEVER_WAITED_FOR.has(type)) return
        try {
          this.#created(type, resource)
        } catch {
          // Out of stack, in a test of endless recursion: this resource will not be known.
        }
      },
      before: () => {
        try {
          this.#wakesUp(executionAsyncResource())
        } catch {
          // As above.
        }
      },
      after: () => {
        if (this.#leaking !== undefined) this.#endLeak(this.#leaking)
      },
      trackPromises: false,
    }
    this.#hook = createHook(hook)
  }

  start(tests: TestClock): void {
    this.#tests = tests
    this.#requests.subscribe()
    this.#hook.enable()
  }

  stop(): void {
    this.#hook.disable()
    this.#requests.unsubscribe()
    this.#contexts?.disable()
  }

  /**
   * Jest is about to set the timer that ends a test or hook after `milliseconds`. There is one for each run of each, its
   * stack leads to nobody's code, and keeping it is most of what timers would cost.
   */
  expectTimeLimit(milliseconds: number): void {
    this.#timeLimit = milliseconds
  }

  /**
   * Calls the function of a test, or of a hook, so that what it starts is known to be that test's own, and what nobody
   * is known to have started is no test's; undefined where that would be dear.
   */
  get callInContext(): ((test: number, call: () => unknown) => unknown) | undefined {
    const contexts = this.#contexts
    return contexts && ((test, call) => contexts.run(test, call))
  }

  /** Times since `start`. */
  columns(sites: SiteTable, start: number, limits?: ReadingLimits): Waits {
    const noted = { wakes: this.#wakes, leaks: this.#leaks }
    return {
      ...waitColumns(noted, { sites, start, ...(limits && { limits }) }),
      contexts: this.#contexts?.columns(start) ?? null,
    }
  }

  #created(type: string, resource: object): void {
    const repeats = type === 'Timeout' && isInterval(resource)
    const entry = this.#entry(type, { depth: this.#depth(type, resource), repeats })
    this.#entries.set(resource, entry)
    if (type === 'WRITEWRAP') this.#requests.wrote(resource, entry)
  }

  /** Frames to keep of the stack of a new resource. */
  #depth(type: string, resource: { readonly _idleTimeout?: unknown }): number {
    if (type !== 'Timeout') return DEPTH
    if (this.#timeLimit === undefined || resource._idleTimeout !== this.#timeLimit) return TIMER_DEPTH
    this.#timeLimit = undefined
    return 0
  }

  #entry(type: string, { depth, repeats = false }: { depth: number; repeats?: boolean }): Entry {
    const creator = this.#entries.get(executionAsyncResource())
    const root = creator?.root ?? creator
    const parent = creator !== undefined && creator.generation < LONGEST_CHAIN ? creator : root
    const generation = parent === undefined ? 0 : parent.generation + 1
    const stack = depth === 0 ? NO_STACK : captureStack(this.#entry, depth)
    const test = this.#testOf(creator)
    const isAgain = repeats || (type === 'Timeout' && isTimerOfTimer(creator))
    return { type, stack, parent, root, generation, test, since: monotonicMicros(), repeats: isAgain }
  }

  /** Whose a resource is that is created now. Without contexts, what is created in a callback is its resource's test's. */
  #testOf(creator: Entry | undefined): number {
    if (this.#contexts !== undefined) return this.#contexts.current
    return creator?.test ?? this.#leaking?.entry.test ?? this.#tests.current
  }

  #wakesUp(resource: object): void {
    const contexts = this.#contexts
    const own = this.#entries.get(resource)
    if (own === undefined) {
      // An immediate or a tick ends no wait, but may be another test's than what ran before.
      contexts?.enter(contexts.current)
      return
    }
    const now = monotonicMicros()
    const entry = own.type === 'Timeout' ? own : (this.#requests.of(resource) ?? own)
    this.#wakes.add(now, entry)
    contexts?.enter(entry.test, now)
    const { current } = this.#tests
    if (entry.test >= 0 && current > entry.test && this.#tests.hasEnded(entry.test))
      this.#leaking ??= { entry, during: current, time: now, micros: 0 }
  }

  #endLeak(leaking: LeakedCallback<Entry>): void {
    this.#leaking = undefined
    this.#leaks.add({ ...leaking, micros: monotonicMicros() - leaking.time })
  }
}

/** https://github.com/nodejs/node/blob/v24.0.0/lib/internal/timers.js: set by the time that the hook is called. */
function isInterval({ _repeat }: { readonly _repeat?: unknown }): boolean {
  return typeof _repeat === 'number'
}

function isTimerOfTimer(creator: Entry | undefined): boolean {
  return creator?.type === 'Timeout' && creator.parent?.type === 'Timeout'
}
