import { describe, expect, test } from '@jest/globals'
import { Effort } from '../../../src/collect/waits/restraint.js'

const SECOND = 1_000_000

describe('the effort of recording waits', () => {
  test('is a matter of the time that has passed: what is too much at once is little in a minute', () => {
    const effort = new Effort(0)
    effort.calls = 1_000_000
    expect(effort.isTooMuch(SECOND)).toBe(true)
    expect(effort.isTooMuch(60 * SECOND)).toBe(false)
  })

  test('of an ordinary file is never too much', () => {
    const effort = new Effort(0)
    effort.calls = 20_000
    effort.stacks = 500
    expect(effort.isTooMuch(SECOND)).toBe(false)
  })

  test('of a resource of Node’s own is more than of a promise', () => {
    const [promises, resources] = [new Effort(0), new Effort(0)]
    promises.calls = 100_000
    resources.resources = 100_000
    expect([promises.isTooMuch(SECOND), resources.isTooMuch(SECOND)]).toEqual([false, true])
  })

  test('stays too much for a while after it was stopped, so that it is not taken up to be stopped at once', () => {
    const effort = new Effort(0)
    effort.stacks = 3000
    const stoppedUntil = 1.8 * SECOND
    expect(effort.isTooMuch(stoppedUntil)).toBe(false)
    expect(effort.isAffordable(stoppedUntil)).toBe(false)
    expect(effort.isAffordable(4 * SECOND)).toBe(true)
  })
})
