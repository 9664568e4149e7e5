import { describe, expect, test } from '@jest/globals'
import { monotonicMicros } from '../../src/collect/clock.js'
import type { Engine, V8Profile } from '../../src/collect/engines/engine.js'
import { ProfilingSession } from '../../src/collect/session.js'

/** Notes what is asked of it, and refuses what V8 would: two profiles of one title, the end of none. */
class FakeEngine implements Engine {
  readonly overlapping: boolean
  readonly log: string[] = []
  readonly alive = new Set<string>()
  /** Profiles that have to pass before V8's sampler takes its first sample. */
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
  test('an idle profile lives only between recordings, and the new one starts before the old one ends', () => {
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

  test('an engine whose profiles cannot overlap gets no idle profile', () => {
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

  test('the offset leads from our clock to that of the profile', () => {
    const session = new ProfilingSession(new FakeEngine({ overlapping: true }))
    const before = monotonicMicros()
    const open = session.begin()
    const after = monotonicMicros()
    const { profile, offset } = session.end(open)
    expect(before + offset).toBeLessThanOrEqual(profile.startTime)
    expect(after + offset).toBeGreaterThanOrEqual(profile.startTime)
  })

  test('is not ready before V8 takes samples, so that the first recording misses none', () => {
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
