import { describe, expect, test } from '@jest/globals'
import { foldRecording } from '../../src/attribution/fold-recording.js'
import { ModuleTotals } from '../../src/attribution/module-totals.js'
import type { Table } from '../../src/compare/comparison.js'
import { runFigures } from '../../src/compare/run-figures.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { buildReport } from '../../src/report/build/build-report.js'
import { resolvedFromText, span } from '../support/recording.js'
import { fileRecord, recordedFile, runRecord } from '../support/run-record.js'

const MS = 1000

const recording = resolvedFromText(
  `
  0          20000 40000                60000
  load[jest] price price                idle
                   add[dependency:calc]
`,
  {
    header: { wallMicros: 100 * MS, testPath: '/project/cart.test.js', samplingIntervalMicros: 20 * MS },
    phases: [
      { phase: 'environment', start: 0 },
      { phase: 'framework', start: 5 * MS },
      { phase: 'imports', start: 10 * MS },
      { phase: 'other', start: 20 * MS },
    ],
    tests: [
      span({ index: 0, name: ['cart', 'adds'], start: 20 * MS, end: 50 * MS, status: 'failed' }),
      span({ index: 0, name: ['cart', 'adds'], start: 50 * MS, end: 90 * MS, attempt: 2, body: 'of adds' }),
      span({ index: 1, name: ['cart', 'later'], start: 90 * MS, end: 90 * MS, status: 'skipped' }),
    ],
    hooks: {
      definitions: [{ type: 'beforeEach', describe: ['cart'], site: -1 }],
      runs: { definition: [0], start: [20 * MS], end: [22 * MS], test: [0] },
    },
    modules: {
      path: ['/project/cart.test.js', '/project/src/cart.js'],
      transformers: [],
      loads: {
        ...{ module: [0, 1], importer: [-1, 0], within: [-1, 0] },
        ...{ start: [10 * MS, 12 * MS], end: [20 * MS, 18 * MS] },
        ...{ resolve: [0, 0], transform: [0, 0], compile: [0, 0] },
      },
      edges: { from: [0], to: [1] },
    },
  },
)

function figuresOf() {
  const builder = new ProfileBuilder()
  const totals = new ModuleTotals()
  foldRecording(builder, recording)
  totals.add(recording)
  const files = [recordedFile(recording), fileRecord({ path: '/project/lost.test.js', wallMs: 50 })]
  const record = runRecord({ files, modules: totals.modules })
  const profile = builder.build()
  return runFigures({ profile, record, report: buildReport(profile, record) })
}

function rowsOf(table: Table): string[] {
  return figuresOf().tables[table].map(({ entity, times }) => {
    const shown = Object.entries(times).map(([measure, { ms }]) => `${measure} ${ms}`)
    return [entity.file, ...entity.name, ...shown].filter(text => text !== '').join(' ')
  })
}

describe('runFigures', () => {
  test('returns the last attempt of a test, and no row for a test that did not run', () => {
    expect(rowsOf('tests')).toEqual(['cart.test.js cart adds wall 40 cpu 10'])
  })

  test('omits a file that was not recorded', () => {
    expect(rowsOf('files')).toEqual(['cart.test.js wall 100 cpu 60'])
  })

  test('returns every function of the profile with its sampling error', () => {
    const { functions } = figuresOf().tables
    expect(functions.map(({ entity, totalMs }) => `${entity.name} ${entity.category} ${totalMs}`)).toEqual(
      expect.arrayContaining(['price source 40', 'add dependency 20', 'load jest 20']),
    )
    const price = functions.find(({ entity }) => entity.name[0] === 'price')
    expect(price?.times.self).toEqual({ ms: 20, errorMs: 39.2 })
  })

  test('returns rows for packages, imports, hooks, phases and the run', () => {
    expect(rowsOf('packages')).toEqual(['calc self 20'])
    expect(rowsOf('modules')).toEqual(['cart.test.js self 4', 'src/cart.js self 6'])
    expect(rowsOf('hooks')).toEqual(['cart beforeEach wall 2 cpu 2'])
    expect(rowsOf('phases')).toContain('framework wall 5 cpu 5')
    expect(rowsOf('run')).toEqual(['run wall 1000', 'test files wall 100 cpu 60 blocked 0 idle 40 gc 0'])
    expect(figuresOf().framework).toEqual([{ file: 'cart.test.js\0', cpuMs: 5 }])
  })

  test('returns plain data', () => {
    expect(JSON.parse(JSON.stringify(figuresOf()))).toEqual(figuresOf())
  })
})

test('runFigures returns the hash of each test function, which identifies a renamed test', () => {
  expect(figuresOf().tables.tests.map(({ body }) => body)).toEqual(['of adds'])
})
