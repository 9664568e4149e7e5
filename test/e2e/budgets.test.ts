// Budgets and CI systems with the packed package: exit codes, output, and files for CI systems.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { ROOT } from './support/cache.js'
import { NEWEST_NODE, OLDEST_NODE } from './support/node-versions.js'
import { createSuite, type JestMajor, NEWEST_JEST, type Suite } from './support/suite.js'

const FILES = {
  'test/sleeps.test.js': `const { sleep } = require('../src/sleep')
describe('the bell', () => {
  beforeEach(() => sleep(30))
  test('rings late', () => sleep(300))
  test('rings', () => {})
  test.skip('is silent', () => {})
})`,
  'test/imports.test.js': "require('../src/slow'); test('imports', () => {})",
  'test/together.test.js':
    "const { sleep } = require('../src/sleep'); test.concurrent('one', () => sleep(40)); test.concurrent('two', () => sleep(40))",
  'src/sleep.js':
    'exports.sleep = function sleep(ms) { return new Promise(resolve => setTimeout(resolve, ms)) }',
  'src/slow.js': 'const end = Date.now() + 400; while (Date.now() < end);',
}

const config = (budgets: object[]) =>
  `module.exports = require('jest-profiler').withProfiler({ transform: {} }, ${JSON.stringify({
    budgets,
    waits: true,
    artifacts: ['html', 'json', 'markdown'],
    samplingIntervalMicros: 1000,
  })})`

const suiteWith = (jestMajor: JestMajor, title: string, budgets: object[]): Promise<Suite> =>
  createSuite(jestMajor, { title, files: { ...FILES, 'jest.config.js': config(budgets) } })

const EXCEEDED = [
  { tests: 'RINGS LATE', testWallMs: 100 },
  { files: 'test/sleeps*', hookMs: 20 },
  { moduleImportMs: 60, fileWallMs: 60_000 },
]

describe('budgets', () => {
  // Budgets are checked against the report, which does not depend on Jest; the exit code does.
  test.each([
    { jestMajor: '29', node: OLDEST_NODE },
    { jestMajor: '30', node: NEWEST_NODE },
  ] as const)(
    'that are exceeded fail the run, under Jest $jestMajor on Node $node',
    async ({ jestMajor, node }) => {
      const suite = await suiteWith(jestMajor, 'budgets', EXCEEDED)
      const finished = await suite.jest(['-i'], { node })
      expect(finished.exitCode).toBe(1)
      expect(finished.stderr).toContain('Tests:       1 skipped, 5 passed, 6 total')
      expect(finished.stderr).toContain(' Budgets   3 limits exceeded (run fails)\n')
      expect(finished.stderr).toMatch(
        /\d+ ms (±[\d.]+ ms )? *> 100 ms +testWallMs +the bell › rings late +test\/sleeps\.test\.js:4:3\n +→ waiting for: timer, started by sleep src\/sleep\.js:1:\d+ \(\d+ ms\)/,
      )
      expect(finished.stderr).toMatch(
        /> 20 ms +hookMs +test\/sleeps\.test\.js\n +→ beforeEach of the bell test\/sleeps\.test\.js:3:3/,
      )
      expect(finished.stderr).toMatch(
        /> 60 ms +moduleImportMs +src\/slow\.js +test\/imports\.test\.js\n +→ self time src\/slow\.js/,
      )
      expect(finished.stderr.match(/rings late +test/g)).toHaveLength(2)
      const { budgets } = finished.report()
      expect(budgets.map(({ checked, exceeded }) => `${exceeded} of ${checked}`).slice(0, 2)).toEqual([
        '1 of 1',
        '1 of 1',
      ])
      const schema = JSON.parse(readFileSync(join(ROOT, 'build/report.schema.json'), 'utf8'))
      const ajv = new Ajv({ strict: true, allowUnionTypes: true })
      expect({ valid: ajv.validate(schema, finished.report()), errors: ajv.errors }).toEqual({
        valid: true,
        errors: null,
      })
      expect(readFileSync(join(finished.runDirectory, 'report.md'), 'utf8')).toContain('## Budgets\n')
    },
  )

  test('that are met or cannot be checked do not fail the run, and the latter are named', async () => {
    const suite = await suiteWith(NEWEST_JEST, 'budgets-kept', [
      { testWallMs: 60_000, importMs: 60_000 },
      { files: 'test/together*', testCpuMs: 60_000 },
      { files: 'test/nobody*', testWallMs: 1 },
    ])
    const { exitCode, stderr } = await suite.jest(['-i'], { node: '20' })
    expect(exitCode).toBe(0)
    expect(stderr).not.toContain(' Budgets   ')
    expect(stderr).toMatch(
      /budgets\[1\] \(testCpuMs 60\.0 s, files test\/together\*\): testCpuMs was not checked/,
    )
    expect(stderr).toContain('No test file of this run matches its "files"')
  })

  test('that are exceeded by less than the measurement error are a warning', async () => {
    const suite = await createSuite(NEWEST_JEST, {
      title: 'budgets-warning',
      files: {
        'a.test.mjs': "import './quick.mjs'; test('imports', () => {})",
        'quick.mjs': 'export default 1',
        'jest.config.js': `module.exports = require('jest-profiler').withProfiler(
          { transform: {}, testMatch: ['**/*.test.mjs'] },
          { budgets: [{ moduleImportMs: 0.001 }], artifacts: ['json'], samplingIntervalMicros: 100000 },
        )`,
      },
    })
    const finished = await suite.jest(['-i'], { nodeArgs: ['--experimental-vm-modules'] })
    expect(finished.stderr).toContain(' Budgets   1 over the limit but within measurement error (warning)\n')
    expect(finished.stderr).toMatch(/> [\d.]+ ms \(warning\) +moduleImportMs +quick\.mjs +a\.test\.mjs\n/)
    expect(finished.exitCode).toBe(0)
    expect(finished.report().budgets).toMatchObject([{ exceeded: 0, withinUncertainty: 1 }])
  })

  test('that are invalid stop the run before any test', async () => {
    const suite = await suiteWith(NEWEST_JEST, 'budgets-wrong', [{ testWallMs: 1 }, { testsWallMs: 1 }])
    const { exitCode, stderr } = await suite.jest()
    expect(exitCode).toBe(1)
    expect(stderr).toContain('option "budgets[1]" has no "testsWallMs". Did you mean "testWallMs"?')
    expect(stderr).not.toContain('PASS')
  })
})

describe('budgets on CI', () => {
  test('GitHub gets annotations, outputs and a summary, and stdout stays Jest’s', async () => {
    const suite = await suiteWith(NEWEST_JEST, 'ci-github', EXCEEDED)
    suite.write({ output: '', 'summary.md': '' })
    const [output, summary] = [join(suite.directory, 'output'), join(suite.directory, 'summary.md')]
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: join(suite.directory, '..'),
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
    }
    const finished = await suite.jest(['-i', '--json', '--reporters=jest-profiler/reporter'], { env })
    // Reporters on the command line replace those with options.
    expect(finished.exitCode).toBe(0)
    expect(JSON.parse(finished.stdout).numPassedTests).toBe(5)
    const withBudgets = await suite.jest(['-i', '--json'], { env })
    expect(withBudgets.exitCode).toBe(1)
    expect(JSON.parse(withBudgets.stdout).numPassedTests).toBe(5)
    const lines = withBudgets.stderr.split('\n').filter(line => /^::(error|warning) .*Budget/.test(line))
    expect(lines).toHaveLength(3)
    expect(lines.join('\n')).toMatch(
      /^::error file=ci-github\/test\/sleeps\.test\.js,line=4,col=3,title=Budget exceeded%3A testWallMs::testWallMs \d+ ms > 100 ms/m,
    )
    const [, html = ''] = /^report-html<<(?:.*)\n(.*)\n/m.exec(readFileSync(output, 'utf8')) ?? []
    expect(existsSync(html)).toBe(true)
    expect(readFileSync(summary, 'utf8')).toContain('## Budgets\n')
  })

  test('GitLab gets a Code Quality report and the paths of the artifacts', async () => {
    const suite = await suiteWith(NEWEST_JEST, 'ci-gitlab', EXCEEDED)
    const env = { GITLAB_CI: 'true', CI_PROJECT_DIR: suite.directory }
    const { exitCode, stderr } = await suite.jest(['-i'], { env })
    expect(exitCode).toBe(1)
    expect(stderr).not.toContain('::error')
    const entries = JSON.parse(
      readFileSync(join(suite.directory, '.jest-profiler/gitlab/code-quality.json'), 'utf8'),
    )
    const ajv = new Ajv({ strict: true })
    expect({ valid: ajv.validate(CODE_QUALITY, entries), errors: ajv.errors }).toEqual({
      valid: true,
      errors: null,
    })
    expect(entries).toContainEqual(
      expect.objectContaining({ location: { path: 'test/sleeps.test.js', lines: { begin: 4 } } }),
    )
    const variables = readFileSync(join(suite.directory, '.jest-profiler/gitlab/artifacts.env'), 'utf8')
    const [, html = ''] = /^JEST_PROFILER_REPORT_HTML=(.*)$/m.exec(variables) ?? []
    expect(existsSync(join(suite.directory, html))).toBe(true)
  })
})

// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
const CODE_QUALITY = {
  type: 'array',
  minItems: 1,
  maxItems: 10,
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^[^./]' },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
}
