// What profiling costs where it weighs most: one file of many tests that do nothing.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { increases, interleavedPairs } from './support/pairs.mjs'
import { decimals, samplingText, signedPercent, withQuartiles } from './support/print.mjs'
import { createSuite } from './support/project.mjs'

export const trivialTests = {
  usage: '[--pairs 11] [--tests 200] [--interval 5000] [--engine inspector]',
  summary: 'one file of tests that do nothing; with --interval 100000, what profiling costs without sampling',
  options: { pairs: 11, tests: 200, interval: 5000, engine: 'inspector' },
  run,
}

function run({ pairs, tests, interval, engine, print }) {
  const suite = createSuite('trivial-tests', suiteFiles({ tests, interval, engine }))
  const samplingIntervalMicros = engine === 'none' ? null : interval
  const sides = { without: () => measureOnce(suite, 'plain'), profiled: () => measureOnce(suite, 'profiled') }
  // Fills the transform caches, which the two configs do not share.
  for (const side of Object.values(sides)) side()
  const results = interleavedPairs(pairs, sides)
  print({
    part: engine === 'none' ? 'engine none' : undefined,
    title: `trivial-tests: ${tests} tests that do nothing, in one file${engine === 'none' ? ', engine none' : ''}`,
    jestVersion: suite.jestVersion,
    notes: [
      `${pairs} interleaved pairs in band, ${samplingText({ samplingIntervalMicros })}; median (quartiles)`,
      'CPU: user and system time of the whole `jest` process; the file: from its import to its last test, without environment',
    ],
    columns: ['', 'without', 'profiled', 'increase of each pair'],
    rows: [
      tableRow('CPU, s', results, ({ cpu }) => cpu, decimals(3)),
      tableRow('wall, s', results, ({ wall }) => wall, decimals(3)),
      tableRow('the file, ms', results, ({ fileMs }) => fileMs, decimals(0)),
    ],
  })
}

function tableRow(name, results, read, format) {
  const sides = [results.without, results.profiled].map(side => withQuartiles(side.map(read), format))
  return [name, ...sides, withQuartiles(increases(results, read), signedPercent)]
}

function measureOnce(suite, config) {
  const path = join(suite.directory, 'result.json')
  const { cpu, wall } = suite.jest([`--config=${config}.config.cjs`, '--json', `--outputFile=${path}`])
  const [{ startTime, endTime }] = JSON.parse(readFileSync(path, 'utf8')).testResults
  return { cpu, wall, fileMs: endTime - startTime }
}

function suiteFiles({ tests, interval, engine }) {
  return {
    'plain.config.cjs': 'module.exports = {}\n',
    'profiled.config.cjs': `const { withProfiler } = require('jest-profiler')
module.exports = withProfiler({}, { engine: '${engine}', samplingIntervalMicros: ${interval} })
`,
    'trivial.test.js': `test.each(Array.from({ length: ${tests} }, (_, index) => index))('test %i', index => {
  expect(index).toBe(index)
})
`,
  }
}
