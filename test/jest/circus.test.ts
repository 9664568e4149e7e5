import { describe, expect, test } from '@jest/globals'
import { wrapFunction } from '../../src/jest/circus.js'

describe('wrapFunction', () => {
  test('calls the function within the other, with its receiver, its arguments and its result', () => {
    const calls: string[] = []
    function fn(this: string, ...args: number[]) {
      calls.push('fn')
      return `${this}: ${args.join()}`
    }
    const wrapped = wrapFunction(fn, call => {
      calls.push('before')
      try {
        return call()
      } finally {
        calls.push('after')
      }
    })
    expect(wrapped.call('me', 1, 2)).toBe('me: 1,2')
    expect(calls).toEqual(['before', 'fn', 'after'])
  })

  test('errors are the function’s own', () => {
    const error = new Error('no')
    const wrapped = wrapFunction(
      () => {
        throw error
      },
      call => call(),
    )
    expect(wrapped).toThrow(error)
  })

  test('it takes as many arguments and has the name that it had', () => {
    const fn = function waits(_done: () => void) {}
    const { length, name } = wrapFunction(fn, call => call())
    expect([length, name]).toEqual([1, 'waits'])
    expect(
      wrapFunction(
        async () => undefined,
        call => call(),
      ),
    ).toHaveLength(0)
  })

  test('a generator, and what is no function, stay as they are', () => {
    const generator = function* () {}
    for (const given of [generator, undefined, null]) expect(wrapFunction(given, call => call())).toBe(given)
  })
})
