// Counters that two threads share while they fold the files of one run.

const DONE = 0
const ORDERED_SAMPLES = 1
const COUNTERS = 2

export class FoldingCounters {
  /** To hand to the other thread. */
  readonly shared: SharedArrayBuffer
  readonly #counters: Int32Array

  constructor(shared = new SharedArrayBuffer(COUNTERS * Int32Array.BYTES_PER_ELEMENT)) {
    this.shared = shared
    this.#counters = new Int32Array(shared)
  }

  /** Files that the second thread has folded. */
  get done(): number {
    return Atomics.load(this.#counters, DONE)
  }

  oneMoreDone(): void {
    Atomics.add(this.#counters, DONE, 1)
  }

  /** Samples that the first thread, whose files come before the second one's, has kept in the order of time so far. */
  get orderedSamples(): number {
    return Atomics.load(this.#counters, ORDERED_SAMPLES)
  }

  set orderedSamples(samples: number) {
    Atomics.store(this.#counters, ORDERED_SAMPLES, samples)
  }
}
