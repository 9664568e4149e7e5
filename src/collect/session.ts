// The profiling session of a process or thread. Between two test files an idle profile keeps V8's profiler alive, because a cold start
// takes up to 150 ms; while a file is recorded, there is no second profile to pay for.

import { listSamplers, monotonicMicros, samplerClock } from './clock.js'
import type { Engine, V8Profile } from './engines/engine.js'
import { createInspectorEngine } from './engines/inspector.js'
import { requireV8ProfilerNext } from './late-modules.js'
import type { RunLink } from './run-link.js'

/** A profile under way, which started right after `startedBefore` on the clock of `monotonicMicros`. */
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
  /** The latest reading of `#samplerMicros`. */
  #sampledMicros = 0

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

  /** Returns the profile, the `offset` from `monotonicMicros` to V8's clock, and its sampler's CPU time since the last one; null: unknown. */
  end({ title, startedBefore }: OpenProfile): {
    profile: V8Profile
    offset: number
    samplerMicros: number | null
  } {
    if (this.#engine.overlapping) this.#startIdle()
    const profile = this.#engine.stop(title)
    return { profile, offset: profile.startTime - startedBefore, samplerMicros: this.#readSampler() }
  }

  /** Whether ending a profile and beginning another costs little. */
  get isOverlapping(): boolean {
    return this.#engine.overlapping
  }

  close(): void {
    if (this.#idle !== undefined) this.#engine.discard(this.#idle)
    this.#idle = undefined
    this.#engine.close()
  }

  // After a cold start V8's sampler first handles a log entry for each compiled function, and takes no samples meanwhile: some 50 ms, and
  // several hundred on a busy machine. A profile that has its initial sample shows that the sampler has caught up.
  // https://github.com/v8/v8/blob/13.6.233/src/profiler/cpu-profiler.cc (SamplingEventsProcessor::Run)
  #awaitSampler(): void {
    const clock = new Int32Array(new SharedArrayBuffer(4))
    const deadline = monotonicMicros() + LONGEST_CATCH_UP
    do {
      this.#engine.start(PROBE)
      Atomics.wait(clock, 0, 0, 1)
    } while (this.#engine.stop(PROBE).samples.length === 0 && monotonicMicros() < deadline)
  }

  #readSampler(): number | null {
    const before = this.#sampledMicros
    const now = this.#samplerMicros()
    if (now === undefined) return null
    this.#sampledMicros = now
    return now - before
  }

  #startIdle(): void {
    this.#idle = `jest-profiler idle ${this.#count}`
    this.#engine.start(this.#idle)
  }
}

interface SampledLink extends Pick<RunLink, 'engine' | 'engineModule'> {
  readonly samplingIntervalMicros: number
}

// Module state, because the session must outlive a test file: Jest constructs a new environment for each.
let current: { key: string; session: ProfilingSession } | undefined

/** Returns the session of this process for that engine and interval, which is opened on first use. */
export function profilingSession({
  engine,
  engineModule,
  samplingIntervalMicros,
}: SampledLink): ProfilingSession {
  const key = `${engine} ${engineModule} ${samplingIntervalMicros}`
  if (current?.key !== key) {
    closeProfilingSession()
    const opened =
      engineModule === null
        ? createInspectorEngine(samplingIntervalMicros)
        : requireV8ProfilerNext().createV8ProfilerNextEngine(engineModule, samplingIntervalMicros)
    current = { key, session: new ProfilingSession(opened) }
  }
  return current.session
}

/** Ends the session of this process, if there is one, and thereby all sampling. */
export function closeProfilingSession(): void {
  const closing = current
  current = undefined
  closing?.session.close()
}
