import { describe, expect, test } from '@jest/globals'
import { contextDifferences, runContext } from '../../src/compare/context.js'
import type { TransformReport } from '../../src/report/account-reports.js'
import { drawnFigures } from '../support/drawn-figures.js'
import { reportOf, runRecord } from '../support/run-record.js'

const context = (given: Parameters<typeof drawnFigures>[0] = {}) => drawnFigures(given).context

describe('contextDifferences', () => {
  test('is empty for runs under the same conditions', () => {
    expect(contextDifferences([context(), context()], [context()])).toEqual([])
  })

  test('reports differences between the sides and within a side', () => {
    const other = context({ context: { Node: 'v24.0.0' } })
    expect(contextDifferences([context()], [other]).map(({ sentence }) => sentence)).toEqual([
      'Node: v22.0.0 in base, v24.0.0 in head',
    ])
    expect(contextDifferences([context(), other], [context(), other])).toEqual([
      {
        key: 'Node',
        base: ['v22.0.0', 'v24.0.0'],
        head: ['v22.0.0', 'v24.0.0'],
        sentence: 'Node: v22.0.0 and v24.0.0 mixed on both sides',
      },
    ])
  })
})

describe('runContext', () => {
  const transforms = (files: number, cacheMisses: number): TransformReport[] => [
    {
      transformer: 'babel-jest',
      extension: '.ts',
      files,
      cacheMisses,
      totalMs: 1,
      missMs: 1,
      loadMs: 0,
      missLoadMs: 0,
      uncached: 0,
    },
  ]
  const cacheOf = (files: number, cacheMisses: number) =>
    runContext({ ...reportOf([]), transforms: transforms(files, cacheMisses) }, runRecord())[
      "Jest's transform cache"
    ]

  test('calls a cache cold if more than 5 % of the files missed it', () => {
    expect([cacheOf(100, 5), cacheOf(100, 6), cacheOf(0, 0)]).toEqual(['warm', 'cold', 'warm'])
  })

  test('describes the conditions of a run as text', () => {
    expect(runContext(reportOf([]), runRecord())).toMatchObject({
      processor: 'Processor',
      platform: 'linux x64',
      'sampling interval': '1 ms',
      waits: 'not recorded',
      shard: 'none',
    })
  })
})
