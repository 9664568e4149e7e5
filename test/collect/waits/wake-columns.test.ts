import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { WakeColumns } from '../../../src/collect/waits/wake-columns.js'

/** Wake-ups at these times, with their positions as entries. */
function wakesAt(times: readonly number[]): WakeColumns<number> {
  const wakes = new WakeColumns<number>()
  times.forEach((time, position) => {
    wakes.add(time, position)
  })
  return wakes
}

/** Times at intervals of 10 µs. */
const burst = (start: number, length: number) => Array.from({ length }, (_, index) => start + 10 * index)

describe('WakeColumns', () => {
  test('keeps every wake-up after a pause', () => {
    const times = [1000, 2000, 2050, 9000]
    expect(wakesAt(times).ordered()).toEqual({ time: times, entries: [0, 1, 2, 3] })
  })

  test('keeps the first eight wake-ups of a burst, because the user’s may follow Node’s own', () => {
    const { time } = wakesAt([...burst(1000, 20), ...burst(5000, 3)]).ordered()
    expect(time.filter(moment => moment >= 5000)).toEqual([5000, 5010, 5020])
    const afterPause = wakesAt([1000, ...burst(5000, 20)]).ordered().time
    expect(afterPause).toEqual([1000, ...burst(5000, 8)])
  })

  test('says how long the pause before a wake-up was, and before its burst', () => {
    const wakes = new WakeColumns<string>()
    const pauses = [1000, 6000, 6010, 8000].map(time => {
      wakes.add(time, '')
      return [wakes.pauseBefore, wakes.pauseBeforeBurst]
    })
    expect(pauses).toEqual([
      [0, 0],
      [5000, 5000],
      [10, 5000],
      [1990, 1990],
    ])
  })

  test('keeps a bounded number, and prefers wake-ups after longer pauses', () => {
    const wakes = new WakeColumns<number>()
    let now = 0
    for (let wake = 0; wake < 250_000; wake++) {
      now += wake % 1000 === 999 ? 10_000 : 60
      wakes.add(now, wake)
    }
    const { time, entries } = wakes.ordered()
    expect(time.length).toBeLessThan(100_000)
    expect(time).toHaveLength(entries.length)
    expect(entries.filter(wake => wake % 1000 === 999)).toHaveLength(250)
  })

  test('returns wake-ups in order, including the first after every pause', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 60 }), gaps => {
        let now = 1000
        const times = gaps.map(gap => {
          now += gap
          return now
        })
        const { time, entries } = wakesAt(times).ordered()
        expect(time).toEqual(time.toSorted((a, b) => a - b))
        expect(entries.map(entry => times[entry])).toEqual(time)
        const afterPauses = times.filter((_, index) => index > 0 && (gaps[index] ?? 0) >= 50)
        expect(time).toEqual(expect.arrayContaining(afterPauses))
      }),
    )
  })
})
