// Whether a worker's memory grows with the number of its test files because of the profiler: after each file the
// collector is run and what is in use written down; the growth per file is the slope of these.

import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { interleavedPairs } from './support/pairs.mjs'
import { decimals, withQuartiles } from './support/print.mjs'
import { createSuite } from './support/project.mjs'
import { slope } from './support/statistics.mjs'

export const memory = {
  usage: '[--pairs 3] [--files 400]',
  summary: "growth of a worker's memory with each test file, with and without the profiler",
  options: { pairs: 3, files: 400 },
  run,
}

/** Not part of the slope: caches fill and code is compiled while a worker is new. */
const WARM_UP = 0.5
const KIBIBYTE = 1024

function run({ pairs, files, print }) {
  const suite = createSuite('memory', suiteFiles(files))
  const sides = { without: () => measureOnce(suite, 'plain'), profiled: () => measureOnce(suite, 'profiled') }
  const results = interleavedPairs(pairs, sides)
  const workers = { without: results.without.flat(), profiled: results.profiled.flat() }
  print({
    title: 'memory: growth of a worker with each test file',
    jestVersion: suite.jestVersion,
    notes: [
      `${pairs} interleaved pairs of runs, ${files} test files over 2 workers, so some ${files / 2} to each`,
      `growth in KiB per file by linear regression over the second half of its files; median (quartiles) of ${workers.without.length} workers`,
      'measured after two full collections, as the next file begins',
    ],
    columns: ['', 'without', 'profiled'],
    rows: [
      tableRow('heap used, KiB per file', workers, ({ heapUsed }) => growth(heapUsed), decimals(2)),
      tableRow('resident set, KiB per file', workers, ({ rss }) => growth(rss), decimals(2)),
      tableRow(
        'heap used at the end, MiB',
        workers,
        ({ heapUsed }) => mebibytes(heapUsed.at(-1)),
        decimals(1),
      ),
      tableRow('resident set at the end, MiB', workers, ({ rss }) => mebibytes(rss.at(-1)), decimals(1)),
    ],
  })
}

function tableRow(name, { without, profiled }, read, format) {
  return [name, ...[without, profiled].map(workers => withQuartiles(workers.map(read), format))]
}

function growth(values) {
  return slope(values.slice(Math.floor(values.length * WARM_UP))) / KIBIBYTE
}

function mebibytes(bytes) {
  return bytes / KIBIBYTE / KIBIBYTE
}

/** The columns of each worker. */
function measureOnce(suite, config) {
  const folder = join(suite.directory, 'memory')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const args = [`--config=${config}.config.cjs`, '-w', '2', '--silent']
  suite.jest(args, { nodeArgs: ['--expose-gc'], env: { MEMORY: folder } })
  return readdirSync(folder).map(name => {
    const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n')
    const rows = lines.map(line => JSON.parse(line))
    return { heapUsed: rows.map(({ heapUsed }) => heapUsed), rss: rows.map(({ rss }) => rss) }
  })
}

function suiteFiles(files) {
  const tests = Array.from({ length: files }, (_, index) => [`test/file-${index}.test.js`, testFile(index)])
  return {
    'plain.config.cjs': `module.exports = { transform: {}, testEnvironment: '<rootDir>/environment.cjs' }\n`,
    'profiled.config.cjs': `const { withProfiler } = require('jest-profiler')
module.exports = withProfiler(require('./plain.config.cjs'))
`,
    // In the constructor, because by then Jest and the profiler have released the previous file.
    'environment.cjs': `const { appendFileSync } = require('node:fs')
const { join } = require('node:path')
const { TestEnvironment } = require('jest-environment-node')

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    global.gc()
    global.gc()
    const line = JSON.stringify(process.memoryUsage())
    appendFileSync(join(process.env.MEMORY, String(process.pid)), line + '\\n')
    super(config, context)
  }
}
`,
    'src/sort.js': `exports.sort = items => [...items].sort((a, b) => String(a).localeCompare(String(b)))\n`,
    ...Object.fromEntries(tests),
  }
}

function testFile(index) {
  return `const { sort } = require('../src/sort')

describe('file ${index}', () => {
  for (let length = 0; length < 10; length++) {
    test('sorts ' + length, () => {
      const items = Array.from({ length: 100 * length }, (_, item) => item * ${index + 7} % 101)
      expect(sort(items)).toHaveLength(items.length)
    })
  }
})
`
}
