import { describe, expect, test } from '@jest/globals'
import { monotonicMicros } from '../../src/collect/clock.js'
import type { Engine, V8Profile } from '../../src/collect/engines/engine.js'
import { ProfilingSession } from '../../src/collect/session.js'

/** Logs its calls, and throws where V8 would: for two profiles with one title, and for the end of an unknown profile. */
class FakeEngine implements Engine {
  readonly overlapping: boolean
  readonly log: string[] = []
  readonly alive = new Set<string>()
  /** The number of profiles before V8's sampler takes its first sample. */
  #emptyProfiles: number

  constructor({ overlapping, emptyProfiles = 0 }: { overlapping: boolean; emptyProfiles?: number }) {
    this.overlapping = overlapping
    this.#emptyProfiles = emptyProfiles
  }

  start(title: string): void {
    if (this.alive.has(title)) throw new Error(`"${title}" is alive already`)
    this.alive.add(title)
    this.log.push(`start ${title}`)
  }

  stop(title: string): V8Profile {
    this.#end(title)
    this.log.push(`stop ${title}`)
    const samples = this.#emptyProfiles-- > 0 ? [] : [1]
    return { nodes: [], startTime: 5_000_000, endTime: 5_000_001, samples, timeDeltas: samples }
  }

  discard(title: string): void {
    this.#end(title)
    this.log.push(`discard ${title}`)
  }

  close(): void {
    this.log.push('close')
  }

  #end(title: string): void {
    if (!this.alive.delete(title)) throw new Error(`there is no "${title}"`)
  }
}

describe('ProfilingSession', () => {
  test('keeps an idle profile only between recordings, and starts a new profile before it ends the old one', () => {
    const engine = new FakeEngine({ overlapping: true })
    const session = new ProfilingSession(engine)
    expect(engine.alive.size).toBe(1)
    const first = session.begin()
    expect([...engine.alive]).toEqual([first.title])
    session.end(first)
    expect(engine.alive.size).toBe(1)
    session.end(session.begin())
    session.close()
    expect(engine.log).toEqual([
      'start jest-profiler idle 0',
      'start jest-profiler probe',
      'stop jest-profiler probe',
      'start jest-profiler 1',
      'discard jest-profiler idle 0',
      'start jest-profiler idle 1',
      'stop jest-profiler 1',
      'start jest-profiler 2',
      'discard jest-profiler idle 1',
      'start jest-profiler idle 2',
      'stop jest-profiler 2',
      'discard jest-profiler idle 2',
      'close',
    ])
    expect(engine.alive.size).toBe(0)
  })

  test('starts no idle profile for an engine whose profiles cannot overlap', () => {
    const engine = new FakeEngine({ overlapping: false })
    const session = new ProfilingSession(engine)
    session.end(session.begin())
    session.end(session.begin())
    session.close()
    expect(engine.log).toEqual([
      'start jest-profiler 1',
      'stop jest-profiler 1',
      'start jest-profiler 2',
      'stop jest-profiler 2',
      'close',
    ])
  })

  test('returns the offset from the monotonic clock to the profile’s clock', () => {
    const session = new ProfilingSession(new FakeEngine({ overlapping: true }))
    const before = monotonicMicros()
    const open = session.begin()
    const after = monotonicMicros()
    const { profile, offset } = session.end(open)
    expect(before + offset).toBeLessThanOrEqual(profile.startTime)
    expect(after + offset).toBeGreaterThanOrEqual(profile.startTime)
  })

  test('waits until V8 takes samples before the first recording', () => {
    const engine = new FakeEngine({ overlapping: true, emptyProfiles: 2 })
    new ProfilingSession(engine).begin()
    const probe = ['start jest-profiler probe', 'stop jest-profiler probe']
    expect(engine.log.slice(0, 8)).toEqual([
      'start jest-profiler idle 0',
      ...probe,
      ...probe,
      ...probe,
      'start jest-profiler 1',
    ])
  })
})
