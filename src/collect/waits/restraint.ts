// Limits the cost of recording waits, whatever the tests do: stacks are thinned, and if even the calls of the hook cost too much,
// the hook is removed until a later test.

import type { AsyncHook } from 'node:async_hooks'
import type { Waits } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'
import { COSTS, Effort, PRIORITIES } from './effort.js'
import { waitKind } from './resources.js'
import { Thinning } from './thinning.js'

/** Calls of the hook between two checks of its cost. */
const CALLS_PER_LOOK = 256
/** What a test may spend that begins while the hook is removed, in microseconds. */
const FREE_MICROS_OF_TEST = 500
/**
 * More than Node needs. When the stack overflows inside `disable()`, Node's table of hooks stays half updated, and no hook of this
 * process works any more: https://github.com/nodejs/node/blob/v20.20.0/lib/async_hooks.js
 */
const FRAMES_TO_REMOVE_HOOK = 60

export class Restraint<Entry> {
  readonly effort = new Effort()
  readonly thinning = new Thinning<Entry>(monotonicMicros, () => this.effort.isBelow(PRIORITIES.stacks))
  readonly #hook: Pick<AsyncHook, 'enable' | 'disable'>
  readonly #pauses: Waits['pauses'] = { start: [], end: [] }
  #calls = 0
  #isPaused = false
  /** Effort up to which the hook stays, whatever is allowed. */
  #granted = 0

  constructor(hook: Pick<AsyncHook, 'enable' | 'disable'>) {
    this.#hook = hook
  }

  /** Whether the hook is removed. */
  get isPaused(): boolean {
    return this.#isPaused
  }

  /** Notes a call of the hook that costs this much. Returns whether this call removed the hook, because it cost too much. */
  spend(micros: number): boolean {
    this.effort.micros += micros
    if (++this.#calls % CALLS_PER_LOOK !== 0 || this.#isPaused) return false
    if (this.effort.micros < this.#granted || this.effort.isBelowNow(PRIORITIES.hook)) return false
    // Without enough stack the hook is removed at a later call.
    if (!hasStack(FRAMES_TO_REMOVE_HOOK)) return false
    this.#isPaused = true
    this.#pauses.start.push(monotonicMicros())
    this.#hook.disable()
    return true
  }

  /** A test begins: it may have some stacks of its own, and a removed hook is added again if that is affordable. */
  testBegins(): void {
    if (!this.effort.isBelowNow(PRIORITIES.laterTests)) return
    this.thinning.assureStacks()
    if (!this.#isPaused) return
    this.effort.micros += COSTS.enable
    this.#granted = this.effort.micros + FREE_MICROS_OF_TEST
    this.#endPause(monotonicMicros())
    this.#hook.enable()
  }

  stop(): void {
    this.#hook.disable()
    if (this.#isPaused) this.#endPause(monotonicMicros())
  }

  /** Times since `start`. */
  columns(start: number): Pick<Waits, 'thinned' | 'pauses'> {
    const types = this.thinning.thinned()
    return {
      thinned: {
        // The type alone must suffice here.
        kind: types.map(({ type }) => waitKind(type)),
        created: types.map(({ created }) => created),
        kept: types.map(({ kept }) => kept),
      },
      pauses: {
        start: this.#pauses.start.map(time => time - start),
        // One may be under way.
        end: this.#pauses.start.map((_, row) => (this.#pauses.end[row] ?? monotonicMicros()) - start),
      },
    }
  }

  #endPause(now: number): void {
    this.#isPaused = false
    this.#pauses.end.push(now)
  }
}

function hasStack(frames: number): boolean {
  try {
    return frames === 0 || hasStack(frames - 1)
  } catch {
    return false
  }
}
