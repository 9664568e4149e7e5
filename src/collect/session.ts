// The one profiling session of a process or thread. V8's profiler is kept alive between two test files by an idle
// profile, since a cold start costs up to 150 ms; while a file is recorded there is no second profile to pay for.

import { monotonicMicros } from './clock.js'
import type { Engine, V8Profile } from './engines/engine.js'
import { createInspectorEngine } from './engines/inspector.js'
import { createV8ProfilerNextEngine } from './engines/v8-profiler-next.js'
import type { RunLink } from './run-link.js'
import { listSamplers, samplerClock } from './scheduler-clock.js'

/** A recording under way, begun at `startedBefore` on the clock of `monotonicMicros`. */
export interface OpenProfile {
  readonly title: string
  readonly startedBefore: number
}

const PROBE = 'jest-profiler probe'
/** Microseconds. */
const LONGEST_CATCH_UP = 2_000_000

export class ProfilingSession {
  readonly #engine: Engine
  #idle: string | undefined
  #count = 0
  #samplerMicros: () => number | undefined = () => undefined
  #toldBefore = 0

  constructor(engine: Engine) {
    this.#engine = engine
    if (!engine.overlapping) return
    const others = listSamplers()
    this.#startIdle()
    this.#awaitSampler()
    this.#samplerMicros = samplerClock(others)
  }

  begin(): OpenProfile {
    const title = `jest-profiler ${++this.#count}`
    const startedBefore = monotonicMicros()
    this.#engine.start(title)
    if (this.#idle !== undefined) this.#engine.discard(this.#idle)
    this.#idle = undefined
    return { title, startedBefore }
  }

  /**
   * The profile, what to add to a `monotonicMicros` to get V8's time, and for how long V8's sampler has run since the
   * profile before was ended: null where it is unknown.
   */
  end({ title, startedBefore }: OpenProfile): {
    profile: V8Profile
    offset: number
    samplerMicros: number | null
  } {
    if (this.#engine.overlapping) this.#startIdle()
    const profile = this.#engine.stop(title)
    return { profile, offset: profile.startTime - startedBefore, samplerMicros: this.#sampledMicros() }
  }

  close(): void {
    if (this.#idle !== undefined) this.#engine.discard(this.#idle)
    this.#idle = undefined
    this.#engine.close()
  }

  // V8's sampler first works off what a cold start has logged, one event for each function that was ever compiled, and
  // takes no sample before: some 50 ms, and several hundred on a busy machine. A profile starts with a sample of its
  // own, so one that has it shows that the sampler has caught up.
  // https://github.com/v8/v8/blob/13.6.233/src/profiler/cpu-profiler.cc (SamplingEventsProcessor::Run)
  #awaitSampler(): void {
    const clock = new Int32Array(new SharedArrayBuffer(4))
    const deadline = monotonicMicros() + LONGEST_CATCH_UP
    do {
      this.#engine.start(PROBE)
      Atomics.wait(clock, 0, 0, 1)
    } while (this.#engine.stop(PROBE).samples.length === 0 && monotonicMicros() < deadline)
  }

  #sampledMicros(): number | null {
    const before = this.#toldBefore
    const told = this.#samplerMicros()
    if (told === undefined) return null
    this.#toldBefore = told
    return told - before
  }

  #startIdle(): void {
    this.#idle = `jest-profiler idle ${this.#count}`
    this.#engine.start(this.#idle)
  }
}

// Module state, for the session must outlive a test file: jest builds a new environment for each.
let current: { key: string; session: ProfilingSession } | undefined

/** The session of this process for that engine and interval; opened on first use. */
export function profilingSession({
  engine,
  engineModule,
  samplingIntervalMicros,
}: RunLink): ProfilingSession {
  const key = `${engine} ${engineModule} ${samplingIntervalMicros}`
  if (current?.key !== key) {
    closeProfilingSession()
    const opened =
      engineModule === null
        ? createInspectorEngine(samplingIntervalMicros)
        : createV8ProfilerNextEngine(engineModule, samplingIntervalMicros)
    current = { key, session: new ProfilingSession(opened) }
  }
  return current.session
}

/** Ends the session of this process, if there is one, so that nothing is sampled any more. */
export function closeProfilingSession(): void {
  const closing = current
  current = undefined
  closing?.session.close()
}
