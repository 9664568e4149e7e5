import { describe, expect, test } from '@jest/globals'
import type { FailedModuleSum } from '../../../src/attribution/failed-modules.js'
import { failingModules } from '../../../src/findings/rules/failing-modules.js'
import { factsOf } from '../../support/facts.js'

const canvas: FailedModuleSum = {
  ...{ module: '/project/src/canvas.js', isResolved: true, tries: 422, micros: 3_000_000, files: 40 },
  ...{ importers: ['/project/src/chart.js', '/project/src/pdf.js'], error: 'No native build was found' },
}
const found = (...failedModules: FailedModuleSum[]) => failingModules(factsOf({ failedModules }))

describe('failingModules', () => {
  test('finds a module that throws in every attempt, with its attempts, importers and error', () => {
    expect(found(canvas)).toEqual([
      {
        id: 'failing-module:src/canvas.js',
        confidence: 'high',
        title: '`src/canvas.js` fails to load 422 times',
        evidence:
          'All attempts took 3.00 s in 40 test files, imported by `src/chart.js`, `src/pdf.js`: No native build was found',
        remedy: expect.stringContaining('Jest does not cache a module that threw'),
        costMs: 3000,
        savings: { files: new Map() },
      },
    ])
  })

  test('finds a module that cannot be resolved', () => {
    const missing = { ...canvas, module: 'bufferutil', isResolved: false, importers: [], error: '' }
    expect(found(missing)).toMatchObject([
      {
        id: 'failing-module:bufferutil',
        title: '`bufferutil` fails to resolve 422 times',
        evidence: 'All attempts took 3.00 s in 40 test files',
        remedy: expect.stringContaining('`moduleNameMapper`'),
      },
    ])
  })

  test('names three importers', () => {
    const importers = ['a', 'b', 'c', 'd'].map(name => `/project/${name}.js`)
    expect(found({ ...canvas, importers })[0]?.evidence).toContain('`a.js`, `b.js`, `c.js` and 1 more: No')
  })

  test('ignores one or two failures, which a test may intend', () => {
    expect(found({ ...canvas, tries: 2 })).toEqual([])
    expect(found({ ...canvas, tries: 3 })).toHaveLength(1)
  })
})
