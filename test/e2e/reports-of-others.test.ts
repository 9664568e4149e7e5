// Reports of less common runs: merged shards, coverage, other runners, imports within tests, packages with barrels.

import { readFileSync, rmSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { BURN } from './support/burn.js'
import { recordRun } from './support/shop.js'
import { createSuite, JEST_MAJORS, NEWEST_JEST } from './support/suite.js'

const CORES = cpus().length

test('a merged shard has too many workers when they outnumber the cores of its machine', async () => {
  const names = Array.from({ length: 4 * CORES }, (_, index) => `${index}.test.js`)
  const suite = await createSuite('30', {
    title: 'merged-machines',
    files: {
      'package.json': '{ "name": "merged-machines", "private": true }',
      'jest.config.js': 'module.exports = { transform: {} }',
      ...Object.fromEntries(names.map(name => [name, `${BURN}test('burns', () => burn(400))`])),
    },
  })
  const shardWith = (shard: number, workers: number) => {
    // Jest runs files in band when its cache says that they are short.
    rmSync(join(suite.directory, '.jest-cache'), { recursive: true, force: true })
    return recordRun(suite, {
      outputDir: `shard-${shard}-of-${workers}`,
      args: [`--shard=${shard}/2`, '-w', String(workers)],
    })
  }
  const merged = async (second: string, into: string): Promise<Report> => {
    const first = `shard-1-of-${CORES}`
    expect(await suite.command(['merge', first, second, '-o', into])).toMatchObject({ exitCode: 0 })
    return JSON.parse(readFileSync(join(suite.directory, into, 'report.json'), 'utf8'))
  }
  const about = ({ findings }: Report) => findings.filter(({ id }) => id.startsWith('more-workers'))
  for (const shard of [1, 2]) await shardWith(shard, CORES)
  await shardWith(2, 2 * CORES)

  const fair = await merged(`shard-2-of-${CORES}`, 'fair')
  expect(fair.run.workers).toBe(2 * CORES)
  expect(about(fair)).toEqual([])

  const crowded = await merged(`shard-2-of-${2 * CORES}`, 'crowded')
  expect(about(crowded)).toMatchObject([{ title: `shard 2/2: ${2 * CORES} workers share ${CORES} cores` }])
})

describe.each(JEST_MAJORS)('less common runs under Jest %s', jestMajor => {
  test('modules that a test loads at run time are in the imports of that test, even if another module requires them', async () => {
    const load = (...names: string[]) =>
      `${names.map(name => `require('./${name}')\n`).join('')}${BURN}burn(40)\n`
    const suite = await createSuite(jestMajor, {
      title: 'lazy-imports',
      files: {
        'node_modules/kit/package.json': '{ "name": "kit", "version": "1.0.0" }',
        'node_modules/kit/index.js':
          "exports.bake = () => require('./oven'); exports.fry = () => require('./pan')",
        'node_modules/kit/oven.js': load('heat'),
        'node_modules/kit/pan.js': load('heat'),
        'node_modules/kit/heat.js': load(),
        'src/direct.js': load(),
        'src/isolated.js': load(),
        'src/later.js': load(),
        'src/in-hook.js': load(),
        'lazy.test.js': `
const { bake, fry } = require('kit')
beforeAll(() => { require('./src/in-hook') })
test('loads nothing', () => { require('./src/in-hook') })
test('directly', () => { require('./src/direct') })
test('isolated', () => { jest.isolateModules(() => { require('./src/isolated') }) })
test('by import', async () => { await import('./src/later.js') })
test('through a library', () => { bake() })
test('again, through another door', () => { jest.resetModules(); fry() })`,
        'jest.config.js': `module.exports = { transform: { '\\\\.js$': ['babel-jest', { babelrc: false, configFile: false,
          plugins: ['@babel/plugin-transform-dynamic-import', '@babel/plugin-transform-modules-commonjs'] }] } }`,
      },
    })
    await recordRun(suite, { args: ['-i'] })
    const costliest = async (test: string) => {
      const { stderr, stdout } = await suite.command(['show', '--test', test])
      const [, ...rows] = (stdout + stderr)
        .split('\n')
        .slice((stdout + stderr).split('\n').findIndex(line => line.includes('Most expensive imports')))
      return rows.slice(0, 1).map(row => /\S+\/\S+\.js/.exec(row)?.[0])
    }
    expect(await costliest('directly')).toEqual(['src/direct.js'])
    expect(await costliest('isolated')).toEqual(['src/isolated.js'])
    expect(await costliest('by import')).toEqual(['src/later.js'])
    expect(await costliest('through a library')).toEqual(['kit/oven.js'])
    expect(await costliest('again, through another door')).toEqual(['kit/pan.js'])
    const { stdout } = await suite.command(['show', '--test', 'loads nothing'])
    expect(stdout).not.toContain('in-hook')
  })

  test('the cost of coverage in workers is a finding, with its parts', async () => {
    const modules = Array.from({ length: 12 }, (_, index) => `src/${index}.js`)
    const branches = 'let n = a; if (a % 2) n += 1; else n -= 1; n = n ? n + 1 : n - 1; return n'
    const source = Array.from({ length: 25 }, (_, index) => `exports.f${index} = a => { ${branches} }`).join(
      '\n',
    )
    const loads = modules.map(path => `require('./${path}')`).join('\n')
    const suite = await createSuite(jestMajor, {
      title: 'coverage-cost',
      files: {
        ...Object.fromEntries(modules.map(path => [path, source])),
        ...Object.fromEntries(
          ['a', 'b', 'c', 'd', 'e', 'f'].map(name => [`${name}.test.js`, `${loads}\ntest('is', () => {})`]),
        ),
        'jest.config.js': `module.exports = { coverageReporters: ['none'],
          transform: { '\\\\.js$': ['babel-jest', { babelrc: false, configFile: false }] } }`,
      },
    })
    const coverage = async (...args: string[]) => {
      const { report } = await suite.profile(['-i', ...args])
      return report().findings.filter(({ id }) => id === 'coverage-cost')
    }
    const [withBabel] = await coverage('--coverage')
    expect(withBabel?.evidence).toMatch(
      /^In 6 test files: copying all counters after each test file .*instrumenting/,
    )
    expect(withBabel?.remedy).toContain('collectCoverageFrom')
    const [withV8] = await coverage('--coverage', '--coverageProvider=v8')
    // Jest copies coverage counters there as well, but has none.
    expect(withV8?.evidence).toMatch(/starting, stopping and reading V8 coverage \S+ m?s\.$/)
    expect(withV8?.evidence).not.toContain('instrumenting')
  })
})

test('files of a runner without test environments are one row, without transforms', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `src/${index}.js`)
  const suite = await createSuite(NEWEST_JEST, {
    title: 'linted',
    files: {
      ...Object.fromEntries(names.map(name => [name, ''])),
      'tools/lint.js': `
module.exports = class {
  async runTests(tests, watcher, onStart, onResult) {
    for (const test of tests) {
      await onStart(test)
      await onResult(test, { numFailingTests: 0, numPassingTests: 1, numPendingTests: 0, numTodoTests: 0, openHandles: [],
        perfStats: { start: 0, end: 0, runtime: 0, slow: false }, skipped: false, leaks: false, testFilePath: test.path,
        testResults: [{ ancestorTitles: [], duration: 1, failureMessages: [], fullName: 'lint', status: 'passed', title: 'lint' }],
        snapshot: { added: 0, fileDeleted: false, matched: 0, unchecked: 0, uncheckedKeys: [], unmatched: 0, updated: 0 } })
    }
  }
}`,
      'jest.config.js':
        "module.exports = { runner: __dirname + '/tools/lint.js', testMatch: ['**/src/*.js'], transform: {} }",
    },
  })
  const { exitCode, stderr, report, runDirectory } = await suite.profile()
  expect(exitCode).toBe(0)
  expect(
    report()
      .missing.map(({ file }) => file)
      .toSorted(),
  ).toEqual(names)
  const [heading, ...rows] = stderr.slice(stderr.indexOf('Not fully profiled')).split('\n')
  expect(heading).toBe('Not fully profiled   10 files')
  // One row, on as many lines as it needs.
  const ofRow = rows.slice(0, rows.indexOf(''))
  expect(ofRow.join('\n')).toContain(
    '10 files (src/0.js, src/1.js, …): the runner tools/lint.js does not use',
  )
  expect(ofRow.filter(line => /^ {3}\S/.test(line) && /files \(/.test(line))).toHaveLength(1)
  expect(stderr).not.toContain('transforms')
  expect(stderr).not.toMatch(/: *$/m)
  const markdown = readFileSync(join(runDirectory, 'report.md'), 'utf8')
  expect(markdown.match(/tools\/lint\.js/g)).toHaveLength(1)
})

test('a finding suggests bypassing a barrel only by paths that its package exports, and not in import cycles', async () => {
  const names = ['one', 'two', 'three', 'four', 'five']
  const member = (name: string) => `${BURN}burn(60)\nexports.${name} = () => '${name}'`
  const barrel = names.map(name => `exports.${name} = require('./${name}').${name}`).join('\n')
  const packageOf = (name: string, manifest: object) => ({
    [`node_modules/${name}/package.json`]: JSON.stringify({
      name,
      version: '1.0.0',
      main: 'lib/index.js',
      ...manifest,
    }),
    [`node_modules/${name}/lib/index.js`]: barrel,
    ...Object.fromEntries(names.map(part => [`node_modules/${name}/lib/${part}.js`, member(part)])),
  })
  const suite = await createSuite(NEWEST_JEST, {
    title: 'bypassed-barrels',
    files: {
      ...packageOf('closed', {}),
      ...packageOf('open', { exports: { '.': './lib/index.js', './*': './lib/*.js' } }),
      'src/ring/index.js': barrel,
      ...Object.fromEntries(names.map(name => [`src/ring/${name}.js`, member(name)])),
      'src/ring/two.js': `const ring = require('./index')\n${member('two')}\nexports.ring = () => ring`,
      'closed.test.js': "const { two } = require('closed')\ntest('is', () => { two() })",
      'open.test.js': "const { two } = require('open')\ntest('is', () => { two() })",
      'ring.test.js': "const { two } = require('./src/ring')\ntest('is', () => { two() })",
      'jest.config.js': 'module.exports = { transform: {} }',
    },
  })
  const { report } = await suite.profile(['-i'])
  const found = report().findings.filter(({ id }) => id.startsWith('barrel:'))
  expect(found).toMatchObject([
    { id: 'barrel:node_modules/open/lib/index.js', remedy: expect.stringContaining("require('open/two')") },
  ])
})
