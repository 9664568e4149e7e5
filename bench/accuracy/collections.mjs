// Allocations: garbage collection in tests against what Node's own observer saw of it, and the growth of the heap from a
// test's start to its end against what the test allocated and kept.

import { join } from 'node:path'
import { decimals, progress, signedDecimals, signedPercent, withQuartiles } from '../support/print.mjs'
import { recordingsOf } from '../support/recordings.mjs'
import { worst } from '../support/statistics.mjs'
import { KINDS, MEGABYTES, REPETITIONS } from './collection-files.mjs'
import { sumError, withinStated } from './stated.mjs'
import { BASE_NOTE } from './suite.mjs'

const INTERVALS_MS = [1, 10]
const OBJECTS = 'objects'

export async function collections(suite, { runs }) {
  const measured = []
  for (const interval of INTERVALS_MS) {
    const rows = []
    for (let index = 0; index < runs; index++) {
      progress(`collections, ${interval} ms, run ${index + 1} of ${runs}`)
      rows.push(...(await testsOf(suite.measure('collections', { intervalMicros: 1000 * interval }))))
    }
    measured.push({ interval, rows })
  }
  const count = `${runs} runs, each kind and amount ${REPETITIONS} times in each of 2 files; ${BASE_NOTE}`
  return [collectionTable(measured, count), heapTable(measured, count)]
}

function collectionTable(measured, count) {
  return {
    title: "allocations: garbage collection of tests against Node's PerformanceObserver",
    notes: [
      count,
      'small objects, all of them kept; errors in ms, reported less observed: median (quartiles), the farthest from zero, and all together',
      'V8 also marks and sweeps in small steps which its observers are not told of: that part of `gcMs` is apart',
      'in ±: how many of the others lie within the `gcUncertaintyMs` that the report states',
    ],
    columns: [
      ...['sample every', 'objects', 'tests', 'observed'],
      ...['gcMs, observed part', 'farthest', 'all together', 'in ±', 'other part'],
    ],
    rows: measured.flatMap(({ interval, rows }) =>
      MEGABYTES.map(megabytes => {
        const own = rows.filter(row => row.kind === OBJECTS && row.megabytes === megabytes)
        return [`${interval} ms`, `${megabytes} MB`, ...collectionCells(own)]
      }),
    ),
  }
}

function collectionCells(rows) {
  const errors = rows.map(({ inside, observed }) => inside - observed)
  const sumOf = key => decimals(0)(rows.reduce((sum, row) => sum + row[key], 0))
  const together = sumError(
    rows,
    ({ inside }) => inside,
    ({ observed }) => observed,
  )
  return [
    String(rows.length),
    `${sumOf('observed')} ms`,
    withQuartiles(errors, signedDecimals(2)),
    signedDecimals(1)(worst(errors)),
    signedPercent(together),
    withinStated(rows.map(({ inside, observed, uncertainty }) => [inside - observed, uncertainty])),
    `${sumOf('outside')} ms`,
  ]
}

function heapTable(measured, count) {
  const rows = measured.flatMap(({ rows: own }) => own)
  return {
    title: 'allocations: growth of the heap from the start of a test to its end',
    notes: [
      count,
      'in MB: median (quartiles); what a collection frees meanwhile is taken off; an object has some 50 bytes, which is not exact',
    ],
    columns: ['kept', 'tests', 'growth'],
    rows: KINDS.flatMap(kind =>
      MEGABYTES.map(megabytes => {
        const own = rows.filter(row => row.kind === kind && row.megabytes === megabytes)
        return [
          `${kind} of ${megabytes} MB`,
          String(own.length),
          withQuartiles(
            own.map(({ growth }) => growth / 1e6),
            decimals(1),
          ),
        ]
      }),
    ),
  }
}

async function testsOf({ report, truth, directory }) {
  const recordings = await recordingsOf(directory)
  return report.files.flatMap(file => {
    const { kind, tests, collections: observed } = truth.get(file.path)
    const recording = recordings.get(join(report.run.rootDir, file.path))
    const spans = tests.map((_, index) => recording.tests.find(row => row.index === index))
    // What the tests' clock is ahead of the recording's: a test's function starts right after the test does.
    const ahead = Math.min(...tests.map(({ start }, index) => start - spans[index].start / 1000))
    const samples = collectionSamples(recording).map(({ from, to }) => ({
      from: from + ahead,
      to: to + ahead,
    }))
    return tests.map(({ megabytes, start, end }, index) => {
      const { gcMs, gcUncertaintyMs, startedAtMs, wallMs } = file.tests.find(row => row.index === index)
      const own = observed.filter(entry => entry.start >= start && entry.start < end)
      const inside = samples
        .filter(({ from }) => own.some(entry => isWithin(from, entry)))
        // A sample may last beyond the test.
        .reduce((sum, { from, to }) => sum + Math.min(to, spans[index].end / 1000 + ahead) - from, 0)
      return {
        ...{ kind, megabytes, inside, outside: gcMs - inside, uncertainty: gcUncertaintyMs },
        observed: own.reduce((sum, { duration }) => sum + duration, 0),
        growth: heapAt(file, startedAtMs + wallMs) - heapAt(file, startedAtMs),
      }
    })
  })
}

/** Both clocks are told apart to within so many milliseconds. */
const TOLERANCE_MS = 0.3

function isWithin(moment, { start, duration }) {
  return moment >= start - TOLERANCE_MS && moment < start + duration + TOLERANCE_MS
}

/** Milliseconds since the start of the recording; a sample lasts until the next one. */
function collectionSamples({ samples, nodes, frames, header }) {
  return samples.node.flatMap((node, index) => {
    if (frames[nodes.frame[node]].category !== 'gc') return []
    const to = samples.time[index + 1] ?? header.wallMicros
    return [{ from: samples.time[index] / 1000, to: to / 1000 }]
  })
}

/** Bytes, by the reading that is nearest to that moment. */
function heapAt({ heap }, moment) {
  const distances = heap.atMs.map(time => Math.abs(time - moment))
  return heap.usedBytes[distances.indexOf(Math.min(...distances))]
}
