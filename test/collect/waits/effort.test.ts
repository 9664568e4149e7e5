import { describe, expect, test } from '@jest/globals'
import { Effort, PRIORITIES } from '../../../src/collect/waits/effort.js'

const SECOND = 1_000_000

function effortAt(start: { cpu: number; time: number }) {
  const clocks = { ...start, delayed: 0 }
  const effort = new Effort({ cpu: () => clocks.cpu, time: () => clocks.time, delayed: () => clocks.delayed })
  return { clocks, effort }
}

describe('Effort', () => {
  test('may be 10 ms in any file', () => {
    const { effort } = effortAt({ cpu: 9 * SECOND, time: 9 * SECOND })
    effort.micros = 9999
    expect(effort.isBelowNow(PRIORITIES.hook)).toBe(true)
    effort.micros = 10_001
    expect(effort.isBelowNow(PRIORITIES.hook)).toBe(false)
  })

  test('is relative to CPU time: too much in a second may be little in a minute', () => {
    const { clocks, effort } = effortAt({ cpu: 0, time: 0 })
    effort.micros = 100_000
    clocks.cpu = SECOND
    expect(effort.isBelowNow(PRIORITIES.hook)).toBe(false)
    clocks.cpu = 60 * SECOND
    expect(effort.isBelowNow(PRIORITIES.hook)).toBe(true)
  })

  test('may be more in a file that waits most of the time', () => {
    const { clocks, effort } = effortAt({ cpu: 0, time: 0 })
    effort.micros = 50_000
    clocks.time = 60 * SECOND
    expect(effort.isBelowNow(PRIORITIES.hook)).toBe(true)
  })

  test('is not more because a busy machine makes the file take longer', () => {
    const { clocks, effort } = effortAt({ cpu: 0, time: 0 })
    effort.micros = 50_000
    clocks.time = 60 * SECOND
    clocks.delayed = 60 * SECOND
    expect(effort.isBelowNow(PRIORITIES.hook)).toBe(false)
  })

  test('reads the clocks rarely when it is too much', () => {
    const { clocks, effort } = effortAt({ cpu: 0, time: 0 })
    effort.micros = 15_000
    expect(effort.isBelow(PRIORITIES.hook)).toBe(false)
    clocks.cpu = SECOND
    const answers = Array.from({ length: 100 }, () => effort.isBelow(PRIORITIES.hook))
    expect(answers.filter(Boolean)).toHaveLength(37)
  })

  test('gives up short waits first, then stacks, then all waits, and those of later tests last', () => {
    const { shortWaits, stacks, hook, laterTests } = PRIORITIES
    const parts = [shortWaits, stacks, hook, laterTests]
    expect(parts).toEqual(parts.toSorted((a, b) => a - b))
  })
})
