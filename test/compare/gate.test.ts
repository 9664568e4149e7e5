import { describe, expect, test } from '@jest/globals'
import { compareRuns } from '../../src/compare/compare-runs.js'
import { gate } from '../../src/compare/gate.js'
import type { RunFigures } from '../../src/compare/run-figures.js'
import { drawnFigures, figure } from '../support/drawn-figures.js'

function runs(low: number, count = 10): RunFigures[] {
  return Array.from({ length: count }, (_, run) =>
    drawnFigures({
      id: `run ${run}`,
      startedAtMs: run,
      tables: { functions: [figure({ name: ['work'], category: 'source' }, { self: low + run })] },
    }),
  )
}

describe('The gate', () => {
  test('fails only on significant growth above its limit', () => {
    const comparison = compareRuns(runs(100), runs(120))
    expect(gate(comparison, 10)).toMatchObject({
      failed: true,
      rows: [{ entity: { name: ['work'] } }],
      sentence: '1 metric grew significantly by more than 10 %.',
    })
    expect(gate(comparison, 30)).toMatchObject({ failed: false, rows: [] })
  })

  test('passes on a decrease and on growth that may be noise', () => {
    expect(gate(compareRuns(runs(120), runs(100)), 0).failed).toBe(false)
    expect(gate(compareRuns(runs(100), runs(101)), 0).failed).toBe(false)
  })

  test('fails on growth from 0 for any limit', () => {
    const nothing = runs(0).map(run => ({ ...run, tables: { ...run.tables, functions: [] } }))
    expect(gate(compareRuns(nothing, runs(100)), 1000).failed).toBe(true)
  })

  test('passes with three runs per side and reports that it was not checked', () => {
    expect(gate(compareRuns(runs(100, 3), runs(900, 3)), 10)).toEqual({
      failed: false,
      rows: [],
      sentence: 'The limit of 10 % was not checked: four runs per side are needed to tell growth from noise.',
    })
  })
})
