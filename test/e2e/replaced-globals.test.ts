// Tests that replace or freeze what the profiler itself uses, inside the sandbox and outside: they pass as without the profiler,
// and everything is recorded with correct times.

import { expect, test } from '@jest/globals'
import { configs, outline, runAs } from './support/set-ups.js'
import { createSuite } from './support/suite.js'

const BURN =
  'const { hrtime } = process; const burn = ms => { const end = hrtime.bigint() + BigInt(ms * 1e6); while (hrtime.bigint() < end); }'

/** Bodies of tests that replace something and never restore it. */
const FAULTS: Readonly<Record<string, string>> = {
  'fake timers': 'jest.useFakeTimers({ now: 0 })',
  'old fake timers': 'jest.useFakeTimers({ legacyFakeTimers: true })',
  hrtime: `
    process.hrtime = () => { throw new Error('no hrtime') }
    process.hrtime.bigint = process.hrtime`,
  performance: `
    globalThis.performance = { now: () => -1 }
    require('perf_hooks').performance.now = () => -1`,
  fs: `
    const fs = require('fs')
    for (const name of ['writeFileSync', 'renameSync', 'readFileSync', 'mkdirSync', 'readdirSync', 'existsSync', 'rmSync']) {
      const original = fs[name]
      // Jest needs all other calls.
      fs[name] = (path, ...rest) => {
        if (String(path).includes('.jest-profiler')) throw new Error('no fs')
        return original(path, ...rest)
      }
    }
    expect(() => fs.existsSync('.jest-profiler')).toThrow('no fs')`,
  JSON: 'globalThis.JSON = undefined',
  Date: `
    globalThis.Date = class { constructor() { throw new Error('no Date') } }`,
  'a clock that jumps': `
    const { now } = Date
    let hours = 0
    Date.now = () => now() + 3_600_000 * (hours++ % 2 === 0 ? 5 : -5)`,
  'frozen globals': `
    for (const each of [Object, Array, Map, Promise, Function, Error, JSON, Math, Date]) Object.freeze(each.prototype ?? each)
    Object.freeze(process.hrtime)
    Object.freeze(require('util').inspect)`,
}

function nameOf(fault: string): string {
  return `${fault.replaceAll(' ', '-')}.test.js`
}

const FILES = {
  ...configs(),
  ...Object.fromEntries(
    Object.entries(FAULTS).map(([fault, body]) => [
      nameOf(fault),
      `${BURN}\ntest('replaces', () => { ${body} })\ntest('burns', () => burn(40))`,
    ]),
  ),
}

// In every process of the run, the wall clock is wrong by the number of hours in a file.
const CLOCK = `
const { readFileSync } = require('fs')
const { now } = Date
Date.now = () => now() + 3_600_000 * hours()
function hours() { try { return Number(readFileSync(__dirname + '/hours', 'utf8')) } catch { return 0 } }`
const setsClock = (hours: number) =>
  `${BURN}\ntest('sets it', () => { require('fs').writeFileSync('hours', '${hours}'); burn(5) })\ntest('burns', () => burn(40))`

/** Paths of durations and timestamps in a report that are impossible for a short run. */
function impossible(value: unknown, where = ''): string[] {
  if (typeof value === 'number')
    return /Ms$/.test(where) && !(value >= 0 && value < 120_000) ? [`${where} is ${value}`] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => impossible(inner, `${where}.${key}`))
}

// Each Jest, set-up and mode is in one of two cells, because they do not affect each other here.
test.each([
  { jestMajor: '29', setUp: 'withProfiler', mode: 'in workers', args: ['-w', '2'] },
  { jestMajor: '30', setUp: 'npx jest-profiler', mode: 'in band', args: ['-i'] },
] as const)(
  'times stay correct when tests set the clock back and forward by hours, under Jest $jestMajor with $setUp $mode',
  async ({ jestMajor, setUp, args }) => {
    const suite = await createSuite(jestMajor, {
      title: `clock-${setUp.replace(' ', '-')}`,
      files: {
        ...configs(),
        'clock.js': CLOCK,
        'back.test.js': setsClock(-1),
        'forward.test.js': setsClock(2),
        'last.test.js': setsClock(-3),
      },
    })
    const finished = await runAs(setUp, suite, args, { nodeArgs: ['--require', './clock.js'] })
    expect(finished).toMatchObject({ exitCode: 0 })
    const report = finished.report()
    expect(outline(report)).toEqual({
      files: ['back', 'forward', 'last'].map(name => `${name}.test.js passed: passed, passed`),
      missing: [],
    })
    expect(impossible(report)).toEqual([])
    for (const { tests, startedAtMs, wallMs } of report.files) {
      expect(tests[1]?.wallMs).toBeGreaterThanOrEqual(40)
      expect(startedAtMs + wallMs).toBeLessThanOrEqual(report.totals.wallMs)
    }
    expect(finished.stderr).not.toMatch(/^jest-profiler:/m)
  },
)

test.each([
  { jestMajor: '29', setUp: 'npx jest-profiler', mode: 'in workers', args: ['-w', '2'] },
  { jestMajor: '30', setUp: 'withProfiler', mode: 'in band', args: ['-i'] },
] as const)(
  'tests that replace globals and Node functions pass and are recorded, under Jest $jestMajor with $setUp $mode',
  async ({ jestMajor, setUp, args }) => {
    const suite = await createSuite(jestMajor, { title: `replaced-${setUp.replace(' ', '-')}`, files: FILES })
    const finished = await runAs(setUp, suite, args)
    expect(finished).toMatchObject({ exitCode: 0 })
    expect(outline(finished.report())).toEqual({
      files: Object.keys(FAULTS)
        .map(fault => `${nameOf(fault)} passed: passed, passed`)
        .toSorted(),
      missing: [],
    })
    for (const { path, tests, wallMs } of finished.report().files) {
      expect({ path, wallMs }).toEqual({ path, wallMs: expect.any(Number) })
      expect(tests[1]?.wallMs).toBeGreaterThanOrEqual(40)
      expect(wallMs).toBeLessThan(60_000)
    }
    expect(finished.stderr).not.toMatch(/^jest-profiler:/m)
  },
)
