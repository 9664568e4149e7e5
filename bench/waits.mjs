// What recording waits costs where it could cost most: one file that makes resources by the hundred thousand. Both sides are profiled.

import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { increases, simultaneousPairs } from './support/pairs.mjs'
import { decimals, signedDecimals, signedPercent, withQuartiles } from './support/print.mjs'
import { createSuite, ROOT } from './support/project.mjs'

export const waits = {
  usage: '[--pairs 11]',
  summary:
    'what recording waits adds to a file with hundreds of thousands of them, of the Node that runs this',
  options: { pairs: 11 },
  run,
}

/** In a MiB. */
const KIBIBYTES = 1024

async function run({ pairs, print }) {
  const suite = createSuite('waits', SUITE)
  const sides = {
    without: core => measureOnce(suite, 'without', core),
    profiled: core => measureOnce(suite, 'with', core),
  }
  // Fills the transform caches, which the two configs do not share.
  await sides.without(0)
  await sides.profiled(0)
  const { limits } = suite.report()
  const results = await simultaneousPairs(pairs, sides)
  print({
    part: `Node ${process.versions.node.split('.')[0]}`,
    title: `waits: a file of very many waits, on Node ${process.versions.node}`,
    jestVersion: suite.jestVersion,
    notes: [
      `${pairs} pairs at the same time, a core each; both sides profiled at the defaults, with \`waits\` off and on; median (quartiles)`,
      'CPU of a test: of the worker while the test runs; peak memory: resident set, of the largest worker and of the process that reports',
      ...limits.filter(limit => /waits|wait for/.test(limit)).map(limit => `reported: ${limit}`),
    ],
    columns: ['', 'without', 'with waits', 'increase of each pair'],
    rows: [
      cpuRow('whole command: CPU, s', results, ({ cpu }) => cpu),
      ...Object.keys(results.without[0].tests).map(name =>
        cpuRow(`${name}: CPU, s`, results, ({ tests }) => tests[name]),
      ),
      memoryRow('peak memory of the worker, MiB', results, ({ workerPeak }) => workerPeak),
      memoryRow('peak memory of the reporter, MiB', results, ({ parentPeak }) => parentPeak),
    ],
  })
}

function memoryRow(name, results, read) {
  const added = results.profiled.map((result, pair) => read(result) - read(results.without[pair]))
  return [
    name,
    ...bothSides(results, read, decimals(0)),
    withQuartiles(added, mebibytes => `${signedDecimals(0)(mebibytes)} MiB`),
  ]
}

function cpuRow(name, results, read) {
  return [
    name,
    ...bothSides(results, read, decimals(2)),
    withQuartiles(increases(results, read), signedPercent),
  ]
}

function bothSides({ without, profiled }, read, format) {
  return [without, profiled].map(side => withQuartiles(side.map(read), format))
}

/** CPU in seconds, of the command and of each test by name, and peak memory in MiB. */
async function measureOnce(suite, config, core) {
  const [folder, tests] = ['use', 'tests'].map(name => join(suite.directory, `${name}-${config}`))
  rmSync(tests, { force: true })
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const { cpu, exitCode, stderr } = await suite.jestOnCore(
    core,
    ['-w', '2', `--config=${config}.config.cjs`],
    {
      nodeArgs: [`--require=${join(ROOT, 'bench/support/use-of-process.cjs')}`],
      env: { PROCESS_USE_FOLDER: folder, TEST_USE: tests },
    },
  )
  if (exitCode !== 0) throw new Error(`bench: Jest ended with exit code ${exitCode}\n${stderr}`)
  const rows = readFileSync(tests, 'utf8').trim().split('\n')
  const uses = readdirSync(folder).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  const peakOf = isWorker => Math.max(...uses.filter(use => use.isWorker === isWorker).map(mebibytes))
  return {
    cpu,
    tests: Object.fromEntries(rows.map(row => JSON.parse(row))),
    workerPeak: peakOf(true),
    parentPeak: peakOf(false),
  }
}

const mebibytes = ({ peakKibibytes }) => peakKibibytes / KIBIBYTES

/** Both sides run at the same time, so they write to two folders. */
const configOf = options => `const { withProfiler } = require('jest-profiler')
module.exports = withProfiler({ transform: {} }, ${JSON.stringify(options)})
`

const SUITE = {
  'without.config.cjs': configOf({ waits: false, outputDir: 'without-waits' }),
  'with.config.cjs': configOf({ waits: true }),
  // Jest would run a single file in its own process.
  'other.test.js': `test('does nothing', () => {})\n`,
  'flood.test.js': `const { appendFileSync, lstat } = require('node:fs')
const http = require('node:http')

/** Calls \`once\` \`times\` times, \`width\` at once. */
async function inParallel(times, width, once) {
  let left = times
  const lane = async () => { while (left-- > 0) await once() }
  await Promise.all(Array.from({ length: width }, lane))
}

const stat = () => new Promise((resolve, reject) => lstat(__filename, error => (error ? reject(error) : resolve())))
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms))

async function fib(n) {
  return n < 2 ? n : (await fib(n - 1)) + (await fib(n - 2))
}

async function requests(times) {
  const server = http.createServer((_request, response) => response.end('ok'))
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const agent = new http.Agent({ keepAlive: true })
  const { port } = server.address()
  const once = () => new Promise((resolve, reject) => {
    http.get({ host: '127.0.0.1', port, agent }, response => response.resume().on('end', resolve)).on('error', reject)
  })
  await inParallel(times, 20, once)
  agent.destroy()
  await new Promise(resolve => server.close(resolve))
}

const WORK = {
  '300,000 fs calls': () => inParallel(300_000, 100, stat),
  '100,000 timers': () => inParallel(100_000, 1000, () => sleep(1)),
  '20,000 requests': () => requests(20_000),
  'a million promises': async () => { for (let turn = 0; turn < 40; turn++) await fib(20) },
  'all of them mixed': () => Promise.all([
    inParallel(30_000, 100, stat),
    inParallel(10_000, 100, () => sleep(1)),
    requests(2000),
    inParallel(40, 1, () => fib(15)),
  ]),
}

test.each(Object.entries(WORK))('%s', async (name, work) => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  appendFileSync(process.env.TEST_USE, JSON.stringify([name, (user + system) / 1e6]) + '\\n')
}, 600_000)
`,
}
