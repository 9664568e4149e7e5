// The one profiling session of a process or thread. V8's profiler is kept alive between two test files by an idle
// profile, since a cold start costs up to 150 ms; while a file is recorded there is no second profile to pay for.

import { monotonicMicros } from './clock.js'
import type { Engine, V8Profile } from './engines/engine.js'
import { createInspectorEngine } from './engines/inspector.js'
import { createV8ProfilerNextEngine } from './engines/v8-profiler-next.js'
import type { RunLink } from './run-link.js'

/** A recording under way. `offset` leads from `monotonicMicros` to V8's clock. */
export interface OpenProfile {
  readonly title: string
  readonly startedBefore: number
}

export class ProfilingSession {
  readonly #engine: Engine
  #idle: string | undefined
  #count = 0

  constructor(engine: Engine) {
    this.#engine = engine
    if (engine.overlapping) this.#startIdle()
  }

  begin(): OpenProfile {
    const title = `jest-profiler ${++this.#count}`
    const startedBefore = monotonicMicros()
    this.#engine.start(title)
    if (this.#idle !== undefined) this.#engine.discard(this.#idle)
    this.#idle = undefined
    return { title, startedBefore }
  }

  /** The profile, and what to add to a `monotonicMicros` to get V8's time. */
  end({ title, startedBefore }: OpenProfile): { profile: V8Profile; offset: number } {
    if (this.#engine.overlapping) this.#startIdle()
    const profile = this.#engine.stop(title)
    return { profile, offset: profile.startTime - startedBefore }
  }

  close(): void {
    if (this.#idle !== undefined) this.#engine.discard(this.#idle)
    this.#idle = undefined
    this.#engine.close()
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
