import { describe, expect, test } from '@jest/globals'
import { Effort } from '../../../src/collect/waits/restraint.js'

const SECOND = 1_000_000

describe('Effort', () => {
  test('is relative to the elapsed time: too much in a second may be little in a minute', () => {
    const effort = new Effort(0)
    effort.calls = 1_000_000
    expect(effort.isTooMuch(SECOND)).toBe(true)
    expect(effort.isTooMuch(60 * SECOND)).toBe(false)
  })

  test('is never too much for an ordinary file', () => {
    const effort = new Effort(0)
    effort.calls = 20_000
    effort.stacks = 500
    expect(effort.isTooMuch(SECOND)).toBe(false)
  })

  test('is larger for a resource of Node’s own than for a promise', () => {
    const [promises, resources] = [new Effort(0), new Effort(0)]
    promises.calls = 100_000
    resources.resources = 100_000
    expect([promises.isTooMuch(SECOND), resources.isTooMuch(SECOND)]).toEqual([false, true])
  })

  test('stays too much for a while after recording stopped, to prevent a restart that would stop at once', () => {
    const effort = new Effort(0)
    effort.stacks = 3000
    const stoppedUntil = 1.8 * SECOND
    expect(effort.isTooMuch(stoppedUntil)).toBe(false)
    expect(effort.isAffordable(stoppedUntil)).toBe(false)
    expect(effort.isAffordable(4 * SECOND)).toBe(true)
  })
})
