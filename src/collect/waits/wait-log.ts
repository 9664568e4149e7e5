// What the event loop was woken up by: with async_hooks the stack that created each timer, socket, request and so on
// is kept, and each wake-up is noted with its time. Stacks are read at the end only, and only of what ended a wait.
//
// Nothing here may throw: Node ends the process on an error in a hook.

import { AsyncLocalStorage, createHook, executionAsyncResource } from 'node:async_hooks'
import { type CapturedStack, captureStack, type SiteTable } from '../call-sites.js'
import { monotonicMicros } from '../clock.js'
import type { Waits } from '../recording.js'
import { contextsAreCheap } from './capabilities.js'
import { Requests } from './requests.js'
import { NEVER_WAITED_FOR } from './wait-kinds.js'
import { describeResource, type Resource } from './wait-stacks.js'
import { WakeColumns } from './wake-columns.js'

interface Entry extends Resource {
  /** Position of the attempt that created it, -1 for none. */
  readonly test: number
  readonly parent: Entry | undefined
  /** The first of its ancestors. */
  readonly root: Entry | undefined
  readonly generation: number
}

/** Frames that are kept of a stack. */
const DEPTH = 24
/** Timers are by far the most, and whoever sets one is near. */
const TIMER_DEPTH = 12
/** Node's own fetch alone is over 20 frames deep. */
const REQUEST_DEPTH = 50
/** Ancestors that are kept alive, beside the first: a timer that sets itself again makes a chain without end. */
const LONGEST_CHAIN = 4
/** Stacks that are read at the end; the longest waits come first. */
const MOST_STACKS = 1000

const NO_STACK: CapturedStack = {}

export interface TestClock {
  /** Position of the attempt that runs now, -1 for none. */
  readonly current: number
  hasEnded(test: number): boolean
}

/** No test: what runs is Jest's, or is not known to be anybody's. */
const NOBODY = -1

const NO_TESTS: TestClock = { current: NOBODY, hasEnded: () => false }

export class WaitLog {
  #tests: TestClock = NO_TESTS
  readonly #entries = new WeakMap<object, Entry>()
  readonly #wakes = new WakeColumns<Entry>()
  readonly #leaks = new Map<Entry, Map<number, { count: number; micros: number }>>()
  readonly #contexts: { time: number[]; test: number[] } | undefined
  readonly #context: AsyncLocalStorage<number> | undefined
  readonly #requests: Requests<Entry>
  readonly #hook: { enable(): unknown; disable(): unknown }
  /** Milliseconds of the time limit that Jest is about to set a timer for. */
  #timeLimit: number | undefined
  /** The callback of an earlier test that runs now. */
  #leaking: { entry: Entry; during: number; since: number } | undefined

  constructor() {
    this.#requests = new Requests(() => this.#entry('HTTPCLIENTREQUEST', REQUEST_DEPTH))
    if (contextsAreCheap()) {
      this.#context = new AsyncLocalStorage()
      this.#contexts = { time: [], test: [] }
    }
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
    this.#context?.disable()
  }

  /**
   * Jest is about to set the timer that ends a test or hook after `milliseconds`. There is one for each run of each, its
   * stack leads to nobody's code, and keeping it is most of what timers would cost.
   */
  expectTimeLimit(milliseconds: number): void {
    this.#timeLimit = milliseconds
  }

  /** Calls a test's function so that what it starts is known to be its own; undefined where that would be dear. */
  get callInContext(): ((test: number, call: () => unknown) => unknown) | undefined {
    const context = this.#context
    if (context === undefined) return undefined
    return (test, call) => {
      this.#enterContext(test)
      try {
        return context.run(test, call)
      } finally {
        // What comes next is Jest's own, until something wakes up that is a test's.
        this.#enterContext(NOBODY)
      }
    }
  }

  /** Times since `start`. */
  columns(sites: SiteTable, start: number): Waits {
    const { time, entries } = this.#wakes.ordered()
    const known = new Map<Entry, number>()
    const resources: Waits['resources'] = { kind: [], stack: [], test: [] }
    const alike = new Map<string, number>()
    const add = (entry: Entry): number => {
      const index = known.get(entry)
      if (index !== undefined) return index
      const { kind, stack } = describeResource(entry, sites)
      const key = [entry.test, kind, ...stack].join()
      const added = alike.get(key) ?? resources.kind.push(kind) - 1
      known.set(entry, added)
      if (alike.has(key)) return added
      alike.set(key, added)
      resources.stack.push(stack)
      resources.test.push(entry.test)
      return added
    }
    const leaks: Waits['leaks'] = { resource: [], during: [], count: [], micros: [] }
    for (const [entry, byTest] of this.#leaks) {
      for (const [during, { count, micros }] of byTest) {
        leaks.resource.push(add(entry))
        leaks.during.push(during)
        leaks.count.push(count)
        leaks.micros.push(micros)
      }
    }
    for (const entry of this.#wakes.longest(MOST_STACKS)) add(entry)
    const shown = entries.flatMap((entry, wake) => {
      const resource = known.get(entry)
      return resource === undefined ? [] : [{ time: (time[wake] ?? 0) - start, resource }]
    })
    const contexts = this.#contexts
    return {
      resources,
      wakes: { time: shown.map(wake => wake.time), resource: shown.map(wake => wake.resource) },
      leaks,
      contexts:
        contexts === undefined
          ? null
          : { time: contexts.time.map(moment => moment - start), test: contexts.test },
    }
  }

  #created(type: string, resource: object): void {
    const entry = this.#entry(type, this.#depth(type, resource))
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

  #entry(type: string, depth: number): Entry {
    const creator = this.#entries.get(executionAsyncResource())
    const root = creator?.root ?? creator
    const parent = creator !== undefined && creator.generation < LONGEST_CHAIN ? creator : root
    const test = this.#context?.getStore() ?? this.#leaking?.entry.test ?? this.#tests.current
    const generation = parent === undefined ? 0 : parent.generation + 1
    const stack = depth === 0 ? NO_STACK : captureStack(this.#entry, depth)
    return { type, stack, test, parent, root, generation }
  }

  #wakesUp(resource: object): void {
    const own = this.#entries.get(resource)
    if (own === undefined) return
    const now = monotonicMicros()
    const entry = own.type === 'Timeout' ? own : (this.#requests.of(resource) ?? own)
    this.#wakes.add(now, entry)
    this.#enterContext(entry.test)
    const { current } = this.#tests
    if (entry.test >= 0 && current > entry.test && this.#tests.hasEnded(entry.test))
      this.#leaking ??= { entry, during: current, since: now }
  }

  #enterContext(test: number): void {
    const contexts = this.#contexts
    if (contexts === undefined || contexts.test.at(-1) === test) return
    contexts.test.push(test)
    contexts.time.push(monotonicMicros())
  }

  #endLeak({ entry, during, since }: { entry: Entry; during: number; since: number }): void {
    this.#leaking = undefined
    const byTest = this.#leaks.get(entry) ?? new Map<number, { count: number; micros: number }>()
    this.#leaks.set(entry, byTest)
    const leak = byTest.get(during) ?? { count: 0, micros: 0 }
    byTest.set(during, leak)
    leak.count++
    leak.micros += monotonicMicros() - since
  }
}
