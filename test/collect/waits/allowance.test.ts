import { describe, expect, test } from '@jest/globals'
import { Allowance } from '../../../src/collect/waits/thinning.js'

function allowanceAt(rate: { atOnce: number; perMs: number }) {
  const clock = { now: 0 }
  const allowance = new Allowance(rate, () => clock.now)
  const taken = (asks: number) => Array.from({ length: asks }, () => allowance.take()).filter(Boolean).length
  return { clock, taken }
}

describe('Allowance', () => {
  test('grants a fixed number at once, and no more while time stands still', () => {
    const { taken } = allowanceAt({ atOnce: 5, perMs: 1 })
    expect(taken(1000)).toBe(5)
  })

  test('grants more with each millisecond', () => {
    const { clock, taken } = allowanceAt({ atOnce: 5, perMs: 0.5 })
    taken(100)
    clock.now = 8000
    expect(taken(100)).toBe(4)
  })

  test('never grants more at once, after any pause', () => {
    const { clock, taken } = allowanceAt({ atOnce: 5, perMs: 1 })
    taken(100)
    clock.now = 1e9
    expect(taken(100)).toBe(5)
  })
})
