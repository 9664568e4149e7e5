// Logs what woke the event loop. async_hooks provides the stack that created each timer, socket, request and so on; each wake-up is
// logged with its time. Stacks are read only of resources that ended a wait, and released at the end of a test.
//
// Nothing here may throw, because Node ends the process on errors in hooks.

import { type AsyncHook, createHook, executionAsyncResource } from 'node:async_hooks'
import type { Waits } from '../../recording/recording.js'
import { captureStack, type SiteTable } from '../call-sites.js'
import { monotonicMicros } from '../clock.js'
import type { OpenHandle } from '../handles/open-handles.js'
import { OpenResources } from '../handles/open-resources.js'
import { requireLateParts } from '../late-modules.js'
import { contextsAreCheap, NO_TEST, TestContexts } from './contexts.js'
import { CreationStack } from './creation-stack.js'
import { COSTS, PRIORITIES } from './effort.js'
import { Requests } from './requests.js'
import { type Awaited, ResourceTable, type WaitEntry } from './resource-table.js'
import { NEVER_WAITED_FOR } from './resources.js'
import { Restraint } from './restraint.js'
import { waitColumns } from './wait-columns.js'
import { LeakColumns, type LeakedCallback, SHORTEST_PAUSE, WakeColumns } from './wake-columns.js'

/** Frames captured per stack: a timer of jsdom wrapped by zone.js takes 16 of them. */
const DEPTH = 32
const REQUEST = 'HTTPCLIENTREQUEST'
/** Node's own fetch alone is over 20 frames deep. */
const REQUEST_DEPTH = 50
/** Ancestors that are kept alive beside the first: a timer that sets itself again makes an endless chain. */
const LONGEST_CHAIN = 4
const NO_STACK = new CreationStack()
/** Microseconds of a pause in which capturing another stack and reading it costs at most 10 %. */
const LONG_PAUSE = 1000
/** Unread stacks that are kept during a test. */
const MOST_UNREAD = 256
/** Types that may work for other code than that which created them. */
const CONNECTIONS = /^(?:HTTP|TCP|TLS|PIPE|STREAM|JSSTREAM|WRITE|SHUTDOWN)/

export interface TestClock {
  /** Position of the current attempt; -1 for none. */
  readonly current: number
  hasEnded(test: number): boolean
}

type AnyFunction = (...args: never[]) => unknown

interface Captured {
  readonly depth: number
  /** The function of ours below which frames are captured. */
  readonly above: AnyFunction
  readonly isRepeating?: boolean
}

const NO_TESTS: TestClock = { current: NO_TEST, hasEnded: () => false }

export class WaitLog {
  #tests: TestClock = NO_TESTS
  readonly #entries = new WeakMap<object, WaitEntry>()
  readonly #wakes = new WakeColumns<Awaited>()
  readonly #leaks = new LeakColumns<Awaited>()
  readonly #table: ResourceTable
  readonly #sites: SiteTable
  readonly #open = new OpenResources()
  readonly #contexts = contextsAreCheap() ? new TestContexts() : undefined
  readonly #requests: Requests<WaitEntry>
  /** Entries of upgraded connections, by their original entries. */
  readonly #upgraded = new WeakMap<WaitEntry, WaitEntry>()
  readonly #hook: AsyncHook
  readonly restraint: Restraint<WaitEntry>
  readonly #wokeUp: (now: number) => void
  /** Milliseconds of the time limit for which Jest is about to set a timer. */
  #timeLimit: number | undefined
  /** The callback of an earlier test that is running. */
  #leaking: LeakedCallback<Awaited> | undefined

  /** `wokeUp` is called at the end of each pause. */
  constructor(sites: SiteTable, wokeUp: (now: number) => void = () => {}) {
    this.#wokeUp = wokeUp
    this.#sites = sites
    const requested = (request: object) => {
      if (this.restraint.isPaused) return undefined
      const make = () => this.#entry(REQUEST, { depth: REQUEST_DEPTH, above: requested })
      return this.restraint.thinning.keep(REQUEST, request, make)
    }
    this.#requests = new Requests(requested)
    const hook = {
      init: (_id: number, type: string, _trigger: number, resource: object) => {
        try {
          if (type === 'PROMISE') this.#spend(COSTS.promise)
          else if (NEVER_WAITED_FOR.has(type)) this.#spend(COSTS.tick)
          else this.#created(type, resource, hook.init)
        } catch {
          // Stack overflow in a test with endless recursion: the resource stays unknown.
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
    this.restraint = new Restraint(this.#hook)
    this.#table = new ResourceTable(sites, this.restraint.effort)
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

  /** Jest is about to set a time limit's timer. All tests and hooks have one without user code; capturing its stack would cost most. */
  expectTimeLimit(milliseconds: number): void {
    this.#timeLimit = milliseconds
  }

  /** Calls a function of a test or hook and attributes everything that it starts to that test. Undefined if that would be expensive. */
  get callInContext(): ((test: number, call: () => unknown) => unknown) | undefined {
    const contexts = this.#contexts
    return contexts && ((test, call) => contexts.run(test, call))
  }

  testBegins(): void {
    this.restraint.testBegins()
  }

  /** Reads the stacks of the test's waits: unread ones would keep alive what it has created. */
  testEnds(): void {
    this.#readStacks()
  }

  #readStacks(): void {
    const { effort } = this.restraint
    const { shortWaits, stacks } = PRIORITIES
    this.#table.readLongest(micros => effort.isBelow(micros >= LONG_PAUSE ? stacks : shortWaits))
  }

  /** What keeps the process alive now; call after the environment's teardown. */
  openHandles(): OpenHandle[] {
    const open = this.#open.all
    if (open.length === 0) return []
    return requireLateParts().describeOpen(open, resource => this.#entries.get(resource), this.#sites)
  }

  /** Times since `start`. */
  columns(start: number): Waits {
    this.#table.readLongest(() => this.restraint.effort.isBelow(PRIORITIES.hook))
    return {
      ...waitColumns({ wakes: this.#wakes, leaks: this.#leaks, table: this.#table }, start),
      ...this.restraint.columns(start),
      contexts: this.#contexts?.columns(start) ?? null,
    }
  }

  #spend(micros: number): void {
    if (this.restraint.spend(micros)) this.#contexts?.enter(NO_TEST)
  }

  #created(type: string, resource: object, above: AnyFunction): void {
    this.#spend(COSTS.resource)
    const depth = this.#depth(type, resource)
    const isRepeating = type === 'Timeout' && isInterval(resource)
    const make = () => this.#entry(type, { depth, above, isRepeating })
    // Without a stack there is nothing to save: one such timer exists for each test or hook.
    const entry = depth === 0 ? make() : this.restraint.thinning.keep(type, resource, make)
    if (entry === undefined) return
    this.#entries.set(resource, entry)
    // Jest's time limits have no stack.
    if (depth > 0) this.#open.add(type, resource)
    if (type === 'WRITEWRAP') this.#requests.wrote(resource, entry)
  }

  /** Number of frames to capture for a new resource. */
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
    const repeats = isRepeating || (type === 'Timeout' && isTimerOfTimer(creator))
    const awaited = {
      type,
      test: this.#testOf(creator),
      since: monotonicMicros(),
      repeats,
      position: undefined,
      hasStack: false,
    }
    return { type, stack: this.#stack(above, depth), parent, root, generation, awaited }
  }

  #stack(above: AnyFunction, depth: number): CreationStack {
    if (depth === 0) return NO_STACK
    this.restraint.effort.micros += depth * COSTS.frame
    return new CreationStack(captureStack(above, depth))
  }

  /** The test that creates a resource. Without contexts, a resource created in a callback belongs to the test of that callback. */
  #testOf(creator: WaitEntry | undefined): number {
    if (this.#contexts !== undefined) return this.#contexts.current
    return creator?.awaited.test ?? this.#leaking?.entry.test ?? this.#tests.current
  }

  /** What a socket is awaited for: the last request sent over it. */
  #entryOfConnection(resource: object, own: WaitEntry): WaitEntry {
    const entry = this.#requests.of(resource) ?? own
    if (!this.#requests.isOfUpgraded(resource)) return entry
    const known = this.#upgraded.get(entry)
    if (known !== undefined) return known
    const awaited = { ...entry.awaited, type: own.type, position: undefined, hasStack: false }
    const upgraded = { ...entry, type: own.type, isUpgraded: true, awaited }
    this.#upgraded.set(entry, upgraded)
    return upgraded
  }

  #wakesUp(resource: object): void {
    const own = this.#entries.get(resource) ?? this.#requestOfEarlier(resource)
    if (own === undefined) this.#otherWakesUp(resource)
    else this.#ownWakesUp(resource, own)
  }

  /** The request of this test file for which a connection works that an earlier one left in a pool. */
  #requestOfEarlier(resource: object): WaitEntry | undefined {
    return 'readStart' in resource ? this.#requests.of(resource) : undefined
  }

  #ownWakesUp(resource: object, own: WaitEntry): void {
    this.#spend(COSTS.wake)
    const now = monotonicMicros()
    const entry = CONNECTIONS.test(own.type) ? this.#entryOfConnection(resource, own) : own
    this.#woken(now, entry)
    const { test } = entry.awaited
    this.#contexts?.enter(test, now)
    const { current } = this.#tests
    if (test < 0 || current <= test || !this.#tests.hasEnded(test)) return
    this.#table.ended(LONG_PAUSE, entry)
    this.#leaking ??= { entry: entry.awaited, during: current, time: now, micros: 0 }
  }

  #otherWakesUp(resource: object): void {
    const contexts = this.#contexts
    // An immediate or tick ends no wait, but may belong to another test than the code before it.
    contexts?.enter(contexts.current)
    const standIn = this.restraint.thinning.standIn(resource)
    this.#spend(standIn === undefined ? COSTS.otherCallback : COSTS.wake)
    // Leaked resources of a test must not represent those of the next one.
    if (standIn !== undefined && !this.#tests.hasEnded(standIn.awaited.test))
      this.#woken(monotonicMicros(), standIn)
  }

  #woken(now: number, entry: WaitEntry): void {
    const isKept = this.#wakes.add(now, entry.awaited)
    const { pauseBefore } = this.#wakes
    const isLong = pauseBefore >= LONG_PAUSE
    if (pauseBefore >= SHORTEST_PAUSE) this.#wokeUp(now)
    if (isLong) this.restraint.thinning.waitedFor(entry.type)
    if (!isKept) return
    // Read later, so that it is no part of the test's time.
    this.#table.ended(this.#wakes.pauseBeforeBurst, entry)
    if (this.#table.unread > MOST_UNREAD) this.#readStacks()
  }

  #endLeak(leaking: LeakedCallback<Awaited>): void {
    this.#leaking = undefined
    this.#leaks.add({ ...leaking, micros: monotonicMicros() - leaking.time })
  }
}

/** Set before the hook is called: https://github.com/nodejs/node/blob/v24.0.0/lib/internal/timers.js */
function isInterval({ _repeat }: { readonly _repeat?: unknown }): boolean {
  return typeof _repeat === 'number'
}

function isTimerOfTimer(creator: WaitEntry | undefined): boolean {
  return creator?.type === 'Timeout' && creator.parent?.type === 'Timeout'
}
