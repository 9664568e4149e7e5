// The measurements behind docs/benchmarks.md: `npm run bench -- <name> [options]`, or without a name a list of them. With
// `--write` the results go to that page as well. What is measured is the last build, and the last packed tarball where a bench
// installs one. Nothing here passes or fails; run it on a machine that does nothing else.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { BENCHES } from './benches.mjs'
import { benchmarksPage } from './support/benchmarks-page.mjs'
import { describeMachine, progress, resultText } from './support/print.mjs'
import { ROOT } from './support/project.mjs'
import { UsageError } from './support/usage-error.mjs'

const PAGE = join(ROOT, 'docs/benchmarks.md')

try {
  await main(process.argv.slice(2))
} catch (error) {
  const isUsage = error instanceof UsageError || String(error?.code).startsWith('ERR_PARSE_ARGS')
  if (!isUsage) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function main(given) {
  const { own, jestArgs } = splitAtDashes(given)
  const isWritten = own.includes('--write')
  const [name, ...args] = own.filter(arg => arg !== '--write')
  if (name === undefined && !isWritten) return console.log(list())
  if (name !== undefined) return runBench(name, { args, jestArgs, isWritten })
  // Benchmarks that need a folder run only if it is given.
  const runnable = Object.keys(BENCHES).filter(key => !BENCHES[key].usage.startsWith('<'))
  for (const key of runnable) {
    progress(`running ${key}`)
    await runBench(key, { args: [], jestArgs: [], isWritten })
  }
}

/** What stands behind `--` is for Jest. */
function splitAtDashes(given) {
  const end = given.indexOf('--')
  if (end < 0) return { own: given, jestArgs: [] }
  return { own: given.slice(0, end), jestArgs: given.slice(end + 1) }
}

async function runBench(name, { args, jestArgs, isWritten }) {
  const bench = benchOf(name)
  const results = []
  const print = ({ jestVersion, ...result }) => {
    const measured = { ...result, machine: describeMachine(jestVersion) }
    console.log(resultText(measured))
    results.push(measured)
  }
  await bench.run({ ...parse(args, bench.options), jestArgs, print })
  if (!isWritten) return
  const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : ''
  const command = shownCommand([name, ...args], jestArgs)
  writeFileSync(PAGE, benchmarksPage(before, BENCHES, { name, command, results }))
  progress(`wrote docs/benchmarks.md`)
}

/** As it was typed, without the paths of whoever typed it. */
function shownCommand(args, jestArgs) {
  const shown = args.map(arg => (existsSync(arg) ? '<folder>' : arg))
  const behind = jestArgs.length === 0 ? [] : ['--', ...jestArgs]
  return ['npm run bench --', ...shown, ...behind].join(' ')
}

function benchOf(key) {
  const bench = BENCHES[key]
  if (bench === undefined) throw new UsageError(`bench: there is no "${key}".\n${list()}`)
  return bench
}

function list() {
  const usages = Object.entries(BENCHES).map(([key, { usage, summary }]) => [`${key} ${usage}`, summary])
  const width = Math.max(...usages.map(([usage]) => usage.length))
  const lines = usages.map(([usage, summary]) => `npm run bench -- ${usage.padEnd(width)}  ${summary}`)
  return [...lines, 'With --write, the results go to docs/benchmarks.md as well.'].join('\n')
}

/** `defaults`: the options' default values; a number stays one. */
function parse(args, defaults) {
  const names = Object.keys(defaults)
  const options = Object.fromEntries(names.map(option => [option, { type: 'string' }]))
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const parsed = names.map(option => [option, convert(option, values[option], defaults[option])])
  return { ...Object.fromEntries(parsed), positionals }
}

function convert(option, value, fallback) {
  if (value === undefined || typeof fallback !== 'number') return value ?? fallback
  if (/^[1-9]\d*$/.test(value)) return Number(value)
  throw new UsageError(`bench: --${option} must be a positive integer, got ${value}`)
}
