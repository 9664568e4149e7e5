import { beforeAll, describe, expect, test } from '@jest/globals'
import type { FileReport } from '../../src/report/file-report.js'
import type { Report } from '../../src/report/report.js'
import { busyMs } from '../../src/tables/code-tables.js'
import { createSuite, JEST_MAJORS, NEWEST_JEST, type Suite } from './support/suite.js'

/** A source map of a package that was built in another folder; each line is mapped to the same line of the source. */
const FOREIGN_MAP = JSON.stringify({
  ...{ version: 3, names: [], sources: ['../../../src/index.ts'] },
  mappings: `AAAA${';AACA'.repeat(12)}`,
})

const BURN = `exports.burn = function burn(ms) {
  const end = performance.now() + ms
  let sum = 0
  while (performance.now() < end) sum += sum % 7
  return sum
}
`

const TINY_FILES = 20

const FILES = {
  'jest.config.js': `module.exports = { setupFilesAfterEnv: ['./test/set-up.js'] }`,
  'src/index.ts': `${'// The project’s own.\n'.repeat(20)}`,
  'node_modules/mapped/dist/index.js': `${BURN}//# sourceMappingURL=data:application/json;base64,${btoa(FOREIGN_MAP)}\n`,
  'node_modules/mapped/package.json': '{ "name": "mapped", "version": "1.0.0", "main": "dist/index.js" }',
  'node_modules/zoned/index.js': `
exports.wrapped = (...args) => beforeEach(...args)
afterEach(function cleanUp() {})
`,
  'test/set-up.js': `
require('zoned')
if (expect.getState().testPath.endsWith('set-up.test.js')) test('defined by the set-up', () => {})
`,
  'test/shared.js': `
function deeply(depth, define) { return depth === 0 ? define() : deeply(depth - 1, define) }
exports.ruleTester = () =>
  describe('rules', () => {
    describe('valid', () => {
      describe('short', () => {
        for (const rule of ['a', 'b', 'c']) deeply(20, () => test(rule, () => {}))
      })
    })
  })
`,
  'test/rules.test.js': `const { ruleTester } = require('./shared')\n\nruleTester()\n`,
  'test/set-up.test.js': `test('own', () => {})\n`,
  'test/hooks.test.js': `
const { wrapped } = require('zoned')
wrapped(() => {})
test('hooked', () => {})
`,
  'test/mapped.test.js': `
const { burn } = require('mapped')
test('burns', () => { expect(burn(150)).toBe(0) })
`,
  'test/deoptimized.test.js': `
test('deoptimizes again and again', () => {
  const end = performance.now() + 300
  for (let round = 0; performance.now() < end; round++) {
    const sum = new Function('o', 'let s = 0; for (let i = 0; i < 3000; i++) s += o.x; return s //' + round)
    for (let call = 0; call < 60; call++) sum({ x: 1 })
    sum({ y: 2, x: 1.5 })
    sum({ x: 'a' })
  }
})
`,
  ...Object.fromEntries(
    Array.from({ length: TINY_FILES }, (_, file) => [
      `test/tiny/${file}.test.js`,
      `test('does little', async () => { await new Promise(resolve => setTimeout(resolve, 3)) })\n`,
    ]),
  ),
}

describe.each(JEST_MAJORS)('positions and sums under Jest %s', major => {
  let suite: Suite
  let report: Report

  beforeAll(async () => {
    suite = await createSuite(major, { title: 'lines-and-sums', files: FILES })
    report = (await suite.profile([], { flags: ['--sampling-interval-micros', '5000'] })).report()
  })

  const fileOf = (name: string): FileReport => {
    const file = report.files.find(({ path }) => path === `test/${name}.test.js`)
    if (file === undefined) throw new Error(`${name} is not among ${report.files.map(({ path }) => path)}`)
    return file
  }

  test('tests that a helper defines have the line of the helper’s call in the test file', () => {
    const tests = fileOf('rules').tests.map(({ name, line, column, definedIn }) => [
      ...[name.at(-1), line, column, definedIn],
    ])
    expect(tests).toEqual(['a', 'b', 'c'].map(name => [name, 3, 1, undefined]))
  })

  test('a test that another file defines has the line in that file', async () => {
    const tests = fileOf('set-up').tests.map(({ name, line, definedIn }) => [name[0], line, definedIn])
    expect(tests).toEqual([
      ['defined by the set-up', 0, { file: 'test/set-up.js', line: 3, column: expect.any(Number) }],
      ['own', 1, undefined],
    ])
    const { stdout } = await suite.command(['show', '--by', 'test', '--file', 'test/set-up.test.js'])
    expect(stdout).toMatch(/test\/set-up\.js:3:\d+/)
  })

  test('a hook has the line of the project’s code that defines it, and a package’s hook the line in the package', () => {
    const hooks = fileOf('hooks').hooks.map(({ type, file, line }) => `${type} ${file}:${line}`)
    expect(hooks).toEqual(['beforeEach test/hooks.test.js:3', 'afterEach node_modules/zoned/index.js:3'])
  })

  test('the source map of a package does not move its code into the project’s files', () => {
    const burn = report.hotspots.find(row => row.function === 'burn')
    expect(burn).toMatchObject({ file: 'node_modules/mapped/dist/index.js', line: 1, generated: true })
    expect(report.lines.map(({ file }) => file)).not.toContain('src/index.ts')
    expect(report.lines.find(row => row.file === burn?.file)?.line).toBe(4)
  })

  test('categories add up to the CPU time, however many short files there are', () => {
    const { cpuMs, blockedMs } = report.totals
    expect(report.files.length).toBeGreaterThan(TINY_FILES)
    expect(busyMs(report)).toBeCloseTo(cpuMs - blockedMs, 0)
  })

  test('categories of one file add up to its CPU time', async () => {
    const file = 'test/tiny/0.test.js'
    const { stdout } = await suite.command(['show', '--by', 'category', '--file', file, '--json'])
    const { rows } = JSON.parse(stdout) as { rows: { selfMs: number }[] }
    const { cpuMs, blockedMs } = fileOf('tiny/0')
    expect(rows.reduce((total, { selfMs }) => total + selfMs, 0)).toBeCloseTo(
      (cpuMs ?? 0) - (blockedMs ?? 0),
      1,
    )
  })

  test('there are at most as many samples as intervals, however often V8 deoptimizes', () => {
    const { sampleCount, wallMs } = fileOf('deoptimized')
    const intervals = wallMs / ((report.run.samplingIntervalMicros ?? Number.NaN) / 1000)
    expect(sampleCount).toBeLessThanOrEqual(intervals + 2)
    expect(sampleCount).toBeGreaterThan(intervals / 10)
  })

  // Rows depend on the report, and not on Jest.
  const tables = major === NEWEST_JEST ? ['function', 'line', 'file', 'package'] : ['function']
  test.each(tables)('a %s has one row', async by => {
    const { stdout } = await suite.command(['show', '--by', by, '--top', '10000', '--json'])
    const { rows } = JSON.parse(stdout) as { rows: Record<string, string | number | null>[] }
    const isFunction = by === 'function' || by === 'line'
    const names = rows.map(row =>
      [row[by], row.file, ...(isFunction ? [row.line, row.column] : [])].join(' '),
    )
    const ids = rows.map(({ id }) => id)
    for (const column of [names, ids])
      expect(column.filter((name, index) => column.indexOf(name) !== index)).toEqual([])
    expect(ids.length).toBeGreaterThan(0)
  })
})

test('waiting in a hook gives one finding, not two', async () => {
  const suite = await createSuite(NEWEST_JEST, {
    title: 'wait-in-hook',
    files: {
      'jest.config.js': 'module.exports = {}',
      'sleep.test.js': `
beforeEach(async () => {
  await new Promise(resolve => setTimeout(resolve, 200))
})
test.each([1, 2, 3, 4])('test %i', () => {})
`,
    },
  })
  const { report } = await suite.profile([], { flags: ['--waits'] })
  const { findings, hooks } = report()
  const sleeping = findings.filter(({ position }) => position?.file === 'sleep.test.js')
  expect(hooks[0]?.wallMs).toBeGreaterThan(700)
  expect(sleeping.map(({ id }) => id)).toEqual(['real-timers:sleep.test.js:3'])
})
