// What keeps recording waits from slowing a file, whatever its tests do: stacks are thinned, and where even calls of the hook are
// too many, the hook is taken off until a later test.

import type { Waits } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'
import { Effort } from './effort.js'
import { Thinning } from './thinning.js'
import { waitKind } from './wait-kinds.js'

/** Calls of the hook between two looks at what they took. */
const CALLS_PER_LOOK = 256

interface Hook {
  enable(): unknown
  disable(): unknown
}

export class Restraint<Entry> {
  readonly thinning = new Thinning<Entry>(monotonicMicros)
  readonly #hook: Hook
  readonly #effort: Effort
  readonly #pauses: Waits['pauses'] = { start: [], end: [] }
  #isPaused = false

  constructor(hook: Hook) {
    this.#hook = hook
    this.#effort = new Effort(monotonicMicros())
  }

  /** Microseconds of the thread that recording took, as far as they can be counted. */
  get micros(): number {
    return this.#effort.micros
  }

  /** The hook is called. Returns whether it was one call too many: then it is no longer. */
  called(): boolean {
    if (++this.#effort.calls % CALLS_PER_LOOK !== 0 || this.#isPaused) return false
    this.#effort.stacks = this.thinning.stacks
    this.#effort.resources = this.thinning.created
    const now = monotonicMicros()
    if (!this.#effort.isTooMuch(now)) return false
    this.#isPaused = true
    this.#pauses.start.push(now)
    this.#hook.disable()
    return true
  }

  /** A test begins: the hook is put on again if that can be afforded by now. */
  testBegins(): void {
    const now = monotonicMicros()
    if (!this.#isPaused || !this.#effort.isAffordable(now)) return
    this.#endPause(now)
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
        // As far as a type tells it.
        kind: types.map(({ type }) => waitKind(type, [])),
        created: types.map(({ created }) => created),
        kept: types.map(({ kept }) => kept),
      },
      pauses: {
        start: this.#pauses.start.map(time => time - start),
        end: this.#pauses.end.map(time => time - start),
      },
    }
  }

  #endPause(now: number): void {
    this.#isPaused = false
    this.#pauses.end.push(now)
  }
}
