// The measurements behind the README's figures: `npm run bench -- <name> [options]`, or without a name a list of them.
// What is measured is the last build, and the last packed tarball where a bench installs one: run `npm run pretest`
// first. Nothing here passes or fails; run it on a machine that does nothing else.

import { parseArgs } from 'node:util'
import { accuracy } from './accuracy.mjs'
import { boundaries } from './boundaries.mjs'
import { commands } from './commands.mjs'
import { cost } from './cost.mjs'
import { memory } from './memory.mjs'
import { merge } from './merge.mjs'
import { noise } from './noise.mjs'
import { outputs } from './outputs.mjs'
import { scale } from './scale.mjs'
import { sourceMaps } from './source-maps.mjs'
import { suite } from './suite.mjs'
import { UsageError } from './support/usage-error.mjs'
import { trivialTests } from './trivial-tests.mjs'

const BENCHES = {
  accuracy,
  boundaries,
  'trivial-tests': trivialTests,
  memory,
  commands,
  cost,
  merge,
  noise,
  outputs,
  scale,
  'source-maps': sourceMaps,
  suite,
}

const [name, ...args] = process.argv.slice(2)
try {
  if (name === undefined) console.log(list())
  else await benchOf(name).run(parse(args, benchOf(name).options))
} catch (error) {
  const isUsage = error instanceof UsageError || String(error?.code).startsWith('ERR_PARSE_ARGS')
  if (!isUsage) throw error
  console.error(error.message)
  process.exitCode = 1
}

function benchOf(key) {
  const bench = BENCHES[key]
  if (bench === undefined) throw new UsageError(`bench: there is no "${key}".\n${list()}`)
  return bench
}

function list() {
  const usages = Object.entries(BENCHES).map(([key, { usage, summary }]) => [`${key} ${usage}`, summary])
  const width = Math.max(...usages.map(([usage]) => usage.length))
  return usages.map(([usage, summary]) => `npm run bench -- ${usage.padEnd(width)}  ${summary}`).join('\n')
}

/** `defaults`: the options' default values; a number stays one. What comes after `--` is Jest's. */
function parse(given, defaults) {
  const end = given.indexOf('--')
  const [own, jestArgs] = end < 0 ? [given, []] : [given.slice(0, end), given.slice(end + 1)]
  const names = Object.keys(defaults)
  const options = Object.fromEntries(names.map(option => [option, { type: 'string' }]))
  const { values, positionals } = parseArgs({ args: own, options, allowPositionals: true })
  const parsed = names.map(option => [option, convert(option, values[option], defaults[option])])
  return { ...Object.fromEntries(parsed), positionals, jestArgs }
}

function convert(option, value, fallback) {
  if (value === undefined || typeof fallback !== 'number') return value ?? fallback
  if (/^[1-9]\d*$/.test(value)) return Number(value)
  throw new UsageError(`bench: --${option} has to be a whole number from 1, got ${value}`)
}
