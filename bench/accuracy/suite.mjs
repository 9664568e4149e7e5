// The suite behind the tables of accuracy: tests write down what they measured themselves. What it runs with comes by
// environment variables: the interval, the engine, the transformer and the kind of modules.

import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createSuite } from '../support/project.mjs'
import { BURN_FILES } from './burn-files.mjs'
import { COLLECTION_FILES } from './collection-files.mjs'
import { HOOK_FILES } from './hook-files.mjs'
import { MODULE_FILES } from './module-files.mjs'
import { SLEEP_FILES } from './sleep-files.mjs'

/** What every table is measured with, but for the one thing that it varies. */
const BASE = {
  intervalMicros: 1000,
  engine: 'inspector',
  transformer: '@swc/jest',
  modules: 'CommonJS',
  mode: 'workers',
}

export const BASE_NOTE = `${BASE.transformer}, ${BASE.modules}, ${BASE.mode}, the ${BASE.engine}, a sample every ${BASE.intervalMicros / 1000} ms (what "auto" takes for less than 10 files), but where a row says otherwise`

const MODES = { workers: ['-w', '2'], 'worker threads': ['-w', '2', '--workerThreads'], 'in band': ['-i'] }

export function createAccuracySuite() {
  const suite = createSuite('accuracy', {
    'jest.config.cjs': CONFIG,
    'src/burn.ts': BURN,
    'src/truth.ts': TRUTH,
    'src/collections.ts': COLLECTIONS,
    ...BURN_FILES,
    ...SLEEP_FILES,
    ...COLLECTION_FILES,
    ...HOOK_FILES,
    ...MODULE_FILES,
  })
  return { ...suite, measure: (tests, variation) => measure(suite, tests, { ...BASE, ...variation }) }
}

/**
 * Runs the test files of the folder `tests` once. Returns the report, the run's folder and `truth`: by the path of each test file the rows
 * that it wrote down; and what Jest itself says of each file, in milliseconds.
 */
function measure(suite, tests, { intervalMicros, engine, transformer, modules, mode, waits = false }) {
  const folder = join(suite.directory, 'truth')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const env = {
    TRUTH: folder,
    INTERVAL: String(intervalMicros),
    ENGINE: engine,
    TRANSFORMER: transformer,
    MODULES: modules,
    WAITS: String(waits),
  }
  const results = join(suite.directory, 'results.json')
  const nodeArgs = modules === 'CommonJS' ? [] : ['--experimental-vm-modules', '--no-warnings']
  suite.jest([...MODES[mode], `test/${tests}/`, '--json', `--outputFile=${results}`], { env, nodeArgs })
  const report = suite.report()
  if (report.missing.length > 0) throw new Error(`bench: not recorded: ${JSON.stringify(report.missing)}`)
  const truth = readdirSync(folder).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  return {
    report,
    directory: realpathSync(join(suite.directory, '.jest-profiler/latest')),
    truth: new Map(truth.map(({ file, rows }) => [file, rows])),
    jest: timesOfJest(results),
  }
}

function timesOfJest(path) {
  const { testResults } = JSON.parse(readFileSync(path, 'utf8'))
  return new Map(testResults.map(({ name, startTime, endTime }) => [name, endTime - startTime]))
}

const CONFIG = `const { withProfiler } = require('jest-profiler')

const { TRANSFORMER, MODULES, INTERVAL, ENGINE, WAITS } = process.env
const isNative = MODULES !== 'CommonJS'
const presets = [
  ['@babel/preset-env', { targets: { node: 'current' }, ...(isNative ? { modules: false } : {}) }],
  '@babel/preset-typescript',
]
const module_ = isNative ? 'es2022' : 'commonjs'
const tsconfig = { target: 'es2022', module: module_, esModuleInterop: true, isolatedModules: true }
const transformers = {
  'babel-jest': { configFile: false, presets },
  'ts-jest': { tsconfig, diagnostics: false, useESM: isNative },
  '@swc/jest': { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, swcrc: false },
}
module.exports = withProfiler(
  {
    transform: { '\\\\.ts$': [TRANSFORMER, transformers[TRANSFORMER]] },
    ...(isNative ? { extensionsToTreatAsEsm: ['.ts'] } : {}),
  },
  { samplingIntervalMicros: Number(INTERVAL), engine: ENGINE, waits: WAITS === 'true', artifacts: ['json'] },
)
`

// The clock is read seldom, so that it takes no part worth mentioning of the function's own time.
const BURN = `export function burn(milliseconds: number): number {
  const end = performance.now() + milliseconds
  let sum = 0
  while (performance.now() < end) for (let i = 0; i < 1000; i++) sum += Math.sqrt(sum + i)
  return sum
}
`

const TRUTH = `import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Milliseconds since \`before\`. */
export function since(before: bigint): number {
  return Number(process.hrtime.bigint() - before) / 1e6
}

/** To be called when no test's time would have it. */
export function writeTruth(rows: unknown): void {
  const { testPath } = expect.getState()
  const file = relative(process.cwd(), testPath as string).replaceAll('\\\\', '/')
  writeFileSync(join(process.env.TRUTH as string, file.replaceAll(/\\W/g, '-') + '.json'), JSON.stringify({ file, rows }))
}
`

const COLLECTIONS = `import { PerformanceObserver } from 'node:perf_hooks'

/** Returns what Node has observed of garbage collection since the call, in milliseconds of performance.now(). */
export function collectionsFromNowOn() {
  const collections: { start: number; duration: number }[] = []
  const observer = new PerformanceObserver(list => {
    for (const { startTime, duration } of list.getEntries()) collections.push({ start: startTime, duration })
  })
  observer.observe({ entryTypes: ['gc'] })
  return async () => {
    // Node hands its entries out in later turns of the event loop.
    await new Promise(resolve => setTimeout(resolve, 100))
    observer.disconnect()
    return collections
  }
}
`
