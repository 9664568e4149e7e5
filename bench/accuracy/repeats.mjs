// Two runs of one suite against each other: how far the same figures differ, and how many differ by more than the errors
// that the product states for them.

import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { comparer } from '../support/compared-runs.mjs'
import { largeSuite } from '../support/large-suite.mjs'
import { decimals, progress } from '../support/print.mjs'
import { createSuite } from '../support/project.mjs'
import { median, quantile } from '../support/statistics.mjs'

/** The larger side's time in ms: below that, single samples decide. */
const BANDS = [
  { name: 'below 50 ms', least: 0, most: 50 },
  { name: '50 to 500 ms', least: 50, most: 500 },
  { name: 'from 500 ms', least: 500, most: Number.POSITIVE_INFINITY },
]

const FIGURES = [
  { table: 'functions', measure: 'self', name: 'self time of functions', bands: BANDS },
  { table: 'tests', measure: 'wall', name: 'wall time of tests' },
  { table: 'tests', measure: 'cpu', name: 'CPU time of tests' },
  { table: 'files', measure: 'wall', name: 'wall time of test files' },
  { table: 'phases', measure: 'wall', name: 'wall time of phases' },
  { table: 'modules', measure: 'self', name: 'self time of modules' },
]

export async function repeats(_suite, { runs }) {
  const suite = createSuite('accuracy-repeats', largeSuite())
  const once = () => {
    suite.jest(['--config=profiled.config.cjs', '-w', '2', '--silent'])
    return realpathSync(join(suite.directory, '.jest-profiler/latest'))
  }
  progress('repeats, warming up')
  once()
  const { figuresOf, compare } = await comparer()
  const pairs = []
  for (let index = 0; index < runs; index++) {
    progress(`repeats, pair ${index + 1} of ${runs}`)
    const [base, head] = [await figuresOf(once()), await figuresOf(once())]
    pairs.push(compare([base], [head]).tables)
  }
  const { run } = suite.report()
  return [
    {
      title: 'two runs of the same suite against each other',
      jestVersion: suite.jestVersion,
      notes: [
        `${runs} pairs of runs of 120 files and 1,300 tests, one right after the other, 2 workers, a sample every ${run.samplingIntervalMicros / 1000} ms`,
        'relative difference: either way, of the mean of both; 200 %: seen in one of the two alone',
        'outside: of the figures with a stated error those that differ by more than both errors together, of which one in twenty is to be expected; what the machine does is in no stated error',
      ],
      columns: ['', 'compared', 'median difference', '95th percentile', 'outside the stated error'],
      rows: FIGURES.flatMap(figure =>
        (figure.bands ?? [{ name: '', least: 0, most: Number.POSITIVE_INFINITY }]).map(band =>
          rowOf(figure, band, pairs),
        ),
      ),
    },
  ]
}

function rowOf({ table, measure, name }, band, pairs) {
  const rows = pairs
    .flatMap(tables => tables[table])
    .filter(row => row.measure === measure && row.base !== null && row.head !== null)
    .filter(({ base, head }) => {
      const larger = Math.max(base.medianMs, head.medianMs)
      return larger > 0 && larger >= band.least && larger < band.most
    })
  const differences = rows.map(({ base, head }) => {
    const mean = (base.medianMs + head.medianMs) / 2
    return Math.abs(head.medianMs - base.medianMs) / mean
  })
  const judged = rows.filter(({ verdict }) => /sampling error$/.test(verdict))
  const outside = judged.filter(({ verdict }) => verdict === 'beyond sampling error').length
  return [
    [name, band.name].filter(Boolean).join(', '),
    String(rows.length),
    percent(median(differences)),
    percent(quantile(differences, 0.95)),
    judged.length === 0 ? 'none is stated' : `${outside} (${percent(outside / judged.length)})`,
  ]
}

function percent(ratio) {
  return Number.isNaN(ratio) ? '' : `${decimals(1)(100 * ratio)} %`
}
