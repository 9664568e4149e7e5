// Time in which transformers load modules, such as plugins. Node does so outside the sandbox, once per process, for the first file.

import Module from 'node:module'
import { monotonicMicros } from '../clock.js'

type LoadModule = (this: object, filename: string) => unknown

export interface LoaderPrototype {
  load: LoadModule
}

export class LoadingClock {
  readonly #prototype: LoaderPrototype
  #calls = 0
  #depth = 0
  #micros = 0
  #claimed = 0
  #replaced: { original: LoadModule; ours: LoadModule } | undefined

  /** `prototype.load` loads a module; Node calls it once for each. */
  constructor(prototype: LoaderPrototype) {
    this.#prototype = prototype
  }

  /** Microseconds spent loading since the process began. */
  get micros(): number {
    return this.#micros
  }

  /** Returns the microseconds spent loading since the last call: transforms that overlap must not count a load twice. */
  claim(): number {
    const unclaimed = this.#micros - this.#claimed
    this.#claimed = this.#micros
    return unclaimed
  }

  /** Times the loading of modules until as many calls have ended as have begun. */
  callBegins(): void {
    if (this.#calls++ > 0 || this.#replaced !== undefined) return
    const clock = this
    const original = this.#prototype.load
    const ours: LoadModule = function (filename) {
      return clock.#calls > 0
        ? clock.#timed(() => original.call(this, filename))
        : original.call(this, filename)
    }
    this.#replaced = { original, ours }
    this.#prototype.load = ours
  }

  callEnds(): void {
    if (--this.#calls > 0 || this.#replaced === undefined) return
    // A transformer may have wrapped our function, which then stays and only passes calls on.
    if (this.#prototype.load !== this.#replaced.ours) return
    this.#prototype.load = this.#replaced.original
    this.#replaced = undefined
  }

  /** Counts the time of nested loads once. */
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

// Module state: Node's module loader exists once per process, and several transforms may be under way at once.
// https://github.com/nodejs/node/blob/v24.0.0/lib/internal/modules/cjs/loader.js
export const loadingClock = new LoadingClock(Module.prototype as unknown as LoaderPrototype)
