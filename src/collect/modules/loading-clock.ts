// How long transformers load modules of their own while Jest calls them: presets, plugins, TypeScript. Node loads these outside of
// the sandbox, once a process, whichever file happens to be transformed first.

import Module from 'node:module'
import { monotonicMicros } from '../clock.js'

/** As `Module.prototype.load`. */
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

  /** `prototype.load` is called for each module that is not loaded yet. */
  constructor(prototype: LoaderPrototype) {
    this.#prototype = prototype
  }

  /** Microseconds of loading since the process began. */
  get micros(): number {
    return this.#micros
  }

  /** Microseconds of loading that no earlier call has returned: transforms that overlap must not count a load twice. */
  claim(): number {
    const unclaimed = this.#micros - this.#claimed
    this.#claimed = this.#micros
    return unclaimed
  }

  /** Times the loading of modules from now on, until as many calls have ended as have begun. */
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
    // What a transformer has put on top of ours stays; below it, ours only passes calls on.
    if (this.#prototype.load !== this.#replaced.ours) return
    this.#prototype.load = this.#replaced.original
    this.#replaced = undefined
  }

  /** Time of loads within another load counts once. */
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
