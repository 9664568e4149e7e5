import { describe, expect, test } from '@jest/globals'
import { Thinning } from '../../../src/collect/waits/thinning.js'

class Request {}
class Timer {}

function thinned(requests: number, isAffordable = () => true) {
  const thinning = new Thinning<string>(() => 0, isAffordable, { atOnce: 30, perMs: 1 })
  for (let index = 0; index < requests; index++)
    thinning.keep('FSREQCALLBACK', new Request(), () => `request ${index}`)
  return thinning
}

describe('Thinning', () => {
  test('keeps a limited number of each type, and counts all', () => {
    const thinning = thinned(200_000)
    expect(thinning.thinned()).toEqual([{ type: 'FSREQCALLBACK', created: 200_000, kept: 30 }])
  })

  test('keeps the first of each type, and some in each test, even where more cannot be afforded', () => {
    const thinning = thinned(200_000, () => false)
    expect(thinning.thinned()).toEqual([{ type: 'FSREQCALLBACK', created: 200_000, kept: 20 }])
    thinning.assureStacks()
    const kept = [1, 2, 3].map(time => thinning.keep('FSREQCALLBACK', new Request(), () => `again ${time}`))
    expect(kept).toEqual(['again 1', 'again 2', undefined])
  })

  test('creates no entry for a resource that it leaves out', () => {
    const thinning = thinned(30)
    const make = () => {
      throw new Error('made')
    }
    expect(thinning.keep('FSREQCALLBACK', new Request(), make)).toBeUndefined()
  })

  test('keeps one more for each that was waited for', () => {
    const thinning = thinned(200)
    thinning.waitedFor('FSREQCALLBACK')
    const kept = [1, 2].map(time => thinning.keep('FSREQCALLBACK', new Request(), () => `again ${time}`))
    expect(kept).toEqual(['again 1', undefined])
  })

  test('limits each type separately', () => {
    const thinning = thinned(200_000)
    expect(thinning.keep('Timeout', new Timer(), () => 'timer')).toBe('timer')
    expect(thinning.thinned().map(({ type }) => type)).toEqual(['FSREQCALLBACK'])
  })

  test('represents left-out resources by the latest kept one of their type', () => {
    expect(thinned(31).standIn(new Request())).toBe('request 29')
  })

  test('represents no resource of a type that was never thinned or is unknown', () => {
    const thinning = thinned(31)
    thinning.keep('HTTPINCOMINGMESSAGE', {}, () => 'message')
    expect(thinning.standIn(new Timer())).toBeUndefined()
    expect(thinning.standIn({})).toBeUndefined()
  })
})
