import { beforeEach, describe, expect, jest, test } from '@jest/globals'

let now = 0
jest.unstable_mockModule('../../../src/collect/clock.js', () => ({ monotonicMicros: () => now }))
const { LoadingClock } = await import('../../../src/collect/modules/loading-clock.js')

/** A loader whose modules take 10 µs each, and may load others or throw. */
function loader() {
  return {
    load(filename: string): unknown {
      now += 10
      if (filename === 'outer') this.load('inner')
      if (filename === 'broken') throw new Error('broken')
      return filename
    },
  }
}

beforeEach(() => {
  now = 0
})

describe('LoadingClock', () => {
  test('measures only modules that are loaded during a call', () => {
    const node = loader()
    const clock = new LoadingClock(node)
    node.load('before')
    clock.callBegins()
    expect(node.load('during')).toBe('during')
    clock.callEnds()
    node.load('after')
    expect(clock.micros).toBe(10)
  })

  test('counts nested loads once', () => {
    const node = loader()
    const clock = new LoadingClock(node)
    clock.callBegins()
    node.load('outer')
    expect(clock.micros).toBe(20)
  })

  test('counts a load that throws, and rethrows its error', () => {
    const node = loader()
    const clock = new LoadingClock(node)
    clock.callBegins()
    expect(() => node.load('broken')).toThrow('broken')
    node.load('next')
    expect(clock.micros).toBe(20)
  })

  test('restores the loader when the last of several overlapping calls ends', () => {
    const node = loader()
    const { load } = node
    const clock = new LoadingClock(node)
    clock.callBegins()
    clock.callBegins()
    clock.callEnds()
    expect(node.load).not.toBe(load)
    node.load('during')
    clock.callEnds()
    expect(node.load).toBe(load)
    expect(clock.micros).toBe(10)
  })

  test('leaves a loader that a transformer has replaced in place, and measures through it', () => {
    const node = loader()
    const clock = new LoadingClock(node)
    clock.callBegins()
    const ours = node.load
    const theirs = function (this: ReturnType<typeof loader>, filename: string) {
      return ours.call(this, `hooked ${filename}`)
    }
    node.load = theirs
    clock.callEnds()
    expect(node.load).toBe(theirs)
    expect(node.load('after')).toBe('hooked after')
    expect(clock.micros).toBe(0)
    clock.callBegins()
    node.load('during')
    clock.callEnds()
    expect(clock.micros).toBe(10)
    expect(node.load).toBe(theirs)
  })

  test('returns each microsecond once from claim', () => {
    const node = loader()
    const clock = new LoadingClock(node)
    clock.callBegins()
    node.load('a')
    expect([clock.claim(), clock.claim()]).toEqual([10, 0])
    node.load('b')
    expect([clock.claim(), clock.micros]).toEqual([10, 20])
  })
})
