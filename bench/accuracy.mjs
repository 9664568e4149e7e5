// How near the reported times are to the true ones: burns of CPU whose own durations the tests write down, under each
// transformer, in workers, worker threads and in band.

import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { printResult, progress, signedPercent, withQuartiles } from './support/print.mjs'
import { createSuite } from './support/project.mjs'
import { worst } from './support/statistics.mjs'

export const accuracy = {
  usage: '[--runs 5] [--burns 20]',
  summary: 'reported times against true ones, for each transformer and kind of worker',
  options: { runs: 5, burns: 20 },
  run,
}

const BURN_MS = 60
const INTERVAL_MICROS = 1000
const MODES = { workers: ['-w', '2'], 'worker threads': ['-w', '2', '--workerThreads'], 'in band': ['-i'] }
const TRANSFORMERS = ['babel-jest', 'ts-jest', '@swc/jest']

function run({ runs, burns }) {
  const suite = createSuite('accuracy', suiteFiles(burns))
  const measured = Object.entries(MODES).map(([mode, args]) => {
    const rows = []
    for (let index = 0; index < runs; index++) {
      progress(`${mode}, run ${index + 1} of ${runs}`)
      rows.push(...measureOnce(suite, args))
    }
    return { mode, rows }
  })
  printResult({
    title: 'accuracy: reported times against burns that the tests measured themselves',
    jestVersion: suite.jestVersion,
    notes: [
      `${burns} burns of ${BURN_MS} ms for each transformer in each of ${runs} runs, a sample every ${INTERVAL_MICROS} µs`,
      'errors relative to the burn: median (quartiles) and the farthest from zero',
    ],
    columns: ['transformer', 'tests run in', 'burns', 'function totalMs', 'worst', 'test wallMs', 'worst'],
    rows: TRANSFORMERS.flatMap(transformer =>
      measured.map(({ mode, rows }) => tableRow(transformer, mode, rows)),
    ),
  })
}

function tableRow(transformer, mode, measured) {
  const rows = measured.filter(({ project }) => project === transformer)
  const [total, wall] = ['total', 'wall'].map(key => rows.map(row => row[key] / row.burned - 1))
  const cells = [total, wall].flatMap(errors => [
    withQuartiles(errors, signedPercent),
    signedPercent(worst(errors)),
  ])
  return [transformer, mode, String(rows.length), ...cells]
}

/** A row for each burn: what the test measured, and what the report says of the test and of its hot function. */
function measureOnce(suite, args) {
  const folder = join(suite.directory, 'burned')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  suite.jest(args, { env: { BURNED: folder } })
  const { files, missing } = suite.report()
  if (missing.length > 0) throw new Error(`bench: not recorded: ${JSON.stringify(missing)}`)
  const tests = files.flatMap(({ project, tests: own }) => own.map(test => ({ project, ...test })))
  return readdirSync(folder).flatMap(project =>
    JSON.parse(readFileSync(join(folder, project), 'utf8')).map((burned, index) => {
      const test = tests.find(row => slug(row.project) === project && row.index === index)
      // A function that nobody saw took no time, as far as the report goes.
      const hot = test.hotspots.find(row => row.function === 'burn')
      return { project: test.project, burned, total: hot?.totalMs ?? 0, wall: test.wallMs }
    }),
  )
}

function slug(project) {
  return project.replaceAll(/\W/g, '')
}

function suiteFiles(burns) {
  return {
    'jest.config.cjs': `const { withProfiler } = require('jest-profiler')
const presets = [['@babel/preset-env', { targets: { node: 'current' } }], '@babel/preset-typescript']
const tsconfig = { target: 'es2022', module: 'commonjs', esModuleInterop: true, isolatedModules: true }
const parser = { syntax: 'typescript' }
const transformers = {
  'babel-jest': { configFile: false, presets },
  'ts-jest': { tsconfig, diagnostics: false },
  '@swc/jest': { jsc: { target: 'es2022', parser }, swcrc: false },
}
const projects = Object.entries(transformers).map(([name, options]) => ({
  displayName: name,
  transform: { '\\\\.ts$': [name, options] },
  globals: { PROJECT: name.replaceAll(/\\W/g, '') },
}))
module.exports = withProfiler({ projects }, { samplingIntervalMicros: ${INTERVAL_MICROS} })
`,
    'src/burn.ts': `export function burn(milliseconds: number): number {
  const end = performance.now() + milliseconds
  let sum = 0
  while (performance.now() < end) for (let i = 0; i < 1000; i++) sum += Math.sqrt(sum + i)
  return sum
}
`,
    // Written after the last test, so that no test's time has it.
    'test/burn.test.ts': `import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { burn } from '../src/burn'

declare const PROJECT: string
const burned: number[] = []

test.each(Array.from({ length: ${burns} }, (_, index) => index))('burn %i', () => {
  const before = process.hrtime.bigint()
  burn(${BURN_MS})
  burned.push(Number(process.hrtime.bigint() - before) / 1e6)
})

afterAll(() => writeFileSync(join(process.env.BURNED as string, PROJECT), JSON.stringify(burned)))
`,
  }
}
