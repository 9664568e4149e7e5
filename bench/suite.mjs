// What profiling costs a real suite: any folder with Jest, with and without the profiler at its defaults; what recording waits
// adds to that; or the floor, what V8's profiler costs when nobody reads its profile. Nothing is written into the folder: caches and runs go to a temporary one.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { measure, measureOnCore } from './support/commands.mjs'
import { increases, interleavedPairs, simultaneousPairs } from './support/pairs.mjs'
import { decimals, progress, samplingText, signedPercent, withQuartiles } from './support/print.mjs'
import { nameOfSuite, ROOT } from './support/project.mjs'
import { UsageError } from './support/usage-error.mjs'

export const suite = {
  usage:
    '<folder> [--pairs 11] [--config <path>] [--compare profiler|waits|floor] [--engine inspector] [--pairing interleaved|simultaneous] [-- <Jest arguments>]',
  summary:
    'what profiling costs a suite: pairs of runs with and without jest-profiler at its defaults, or with a V8 profile alone',
  options: { pairs: 11, config: undefined, compare: 'profiler', engine: 'inspector', pairing: 'interleaved' },
  run,
}

/** What the second side is, by what is compared. */
const COMPARED = { profiler: 'profiled', waits: 'with waits', floor: 'live V8 profile' }

async function run({ pairs, config, compare, engine, pairing, positionals: [folder], jestArgs, print }) {
  if (folder === undefined) throw new UsageError('bench: suite needs the folder of a suite with Jest')
  if (!Object.hasOwn(COMPARED, compare))
    throw new UsageError(
      `bench: --compare must be one of ${Object.keys(COMPARED).join(', ')}, got ${compare}`,
    )
  if (pairing !== 'interleaved' && pairing !== 'simultaneous')
    throw new UsageError(`bench: --pairing must be interleaved or simultaneous, got ${pairing}`)
  const temporary = mkdtempSync(join(tmpdir(), 'jest-profiler-bench-'))
  try {
    const directory = resolve(folder)
    print(await measureSuite({ pairs, config, compare, engine, pairing, directory, temporary, jestArgs }))
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

async function measureSuite({ pairs, config, compare, engine, pairing, directory, temporary, jestArgs }) {
  const jest = createRequire(join(directory, 'package.json')).resolve('jest/package.json')
  const own = config === undefined ? directory : resolve(directory, config)
  const outputDir = join(temporary, 'runs')
  const wrapped = (name, options) => {
    const path = join(temporary, name)
    writeFileSync(path, wrappedConfig({ jest, own, directory, options: { outputDir, engine, ...options } }))
    return `--config=${path}`
  }
  const cache = `--cacheDirectory=${join(temporary, 'cache')}`
  const side = (args, env) => core => {
    const command = [join(dirname(jest), 'bin/jest.js'), cache, ...args, ...jestArgs]
    if (typeof core !== 'number')
      return measure(process.execPath, command, { cwd: directory, env, allowFailure: true })
    // On one core workers would only get in each other's way.
    return measureOnCore(core, process.execPath, [...command, '--runInBand'], { cwd: directory, env })
  }
  const given = config === undefined ? [] : [`--config=${own}`]
  const profiled = side([wrapped('jest.config.mjs', {})])
  // The two sides have different cache keys, and both transform caches must be warm.
  progress('warming up')
  const { run: facts, totals, missing } = latestReport(temporary, await profiled())
  const sides = {
    profiler: { without: side(given), profiled },
    waits: {
      without: side([wrapped('without.config.mjs', { waits: false })]),
      profiled: side([wrapped('with.config.mjs', { waits: true })]),
    },
    floor: { without: side(given), profiled: side(given, liveProfile(facts.samplingIntervalMicros)) },
  }[compare]
  await sides.without()
  if (compare !== 'profiler') await sides.profiled()
  const results =
    pairing === 'interleaved' ? interleavedPairs(pairs, sides) : await simultaneousPairs(pairs, sides)
  return {
    part: `${nameOfSuite(directory)}${compare === 'profiler' ? '' : `, ${compare}`}${engine === 'none' ? ', engine none' : ''}`,
    title: `suite, ${compare}${engine === 'none' ? ', engine none' : ''}: ${nameOfSuite(directory)}${jestArgs.length > 0 ? ` (${jestArgs.join(' ')})` : ''}`,
    jestVersion: facts.jestVersion,
    notes: [
      `${pairs} ${pairing} pairs; median (quartiles); ${samplingText(facts)}, ${facts.workers} workers`,
      `${totals.testFiles} test files, ${totals.tests} tests, ${missing.length} files not recorded`,
      outcomes(results),
    ],
    columns: ['', 'without', COMPARED[compare], 'increase of each pair'],
    rows: [
      tableRow('user and system CPU, s', results, ({ cpu }) => cpu),
      tableRow('wall, s', results, ({ wall }) => wall),
    ],
  }
}

/** The environment in which each Node profiles itself, whatever it does. */
function liveProfile(micros) {
  const preloaded = join(ROOT, 'bench/support/live-profile.cjs')
  return {
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require=${preloaded}`,
    LIVE_PROFILE_MICROS: String(micros),
  }
}

function tableRow(name, results, read) {
  const sides = [results.without, results.profiled].map(side => withQuartiles(side.map(read), decimals(2)))
  return [name, ...sides, withQuartiles(increases(results, read), signedPercent)]
}

// A suite may fail on this machine for its own reasons, but both sides must fail in the same way.
function outcomes({ without, profiled }) {
  const [plain, ours] = [without, profiled].map(side => [...new Set(side.map(outcome))].join(' | '))
  return plain === ours ? `both sides: ${plain}` : `NOT THE SAME WORK: without: ${plain}; profiled: ${ours}`
}

function outcome({ exitCode, stderr }) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are such characters
  const tests = /^Tests: +(.*)$/m.exec(stderr.replaceAll(/\u001b\[\d*m/g, ''))?.[1] ?? 'no tests'
  return `${tests}, exit code ${exitCode}`
}

function latestReport(temporary, { stdout, stderr }) {
  try {
    return JSON.parse(readFileSync(join(temporary, 'runs/latest/report.json'), 'utf8'))
  } catch (cause) {
    throw new Error(`bench: the profiled run left no report:\n${stdout}${stderr}`, { cause })
  }
}

/** A config module that wraps the suite's own config, read as its own Jest reads it. */
function wrappedConfig({ jest, own, directory, options }) {
  const json = value => JSON.stringify(value)
  return `import { createRequire } from 'node:module'
import { withProfiler } from ${json(join(ROOT, 'build/index.js'))}

// By way of Jest's command line, because pnpm leaves no shorter way.
const jestCli = createRequire(${json(jest)}).resolve('jest-cli')
const { readInitialOptions } = createRequire(jestCli)('jest-config')
const where = { packageRootOrConfig: ${json(own)}, skipMultipleConfigError: true }

// A function, because Jest 29 refuses modules with top-level await.
async function readConfig() {
  const { config } = await readInitialOptions(undefined, where)
  return { rootDir: ${json(directory)}, ...config }
}

export default withProfiler(readConfig, ${json(options)})
`
}
