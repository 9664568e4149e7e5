import { describe, expect, test } from '@jest/globals'
import { packCalls } from '../../../src/formats/html/comparison-html.js'
import { CallsData } from '../../../src/page/comparison/comparison-data.js'
import { wholeWeight } from '../../support/all-samples.js'
import { drawnComparison } from '../../support/drawn-comparison.js'

const { calls } = drawnComparison({
  base: { text: 't0 t0 t0\nA  A  A\nB  C  D\nE' },
  head: { text: 't0 t0\nA  A\nB  F' },
  runs: 3,
})

const total = (weights: readonly number[]) => weights.reduce((sum, weight) => sum + weight, 0)

describe('packCalls', () => {
  test('packs calls that the page reads back unchanged', () => {
    const data = new CallsData(packCalls(calls))
    const byRun = new Array<number>(6).fill(0)
    const names = new Set<string>()
    data.eachSample({ phase: undefined, value: 'time' }, ({ stack, run, weight }) => {
      byRun[run] = (byRun[run] ?? 0) + weight / 1000
      names.add(data.frames[data.frameOf[stack] ?? -1]?.name ?? '')
    })
    expect(byRun).toEqual([300, 303, 306, 200, 202, 204])
    expect([...names].toSorted()).toEqual(['B', 'C', 'D', 'E', 'F'])
    expect([data.page.runs, data.page.intervalMicros, data.phases, data.page.cuts]).toEqual([
      { base: 3, head: 3 },
      10_000,
      ['tests'],
      [],
    ])
  })

  test.each([{ stacks: 2 }, { rows: 6 }])('keeps totals and reports folded calls with limits %j', bounds => {
    const packed = packCalls(calls, bounds)
    expect(total(packed.values.flatMap(({ weight }) => [...weight]))).toBe(wholeWeight(calls.profile))
    expect(packed.stacks.frame.length).toBeLessThan(calls.profile.stacks.frame.length)
    expect(packed.cuts).toEqual([expect.stringContaining('“(other)”')])
  })
})
