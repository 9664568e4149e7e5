import { describe, expect, test } from '@jest/globals'
import { sum } from 'd3-array'
import { functionRows, linesOfFile, ownersOf } from '../../src/page/data/functions.js'
import { pageOf } from '../support/page.js'
import { resolvedFromText, span } from '../support/recording.js'

const RECORDING = resolvedFromText(
  `
  0     1000  3000  4000
  load  A     idle  A
        A           B
        B
`,
  {
    header: { wallMicros: 6000 },
    tests: [span({ index: 0, start: 1000, end: 4000 }), span({ index: 1, start: 4000, end: 6000 })],
    ticks: { node: [4, 4], line: [7, 9], count: [1, 1] },
  },
)

test('Functions have self time and total time, which counts recursion once', () => {
  const { profile } = pageOf([RECORDING])
  expect(functionRows(profile).map(({ name, selfMs, totalMs }) => [name, selfMs, totalMs])).toEqual([
    ['B', 4, 4],
    ['load', 1, 1],
    ['A', 0, 4],
  ])
})

test('ownersOf returns the tests and phases in which a function spent time', () => {
  const { profile } = pageOf([RECORDING])
  const named = (name: string) => (frame: number) => profile.frames[frame]?.name === name
  const owners = (name: string) =>
    ownersOf(profile, named(name)).map(({ scope, selfMs, totalMs }) => [
      scope.test,
      scope.phase,
      selfMs,
      totalMs,
    ])
  expect(owners('B')).toEqual([
    [0, 'tests', 2, 2],
    [1, 'tests', 2, 2],
  ])
  expect(owners('load')).toEqual([[-1, 'other', 1, 1]])
})

describe('linesOfFile', () => {
  test('returns lines only for files whose source the page has', () => {
    const { profile } = pageOf([RECORDING], { 'src/B.js': 'source' })
    expect([...linesOfFile(profile, 'src/B.js').keys()].sort()).toEqual([7, 9])
    expect(sum(linesOfFile(profile, 'src/B.js').values())).toBeGreaterThan(0)
    expect(linesOfFile(pageOf([RECORDING]).profile, 'src/B.js').size).toBe(0)
  })
})
