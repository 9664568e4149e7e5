// What the profiler does between files and between tests: the time it takes to start and to end a recording, for a
// worker's first file and for those that follow, and at the boundary between two tests.

import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { decimals, progress } from './support/print.mjs'
import { createSuite } from './support/project.mjs'
import { recordingsOf } from './support/recordings.mjs'
import { median, quantile } from './support/statistics.mjs'

export const boundaries = {
  usage: '[--runs 3] [--files 24]',
  summary: 'time to start and end a recording, and at the boundary between two tests',
  options: { runs: 3, files: 24 },
  run,
}

/** Both ends of what `auto` chooses. */
const INTERVALS_MICROS = [1000, 10_000]
const TESTS = { light: 200, heavy: 10 }
const KINDS = ['light', 'heavy']
const SYNTHETIC_EVENTS = 100_000

async function run({ runs, files, print }) {
  const suite = createSuite('boundaries', suiteFiles(files))
  const rows = []
  for (const interval of INTERVALS_MICROS) rows.push(...(await realRows(suite, interval, runs)))
  print({
    title: "boundaries: the profiler's own work between files and between tests",
    jestVersion: suite.jestVersion,
    notes: [
      `${runs} runs at each interval, ${files} files over 2 workers: light ones of ${TESTS.light} tests, heavy ones of ${TESTS.heavy}`,
      'light files parse a line with Babel again and again, heavy ones transform a long script',
      'starting: until the base environment is built; ending: from its teardown until the recording is written',
      `a boundary: the events test_done and test_start; synthetic: ${SYNTHETIC_EVENTS} events in batches of ${BATCH_TESTS * EVENTS.length}`,
    ],
    columns: ['', 'count', 'median', '90th percentile'],
    rows: [...rows, ...(await syntheticRows())],
  })
}

async function realRows(suite, interval, runs) {
  const workers = []
  const recordings = []
  for (let index = 0; index < runs; index++) {
    progress(`${interval} µs, run ${index + 1} of ${runs}`)
    workers.push(...measureOnce(suite, interval))
    recordings.push(...(await recordingsOf(suite.latest)).values())
  }
  const first = workers.map(([file]) => file)
  const following = workers.flatMap(([, ...rest]) => rest)
  const at = `${interval / 1000} ms:`
  return [
    row(`${at} starting a worker's first recording, ms`, milliseconds(first, 'start'), 1),
    row(`${at} starting the next, ms`, milliseconds(following, 'start'), 2),
    row(`${at} ending a worker's first recording, ms`, milliseconds(first, 'end'), 1),
    ...KINDS.map(kind => {
      const files = following.filter(file => file.kind === kind)
      const name = `${at} ending the next, a ${kind} file's (${sizeOf(recordings, kind)}), ms`
      return row(name, milliseconds(files, 'end'), 2)
    }),
    ...KINDS.map(kind => {
      const files = workers.flat().filter(file => file.kind === kind)
      const boundaries = files.flatMap(({ events }) => eventsToBoundaries(events))
      return row(`${at} one boundary between tests of a ${kind} file, µs`, boundaries, 1)
    }),
    row(`${at} the same without us, µs: what measuring takes`, unprofiledBoundaries(suite, interval), 1),
  ]
}

function unprofiledBoundaries(suite, interval) {
  const workers = measureOnce(suite, interval, { WITHOUT_PROFILER: '1' })
  return workers.flat().flatMap(({ events }) => eventsToBoundaries(events))
}

function sizeOf(recordings, kind) {
  const own = recordings.filter(({ header }) => kindOf(header.testPath) === kind)
  const nodes = median(own.map(recording => recording.nodes.caller.length))
  const samples = median(own.map(recording => recording.samples.time.length))
  return `${Math.round(nodes)} nodes, ${Math.round(samples)} samples`
}

function kindOf(testPath) {
  return basename(testPath).split('-')[0]
}

function row(name, values, digits) {
  const format = decimals(digits)
  return [name, String(values.length), format(median(values)), format(quantile(values, 0.9))]
}

function milliseconds(files, key) {
  return files.map(file => file[key] / 1000)
}

function eventsToBoundaries(events) {
  const ends = events.filter(({ name }) => name === 'test_done')
  const starts = events.filter(({ name }) => name === 'test_start')
  return ends.slice(0, -1).map(({ micros }, index) => micros + starts[index + 1].micros)
}

/** For each worker the times of its files, in microseconds and in order. */
function measureOnce(suite, interval, env = {}) {
  const folder = join(suite.directory, 'times')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  suite.jest(['-w', '2'], { env: { TIMES: folder, INTERVAL: String(interval), ...env } })
  return readdirSync(folder).map(name => {
    const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n')
    return lines.map(line => JSON.parse(line)).map(file => ({ ...file, kind: kindOf(file.testPath) }))
  })
}

// The events of circus for a test without hooks, in their order.
const EVENTS = ['test_start', 'test_started', 'test_fn_start', 'test_fn_success', 'test_done']
const BATCH_TESTS = 20

async function syntheticRows() {
  const { FileLog } = await import('../.cache/modules/collect/file-log.js')
  const { reportEvent } = await import('../.cache/modules/jest/circus.js')
  const rootDescribeBlock = { type: 'describeBlock', name: 'ROOT', children: [] }
  const state = { rootDescribeBlock }
  // Without a config there is no Jest whose modules could be observed.
  const log = new FileLog({ testPath: '/a.test.js', projectConfig: {} }, { start: 0, recordWaits: false })
  reportEvent({ name: 'run_start' }, state, log)
  const perEvent = []
  const batches = SYNTHETIC_EVENTS / EVENTS.length / BATCH_TESTS
  for (let batch = 0; batch < batches; batch++) {
    const events = Array.from({ length: BATCH_TESTS }, (_, index) =>
      eventsOfTest(rootDescribeBlock, index),
    ).flat()
    const before = process.hrtime.bigint()
    for (const event of events) reportEvent(event, state, log)
    perEvent.push(Number(process.hrtime.bigint() - before) / 1000 / events.length)
  }
  return [
    row('synthetic: one event, µs', perEvent, 3),
    row(
      `synthetic: one test of ${EVENTS.length} events, µs`,
      perEvent.map(micros => micros * EVENTS.length),
      3,
    ),
  ]
}

function eventsOfTest(parent, index) {
  const test = { type: 'test', name: `test ${index}`, parent, concurrent: false, invocations: 1, errors: [] }
  return EVENTS.map(name => ({ name, test }))
}

function suiteFiles(files) {
  const tests = Array.from({ length: files }, (_, index) => {
    const kind = KINDS[index % KINDS.length]
    return [`test/${kind}-${index}.test.js`, TEST_FILES[kind]]
  })
  return {
    'jest.config.cjs': `const { withProfiler } = require('jest-profiler')
const config = withProfiler(
  { transform: {}, testEnvironment: '<rootDir>/base-environment.cjs' },
  { samplingIntervalMicros: Number(process.env.INTERVAL) },
)
module.exports = { ...config, testEnvironment: '<rootDir>/timed-environment.cjs' }
`,
    'base-environment.cjs': BASE_ENVIRONMENT,
    'timed-environment.cjs': TIMED_ENVIRONMENT,
    ...Object.fromEntries(tests),
  }
}

// The profiler stands between these two: what passes from the one's mark to the other's is its time. The base is
// loaded beforehand, which is Jest's work.
const BASE_ENVIRONMENT = `const { TestEnvironment } = require('jest-environment-node')

const marks = { constructed: 0n, tornDown: 0n, event: 0n }

module.exports = class extends TestEnvironment {
  static marks = marks
  constructor(config, context) {
    marks.constructed = process.hrtime.bigint()
    super(config, context)
  }
  handleTestEvent() {
    marks.event = process.hrtime.bigint()
  }
  async teardown() {
    await super.teardown()
    marks.tornDown = process.hrtime.bigint()
  }
}
`

const TIMED_ENVIRONMENT = `const { appendFileSync } = require('node:fs')
const { join } = require('node:path')
const { default: Profiled } = require('jest-profiler/environment')
const Base = require('./base-environment.cjs')
const { marks } = Base

const micros = (from, to) => Number(to - from) / 1000

module.exports = function TimedEnvironment(config, context) {
  const before = process.hrtime.bigint()
  const environment = process.env.WITHOUT_PROFILER ? new Base(config, context) : new Profiled(config, context)
  const start = micros(before, marks.constructed)
  const events = []
  const { handleTestEvent, teardown } = environment
  environment.handleTestEvent = (event, state) => {
    const sent = process.hrtime.bigint()
    const result = handleTestEvent.call(environment, event, state)
    events.push({ name: event.name, micros: micros(sent, marks.event) })
    return result
  }
  environment.teardown = async () => {
    await teardown.call(environment)
    const end = micros(marks.tornDown, process.hrtime.bigint())
    const line = JSON.stringify({ testPath: context.testPath, start, end, events })
    appendFileSync(join(process.env.TIMES, String(process.pid)), line + '\\n')
  }
  return environment
}
`

const TEST_FILES = {
  light: `const { parse } = require('@babel/parser')

for (let index = 0; index < ${TESTS.light}; index++) {
  test('parses ' + index, () => {
    for (let i = 0; i < 5; i++) parse('export const answer = (a, b) => a.b[c](...d) || { e: 42 }', { sourceType: 'module' })
  })
}
`,
  heavy: `const { readFileSync } = require('node:fs')
const { transformSync } = require('@babel/core')

const source = readFileSync(require.resolve('jest-circus/runner'), 'utf8')
const presets = [['@babel/preset-env', { targets: 'ie 11' }]]

for (let index = 0; index < ${TESTS.heavy}; index++) {
  test('transforms ' + index, () => {
    const { code } = transformSync(source, { configFile: false, babelrc: false, presets })
    expect(code.length).toBeGreaterThan(0)
  })
}
`,
}
