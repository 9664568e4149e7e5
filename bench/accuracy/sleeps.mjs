// Sleeps: the idle time of a test, and what of it is booked to the line of its timer, against what the test measured.

import { progress } from '../support/print.mjs'
import { errorCells } from './error-cells.mjs'
import { LENGTHS_MS, lineOf, REPETITIONS } from './sleep-files.mjs'
import { withinStated } from './stated.mjs'
import { BASE_NOTE } from './suite.mjs'

const INTERVALS_MS = [1, 10]

export function sleeps(suite, { runs }) {
  const measured = INTERVALS_MS.map(interval => {
    const [rows, waits] = [[], []]
    for (let index = 0; index < runs; index++) {
      progress(`sleeps, ${interval} ms, run ${index + 1} of ${runs}`)
      const run = suite.measure('sleeps', { intervalMicros: 1000 * interval, waits: true })
      rows.push(...sleepsOf(run))
      waits.push(...waitsOf(run))
    }
    return { interval, rows, waits }
  })
  return [
    {
      title: 'sleeps: idle time of tests, and of the waits at the line of their timer',
      notes: [
        `${runs} runs, each length ${REPETITIONS} times in each of 2 files; \`waits\` on; ${BASE_NOTE}`,
        'errors in ms, reported less measured: median (quartiles), and the farthest from zero; all together: of the sum',
        'in ±: how many lie within the `uncertaintyMs` that the report states for their test',
        `wait at its line: one figure for the ${REPETITIONS} sleeps of each file; errors of their sum`,
        "measured: the time from before the timer until after it, less what Node's observer saw of garbage collection meanwhile",
        'each test also burns 3 to 13 ms before and after its sleep',
      ],
      columns: [
        'sample every',
        'sleep',
        'sleeps',
        ...cellNames('idle'),
        'in ±',
        ...cellNames('wait at its line'),
      ],
      rows: measured.flatMap(({ interval, rows, waits }) =>
        LENGTHS_MS.map(length => {
          const own = rows.filter(row => row.length === length)
          const within = withinStated(own.map(row => [row.reported - row.slept, row.uncertainty]))
          const waited = cellsOf(waits.filter(row => row.length === length))
          return [`${interval} ms`, `${length} ms`, String(own.length), ...cellsOf(own), within, ...waited]
        }),
      ),
    },
  ]
}

const cellNames = name => [name, 'farthest', 'all together']

function cellsOf(rows) {
  return errorCells(
    rows.map(({ reported, slept }) => [reported, slept]),
    2,
  )
}

/** A row for each test. */
function sleepsOf({ report, truth }) {
  return report.files.flatMap(file =>
    truth.get(file.path).map(({ milliseconds, slept }, index) => {
      const { idleMs, uncertaintyMs } = file.tests.find(row => row.index === index)
      return { length: milliseconds, slept, reported: idleMs, uncertainty: uncertaintyMs }
    }),
  )
}

/** A row for each file and length. */
function waitsOf({ report, truth }) {
  const sum = amounts => amounts.reduce((total, amount) => total + amount, 0)
  return report.files.flatMap(({ path }) =>
    LENGTHS_MS.map(length => {
      const sleeps = truth.get(path).filter(({ milliseconds }) => milliseconds === length)
      const waits = report.waits.filter(
        ({ stack: [call] }) => call?.file === path && call.line === lineOf(length),
      )
      return {
        length,
        slept: sum(sleeps.map(({ slept }) => slept)),
        reported: sum(waits.map(({ totalMs }) => totalMs)),
      }
    }),
  )
}
