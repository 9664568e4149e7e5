// What our own commands take: how much later Jest's first test starts, and how soon a saved run is shown, exported and
// compared.

import { cpSync, existsSync, readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { largeSuite } from './support/large-suite.mjs'
import { measureCli } from './support/measure-cli.mjs'
import { interleavedPairs } from './support/pairs.mjs'
import { decimals, progress, withQuartiles } from './support/print.mjs'
import { createSuite, PROJECT } from './support/project.mjs'
import { UsageError } from './support/usage-error.mjs'

export const commands = {
  usage: '[<run folder>] [--pairs 11] [--runs 5]',
  summary: 'how much later the first test starts, and how long show, export and diff of a saved run take',
  options: { pairs: 11, runs: 5 },
  run,
}

const RUNS_OF_SIDE = 10

function run({ pairs, runs, positionals: [given], print }) {
  if (given !== undefined && !existsSync(join(given, 'recordings')))
    throw new UsageError(`bench: commands takes the folder of a saved run, got ${resolve(given)}`)
  print(measureStart(pairs))
  const suite = createSuite('commands', largeSuite())
  print(measureSaved(given === undefined ? recordedRun(suite) : resolve(given), { runs, suite }))
}

function measureStart(pairs) {
  const suite = createSuite('start', {
    'jest.config.cjs': 'module.exports = { transform: {} }\n',
    'start.test.js': `test('starts', () => {
  require('node:fs').writeFileSync(process.env.STARTED, String(performance.timeOrigin + performance.now()))
})
`,
  })
  const path = join(suite.directory, 'started')
  const profiler = join(PROJECT, 'node_modules/jest-profiler/build/cli.js')
  const startOf = options => () => {
    const before = performance.timeOrigin + performance.now()
    suite.jest([], { env: { STARTED: path }, ...options })
    return Number(readFileSync(path, 'utf8')) - before
  }
  const sides = { without: startOf({}), profiled: startOf({ script: profiler }) }
  for (const side of Object.values(sides)) side()
  const { without, profiled } = interleavedPairs(pairs, sides)
  const more = profiled.map((time, pair) => time - without[pair])
  return {
    title: 'commands: from the start of the process to that of the first test, ms',
    jestVersion: suite.jestVersion,
    notes: [`${pairs} interleaved pairs on one test in one file, in band; median (quartiles)`],
    columns: ['jest', 'jest-profiler', 'later, of each pair'],
    rows: [[without, profiled, more].map(times => withQuartiles(times, decimals(0)))],
  }
}

/** Records a run of the large suite and returns its folder. */
function recordedRun(suite) {
  progress('recording a run')
  for (let turn = 0; turn < 2; turn++) suite.jest(['--config=profiled.config.cjs', '-w', '2', '--silent'])
  return realpathSync(join(suite.directory, '.jest-profiler/latest'))
}

function measureSaved(folder, { runs, suite }) {
  const sides = ['base', 'head'].map(side => copies(folder, join(suite.directory, side)))
  const exported = join(suite.directory, 'exported')
  const all = [
    ['show', ['show', folder]],
    ['show --by function', ['show', folder, '--by', 'function']],
    ['show --by test --json', ['show', folder, '--by', 'test', '--json']],
    ...['html', 'pprof', 'cpuprofile'].map(format => [
      `export --format ${format}`,
      ['export', folder, '--format', format, '-o', exported],
    ]),
    [`diff, ${RUNS_OF_SIDE} runs a side`, ['diff', ...sides]],
  ]
  const rows = all.map(([name, args]) => {
    progress(name)
    const results = Array.from({ length: runs }, () => measureCli(args))
    const column = (read, format) => withQuartiles(results.map(read), format)
    return [
      name,
      column(({ wall }) => wall, decimals(2)),
      column(({ cpu }) => cpu, decimals(2)),
      column(({ peak }) => peak, decimals(0)),
    ]
  })
  const { totals, run: facts } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))
  return {
    title: `commands: a saved run of ${totals.testFiles} files and ${totals.tests} tests`,
    jestVersion: facts.jestVersion,
    notes: [`${runs} times each; median (quartiles)`, 'diff: of copies of that one run'],
    columns: ['', 'wall, s', 'CPU, s', 'peak memory, MiB'],
    rows,
  }
}

/** A folder of copies of a run. */
function copies(folder, into) {
  for (let copy = 0; copy < RUNS_OF_SIDE; copy++)
    for (const part of ['.jest-profiler-run', 'recordings'])
      cpSync(join(folder, part), join(into, `${basename(dirname(folder))}-${copy}`, part), {
        recursive: true,
      })
  return into
}
