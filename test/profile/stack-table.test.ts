import { describe, expect, test } from '@jest/globals'
import { StackTable } from '../../src/profile/code-tables.js'
import { type FrameIndex, NO_CALLER, type StackIndex } from '../../src/profile/profile.js'

const frame = (index: number) => index as FrameIndex

describe('StackTable', () => {
  test('numbers each pair of frame and caller once, in order of appearance', () => {
    const table = new StackTable()
    const outermost = table.intern(frame(3), NO_CALLER)
    const inner = table.intern(frame(5), outermost)
    expect([outermost, inner, table.intern(frame(3), NO_CALLER), table.intern(frame(5), outermost)]).toEqual([
      0, 1, 0, 1,
    ])
    expect([...table.columns.frame]).toEqual([3, 5])
    expect([...table.columns.caller]).toEqual([NO_CALLER, 0])
  })

  test('finds 50,000 stacks again after it has grown', () => {
    const table = new StackTable()
    const pairs = Array.from({ length: 50_000 }, (_, index) => ({
      frame: frame(index % 1000),
      caller: (Math.floor(index / 1000) - 1) as StackIndex,
    }))
    const first = pairs.map(pair => table.intern(pair.frame, pair.caller))
    expect(first).toEqual(pairs.map((_, index) => index))
    expect(pairs.map(pair => table.intern(pair.frame, pair.caller))).toEqual(first)
  })

  test('leaves columns that were read unchanged when stacks are added', () => {
    const table = new StackTable()
    table.intern(frame(1), NO_CALLER)
    const { frame: before } = table.columns
    table.intern(frame(2), NO_CALLER)
    expect([...before]).toEqual([1])
  })
})
