// What profiling a suite costs, a real or a generated one, compared with the alternatives: Jest alone; us at the default, at 1 ms
// and without a profile; Node's own --cpu-prof; and an environment that starts V8's profiler for each test. In turns, each round in
// another order.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { measure } from './support/commands.mjs'
import { largeSuite } from './support/large-suite.mjs'
import { decimals, progress, signedPercent, withQuartiles } from './support/print.mjs'
import { createSuite, nameOfSuite, ROOT } from './support/project.mjs'
import { median } from './support/statistics.mjs'

export const cost = {
  usage: '[<folder>] [--rounds 7] [--environment jest-environment-jsdom] [-- <Jest arguments>]',
  summary:
    'what profiling costs a suite: Jest alone, jest-profiler, node --cpu-prof, and a profile for each test',
  options: { rounds: 7, environment: 'jest-environment-node' },
  run,
}

const CLI = join(ROOT, 'build/cli.js')
const SUPPORT = join(ROOT, 'bench/support')

async function run({ rounds, environment, positionals: [folder], jestArgs, print }) {
  const directory = folder === undefined ? createSuite('cost', largeSuite()).directory : resolve(folder)
  const temporary = mkdtempSync(join(tmpdir(), 'jest-profiler-bench-'))
  try {
    print(measureCost({ rounds, environment, directory, temporary, jestArgs }))
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

function measureCost({ rounds, environment, directory, temporary, jestArgs }) {
  const sides = sidesOf({ environment, directory, temporary, jestArgs })
  progress('warming up')
  for (const side of Object.values(sides)) side()
  const results = Object.fromEntries(Object.keys(sides).map(name => [name, []]))
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}`)
    const names = Object.keys(sides)
    // The first side of a round finds the machine as the round before has left it, so each comes first in turn.
    for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)])
      results[name].push(sides[name]())
  }
  return resultOf({ results, rounds, directory, jestArgs })
}

/** Each measures one whole command. */
function sidesOf({ environment, directory, temporary, jestArgs }) {
  const resolveThere = createRequire(join(directory, 'package.json')).resolve
  const jest = join(dirname(resolveThere('jest/package.json')), 'bin/jest.js')
  const profiles = join(temporary, 'profiles')
  const side =
    (command, env = {}) =>
    () =>
      measureTree(command, { directory, temporary, env, profiles })
  const runs = join(temporary, 'runs')
  const ours = flags => {
    const run = side([CLI, '--output-dir', runs, '--keep-runs', '1', ...flags, '--', ...jestArgs])
    return () => {
      const measured = run()
      const endedAtMs = Date.now()
      const report = readReport(runs)
      const afterLast = (endedAtMs - lastEndOf(report)) / 1000
      return { ...measured, report, afterLast, printed: report.totals.overheadMs / 1000 }
    }
  }
  const cpuProf = ['--cpu-prof', `--cpu-prof-dir=${profiles}`]
  const perTest = [`--testEnvironment=${join(SUPPORT, 'per-test-environment.cjs')}`]
  return {
    'Jest alone': side([jest, ...jestArgs]),
    'jest-profiler': ours([]),
    'jest-profiler, 1 ms': ours(['--sampling-interval-micros', '1000']),
    'jest-profiler, engine none': ours(['--engine', 'none']),
    'node --cpu-prof': side([...cpuProf, jest, ...jestArgs]),
    'node --cpu-prof, 10 ms': side([...cpuProf, '--cpu-prof-interval=10000', jest, ...jestArgs]),
    'a profile for each test': side([jest, ...perTest, ...jestArgs], {
      BENCH_ENVIRONMENT: resolveThere(environment),
      BENCH_PROFILES: profiles,
    }),
  }
}

function readReport(runs) {
  return JSON.parse(readFileSync(join(runs, 'latest/report.json'), 'utf8'))
}

/** When the last test file was done, in milliseconds since the epoch. */
function lastEndOf({ run, files }) {
  return Date.parse(run.startedAt) + Math.max(...files.map(({ startedAtMs, wallMs }) => startedAtMs + wallMs))
}

/** Memory in MiB: the peaks of all its Node processes together. CPU of Jest's process and of its workers in seconds. */
function measureTree(command, { directory, temporary, env, profiles }) {
  const uses = join(temporary, 'uses')
  for (const folder of [uses, profiles]) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
  }
  const preloaded = `--require=${join(SUPPORT, 'use-of-process.cjs')}`
  const inherited = process.env.NODE_OPTIONS ?? ''
  const { wall, cpu, exitCode, stderr } = measure(process.execPath, command, {
    cwd: directory,
    env: { ...env, PROCESS_USE_FOLDER: uses, NODE_OPTIONS: `${inherited} ${preloaded}` },
    allowFailure: true,
  })
  const used = readdirSync(uses).map(name => JSON.parse(readFileSync(join(uses, name), 'utf8')))
  const sumOf = (read, processes = used) => processes.reduce((sum, use) => sum + read(use), 0)
  const ofWorkers = used.filter(({ isWorker }) => isWorker)
  const workers = sumOf(({ cpuSeconds }) => cpuSeconds, ofWorkers)
  const memory = sumOf(({ peakKibibytes }) => peakKibibytes) / 1024
  return {
    wall,
    cpu,
    workers,
    parent: sumOf(({ cpuSeconds }) => cpuSeconds) - workers,
    memory,
    exitCode,
    stderr,
  }
}

function resultOf({ results, rounds, directory, jestArgs }) {
  const [plain] = Object.values(results)
  const { run, totals } = results['jest-profiler'][0].report
  const name = nameOfSuite(directory)
  return {
    part: name,
    title: `cost: ${name}${jestArgs.length > 0 ? ` (${jestArgs.join(' ')})` : ''}`,
    jestVersion: run.jestVersion,
    notes: [
      `${rounds} rounds; median (quartiles), increases over Jest alone in the same round`,
      `${totals.testFiles} test files, ${totals.tests} tests, ${run.workers} workers, by default a sample every ${run.samplingIntervalMicros} µs`,
      outcomes(results),
    ],
    columns: [
      '',
      'user and system CPU, s',
      'CPU, more',
      'CPU as printed, s',
      'of that in Jest’s process',
      'in its workers',
      'wall, s',
      'wall, more',
      'after the last file, s',
      'memory, MiB',
    ],
    rows: Object.entries(results).map(([name, side]) => {
      const more = read =>
        withQuartiles(
          side.map((result, round) => read(result) / read(plain[round]) - 1),
          signedPercent,
        )
      return [
        name,
        withQuartiles(
          side.map(({ cpu }) => cpu),
          decimals(2),
        ),
        side === plain ? '' : more(({ cpu }) => cpu),
        'printed' in side[0] ? printedAndMeasured(side, plain) : '',
        decimals(2)(median(side.map(({ parent }) => parent))),
        decimals(2)(median(side.map(({ workers }) => workers))),
        withQuartiles(
          side.map(({ wall }) => wall),
          decimals(2),
        ),
        side === plain ? '' : more(({ wall }) => wall),
        'afterLast' in side[0] ? decimals(2)(median(side.map(({ afterLast }) => afterLast))) : '',
        decimals(0)(median(side.map(({ memory }) => memory))),
      ]
    }),
  }
}

/** What the report itself says that profiling took, and what it took. */
function printedAndMeasured(side, plain) {
  const printed = median(side.map(({ printed }) => printed))
  const measured = median(side.map(({ cpu }, round) => cpu - plain[round].cpu))
  return `${decimals(2)(printed)} of ${decimals(2)(measured)}`
}

/** A suite may fail on this machine for its own reasons, but every side must fail in the same way. */
function outcomes(results) {
  const texts = Object.entries(results).map(([name, side]) => [
    name,
    [...new Set(side.map(outcome))].join(' | '),
  ])
  const [[, plain]] = texts
  const others = texts.filter(([, text]) => text !== plain)
  if (others.length === 0) return `all: ${plain}`
  return `NOT THE SAME WORK: ${texts.map(([name, text]) => `${name}: ${text}`).join('; ')}`
}

function outcome({ exitCode, stderr }) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are such characters
  const tests = /^Tests: +(.*)$/m.exec(stderr.replaceAll(/\u001b\[\d*m/g, ''))?.[1] ?? 'no tests'
  return `${tests}, exit code ${exitCode}`
}
