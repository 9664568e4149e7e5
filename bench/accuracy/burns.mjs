// Burns of CPU: the time of the function that burns, and the wall, CPU and idle time of its test, against what the test
// measured; first by interval and length, then along every other dimension.

import { join } from 'node:path'
import { progress, signedDecimals, withQuartiles } from '../support/print.mjs'
import { ROOT } from '../support/project.mjs'
import { worst } from '../support/statistics.mjs'
import { addonOf } from './addon.mjs'
import { LENGTHS_MS, REPETITIONS } from './burn-files.mjs'
import { errorCells } from './error-cells.mjs'
import { withinStated } from './stated.mjs'
import { BASE_NOTE } from './suite.mjs'

const INTERVALS_MS = [1, 5, 10]
/** One dimension at a time: the cross product would take hours, and say no more. */
const VARIATIONS = {
  'the base': {},
  'v8-profiler-next': { engine: 'v8-profiler-next' },
  'babel-jest': { transformer: 'babel-jest' },
  'ts-jest': { transformer: 'ts-jest' },
  'native ES modules': { modules: 'native' },
  'worker threads': { mode: 'worker threads' },
  'in band': { mode: 'in band' },
}

export async function burns(suite, { runs }) {
  const { samplingError } = await import(
    join(ROOT, '.cache/modules/compare/statistics/normal-distribution.js')
  )
  const measure = (name, variation) => {
    const rows = []
    for (let index = 0; index < runs; index++) {
      progress(`burns, ${name}, run ${index + 1} of ${runs}`)
      rows.push(...burnsOf(suite.measure('burns', variation), samplingError))
    }
    return rows
  }
  const byInterval = INTERVALS_MS.map(interval => ({
    interval,
    rows: measure(`${interval} ms`, { intervalMicros: 1000 * interval }),
  }))
  const addon = addonOf(suite)
  const varied = Object.entries(VARIATIONS)
    .filter(([, { engine }]) => engine === undefined || addon.isLoaded)
    .map(([name, variation]) => ({
      name,
      // The base has been measured.
      rows: name === 'the base' ? (byInterval[0]?.rows ?? []) : measure(name, variation),
    }))
  return [intervalTable(byInterval, runs), variationTable(varied, { runs, addon })]
}

const NOTES = [
  'errors in ms, reported less measured: median (quartiles), and the farthest from zero; all together: of the sum over all burns',
  'in ±: how many of the functions lie within the error that `diff` states for them, and of the idle times, of which a burn has none, within `uncertaintyMs`',
  "a test's wall and CPU time are longer than its burn by what Jest does within it",
]

function intervalTable(measured, runs) {
  return {
    title: 'burns, by interval and length',
    notes: [`${runs * REPETITIONS} burns of each length at each interval; ${BASE_NOTE}`, ...NOTES],
    columns: ['sample every', 'burn', 'burns', ...FUNCTION_COLUMNS, ...TEST_COLUMNS],
    rows: measured.flatMap(({ interval, rows }) =>
      LENGTHS_MS.map(length => {
        const own = rows.filter(row => row.length === length)
        return [
          `${interval} ms`,
          `${length} ms`,
          String(own.length),
          ...functionCells(own),
          ...testCells(own),
        ]
      }),
    ),
  }
}

function variationTable(measured, { runs, addon }) {
  return {
    title: 'burns, by engine, transformer, modules and kind of worker',
    notes: [
      `${runs * REPETITIONS} burns of each of ${LENGTHS_MS.join(', ')} ms; ${BASE_NOTE}`,
      ...NOTES,
      ...(addon.isLoaded ? [] : [`v8-profiler-next is left out: ${addon.reason}`]),
    ],
    columns: ['', 'burns', ...FUNCTION_COLUMNS, ...TEST_COLUMNS],
    rows: measured.map(({ name, rows }) => [
      name,
      String(rows.length),
      ...functionCells(rows),
      ...testCells(rows),
    ]),
  }
}

const FUNCTION_COLUMNS = ['function', 'farthest', 'all together', 'in ±']
const TEST_COLUMNS = ['test wall', 'farthest', 'test CPU', 'farthest', 'idle in ±']

function functionCells(rows) {
  return [
    ...errorCells(
      rows.map(({ total, burned }) => [total, burned]),
      2,
    ),
    withinStated(rows.map(({ total, burned, totalError }) => [total - burned, totalError])),
  ]
}

function testCells(rows) {
  const cells = ['wall', 'cpu'].flatMap(key => {
    const errors = rows.map(row => row[key] - row.burned)
    return [withQuartiles(errors, signedDecimals(2)), signedDecimals(1)(worst(errors))]
  })
  return [...cells, withinStated(rows.map(({ idle, uncertainty }) => [idle, uncertainty]))]
}

/** A row for each burn: what the test measured, and what the report says. */
function burnsOf({ report, truth }, samplingError) {
  const interval = report.run.samplingIntervalMicros / 1000
  return report.files.flatMap(file =>
    truth.get(file.path).map(({ milliseconds, burned }, index) => {
      const test = file.tests.find(row => row.index === index)
      // A function without a sample took no time, as far as the report knows.
      const hot = test.hotspots.find(row => row.function === 'burn')
      const total = hot?.totalMs ?? 0
      return {
        length: milliseconds,
        burned,
        total,
        totalError: samplingError(total, hot?.sampleCount ?? 0, interval),
        wall: test.wallMs,
        cpu: test.cpuMs,
        idle: test.idleMs,
        uncertainty: test.uncertaintyMs,
      }
    }),
  )
}
