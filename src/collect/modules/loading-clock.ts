// For how long a transformer loads modules of its own while Jest calls it: presets, plugins, TypeScript. Node loads them
// outside of the sandbox, once a process, whichever file happens to be transformed first.

import Module from 'node:module'
import { monotonicMicros } from '../clock.js'

type Load = (this: object, filename: string) => unknown

export interface LoaderPrototype {
  load: Load
}

export class LoadingClock {
  readonly #prototype: LoaderPrototype
  #calls = 0
  #depth = 0
  #micros = 0
  #claimed = 0
  #replaced: { original: Load; ours: Load } | undefined

  /** `prototype.load` is called for each module that is not loaded yet. */
  constructor(prototype: LoaderPrototype) {
    this.#prototype = prototype
  }

  /** Microseconds since the process began; what takes place between two points in time is their difference. */
  get micros(): number {
    return this.#micros
  }

  /** Microseconds that no call of this has returned before: transforms that overlap must not count a load twice. */
  claim(): number {
    const unclaimed = this.#micros - this.#claimed
    this.#claimed = this.#micros
    return unclaimed
  }

  /** From now on, until as many calls have ended as have begun, loading of modules is timed. */
  callBegins(): void {
    if (this.#calls++ > 0 || this.#replaced !== undefined) return
    const clock = this
    const original = this.#prototype.load
    const ours: Load = function (filename) {
      return clock.#isOn ? clock.#timed(() => original.call(this, filename)) : original.call(this, filename)
    }
    this.#replaced = { original, ours }
    this.#prototype.load = ours
  }

  callEnds(): void {
    if (--this.#calls > 0 || this.#replaced === undefined) return
    // What a transformer has put on top of ours stays, and ours below it does nothing but pass calls on.
    if (this.#prototype.load !== this.#replaced.ours) return
    this.#prototype.load = this.#replaced.original
    this.#replaced = undefined
  }

  get #isOn(): boolean {
    return this.#calls > 0
  }

  /** What a module loads in turn is part of its own time. */
  #timed(load: () => unknown): unknown {
    const start = monotonicMicros()
    this.#depth++
    try {
      return load()
    } finally {
      if (--this.#depth === 0) this.#micros += monotonicMicros() - start
    }
  }
}

// Module state: Node's module loader lives as long as the process, and several transforms may be under way at once.
// https://github.com/nodejs/node/blob/v24.0.0/lib/internal/modules/cjs/loader.js
export const loadingClock = new LoadingClock(Module.prototype as unknown as LoaderPrototype)
