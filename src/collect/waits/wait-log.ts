// What woke up the event loop: with async_hooks the stack that created each timer, socket, request and so on is kept, and each wake-up
// is logged with its time. Stacks are read at the end only, and only those of resources that ended a wait.
//
// Nothing here may throw: Node ends the process on an error in a hook.

import { type AsyncHook, createHook, executionAsyncResource } from 'node:async_hooks'
import type { Waits } from '../../recording/recording.js'
import { type CapturedStack, captureStack, type SiteTable } from '../call-sites.js'
import { monotonicMicros } from '../clock.js'
import { contextsAreCheap } from './capabilities.js'
import { NOBODY, TestContexts } from './contexts.js'
import { Requests } from './requests.js'
import { NEVER_WAITED_FOR } from './resources.js'
import { Restraint } from './restraint.js'
import { type ReadingLimits, type WaitEntry, waitColumns } from './wait-columns.js'
import { LeakColumns, type LeakedCallback, WakeColumns } from './wake-columns.js'

/** Frames that are kept of a stack: a timer of jsdom that zone.js has wrapped takes 16 by itself. */
const DEPTH = 32
const REQUEST = 'HTTPCLIENTREQUEST'
/** Node's own fetch alone is over 20 frames deep. */
const REQUEST_DEPTH = 50
/** Ancestors that are kept alive, beside the first: a timer that sets itself again makes a chain without end. */
const LONGEST_CHAIN = 4
const NO_STACK: CapturedStack = {}
/** Microseconds in which a stack more is 2 % at most. */
const LONG_PAUSE = 1000
/** Types that may work for other code than that which created them. */
const CONNECTIONS = /^(?:HTTP|TCP|TLS|PIPE|STREAM|JSSTREAM|WRITE|SHUTDOWN)/

export interface TestClock {
  /** Position of the attempt that runs now, -1 for none. */
  readonly current: number
  hasEnded(test: number): boolean
}

type AnyFunction = (...args: never[]) => unknown

interface Captured {
  /** Frames to keep of the stack, */
  readonly depth: number
  /** and below which function of ours. */
  readonly above: AnyFunction
  readonly isRepeating?: boolean
}

const NO_TESTS: TestClock = { current: NOBODY, hasEnded: () => false }

export class WaitLog {
  #tests: TestClock = NO_TESTS
  readonly #entries = new WeakMap<object, WaitEntry>()
  readonly #wakes = new WakeColumns<WaitEntry>()
  readonly #leaks = new LeakColumns<WaitEntry>()
  readonly #contexts = contextsAreCheap() ? new TestContexts() : undefined
  readonly #requests: Requests<WaitEntry>
  /** Entries as they represent a connection that has been upgraded. */
  readonly #upgraded = new WeakMap<WaitEntry, WaitEntry>()
  readonly #hook: AsyncHook
  readonly restraint: Restraint<WaitEntry>
  /** Milliseconds of the time limit that Jest is about to set a timer for. */
  #timeLimit: number | undefined
  /** The callback of an earlier test that runs now. */
  #leaking: LeakedCallback<WaitEntry> | undefined

  constructor() {
    const requested = (request: object) =>
      this.restraint.thinning.keep(REQUEST, request, () =>
        this.#entry(REQUEST, { depth: REQUEST_DEPTH, above: requested }),
      )
    this.#requests = new Requests(requested)
    const hook = {
      init: (_id: number, type: string, _trigger: number, resource: object) => {
        try {
          if (this.restraint.countCall()) this.#contexts?.enter(NOBODY)
          if (!NEVER_WAITED_FOR.has(type)) this.#created(type, resource, hook.init)
        } catch {
          // Out of stack, in a test with endless recursion: this resource stays unknown.
        }
      },
      before: () => {
        try {
          if (this.restraint.countCall()) this.#contexts?.enter(NOBODY)
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
    this.restraint = new Restraint(this.#hook)
  }

  start(tests: TestClock): void {
    this.#tests = tests
    this.#requests.subscribe()
    this.#hook.enable()
  }

  stop(): void {
    this.restraint.stop()
    this.#requests.unsubscribe()
    this.#contexts?.disable()
  }

  /**
   * Jest is about to set the timer that ends a test or hook after `milliseconds`. There is one for each run of each, its
   * stack leads to no user's code, and keeping it is most of what timers would cost.
   */
  expectTimeLimit(milliseconds: number): void {
    this.#timeLimit = milliseconds
  }

  /**
   * Calls the function of a test, or of a hook, so that what it starts is attributed to that test, and what no test
   * is known to have started to none; undefined where that would be expensive.
   */
  get callInContext(): ((test: number, call: () => unknown) => unknown) | undefined {
    const contexts = this.#contexts
    return contexts && ((test, call) => contexts.run(test, call))
  }

  /** Times since `start`. */
  columns(sites: SiteTable, start: number, limits?: ReadingLimits): Waits {
    return {
      ...waitColumns({ wakes: this.#wakes, leaks: this.#leaks, sites }, start, limits),
      ...this.restraint.columns(start),
      contexts: this.#contexts?.columns(start) ?? null,
    }
  }

  #created(type: string, resource: object, above: AnyFunction): void {
    const depth = this.#depth(type, resource)
    const isRepeating = type === 'Timeout' && isInterval(resource)
    const make = () => this.#entry(type, { depth, above, isRepeating })
    // Without a stack there is nothing to be spared: it is one for each run of a test or hook.
    const entry = depth === 0 ? make() : this.restraint.thinning.keep(type, resource, make)
    if (entry === undefined) return
    this.#entries.set(resource, entry)
    if (type === 'WRITEWRAP') this.#requests.wrote(resource, entry)
  }

  /** Frames to keep of the stack of a new resource. */
  #depth(type: string, resource: { readonly _idleTimeout?: unknown }): number {
    const mayBeLimit = type === 'Timeout' && this.#timeLimit !== undefined
    if (!mayBeLimit || resource._idleTimeout !== this.#timeLimit) return DEPTH
    this.#timeLimit = undefined
    return 0
  }

  #entry(type: string, { depth, above, isRepeating = false }: Captured): WaitEntry {
    const creator = this.#entries.get(executionAsyncResource())
    const root = creator?.root ?? creator
    const parent = creator !== undefined && creator.generation < LONGEST_CHAIN ? creator : root
    const generation = parent === undefined ? 0 : parent.generation + 1
    const stack = depth === 0 ? NO_STACK : captureStack(above, depth)
    const test = this.#testOf(creator)
    const repeats = isRepeating || (type === 'Timeout' && isTimerOfTimer(creator))
    return { type, stack, parent, root, generation, test, since: monotonicMicros(), repeats }
  }

  /** The test that creates a resource now. Without contexts, a resource created in a callback belongs to the test of that callback. */
  #testOf(creator: WaitEntry | undefined): number {
    if (this.#contexts !== undefined) return this.#contexts.current
    return creator?.test ?? this.#leaking?.entry.test ?? this.#tests.current
  }

  /** What is waited for at a socket: the last request sent over it. */
  #entryOfConnection(resource: object, own: WaitEntry): WaitEntry {
    const entry = this.#requests.of(resource) ?? own
    if (!this.#requests.isOfUpgraded(resource)) return entry
    const known = this.#upgraded.get(entry)
    if (known !== undefined) return known
    const upgraded = { ...entry, type: own.type, isUpgraded: true }
    this.#upgraded.set(entry, upgraded)
    return upgraded
  }

  #wakesUp(resource: object): void {
    const contexts = this.#contexts
    const own = this.#entries.get(resource)
    if (own === undefined) {
      // An immediate or a tick ends no wait, but may be another test's than what ran before.
      contexts?.enter(contexts.current)
      const other = this.restraint.thinning.standIn(resource)
      // Leaks of a test do not stand for resources of the next one.
      if (other !== undefined && !this.#tests.hasEnded(other.test)) this.#woken(monotonicMicros(), other)
      return
    }
    const now = monotonicMicros()
    const entry = CONNECTIONS.test(own.type) ? this.#entryOfConnection(resource, own) : own
    this.#woken(now, entry)
    contexts?.enter(entry.test, now)
    const { current } = this.#tests
    if (entry.test >= 0 && current > entry.test && this.#tests.hasEnded(entry.test))
      this.#leaking ??= { entry, during: current, time: now, micros: 0 }
  }

  #woken(now: number, entry: WaitEntry): void {
    if (this.#wakes.add(now, entry) >= LONG_PAUSE) this.restraint.thinning.waitedFor(entry.type)
  }

  #endLeak(leaking: LeakedCallback<WaitEntry>): void {
    this.#leaking = undefined
    this.#leaks.add({ ...leaking, micros: monotonicMicros() - leaking.time })
  }
}

/** https://github.com/nodejs/node/blob/v24.0.0/lib/internal/timers.js: set by the time that the hook is called. */
function isInterval({ _repeat }: { readonly _repeat?: unknown }): boolean {
  return typeof _repeat === 'number'
}

function isTimerOfTimer(creator: WaitEntry | undefined): boolean {
  return creator?.type === 'Timeout' && creator.parent?.type === 'Timeout'
}
