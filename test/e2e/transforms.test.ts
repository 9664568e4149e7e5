// Only calls of a transformer by Jest are transform time: the same packages are dependencies when tests call them.

import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { createSuite, JEST_MAJORS, NEWEST_JEST } from './support/suite.js'

/** Like a helper of Babel's runtime, which calls the user's code of an async function. */
const ASYNC_TO_GENERATOR = `
module.exports = function asyncToGenerator(make) {
  return function (...args) {
    const steps = make(...args)
    return new Promise((resolve, reject) => {
      const step = value => {
        const { done, value: next } = steps.next(value)
        return done ? resolve(next) : Promise.resolve(next).then(step, reject)
      }
      step()
    })
  }
}
`

const BURN =
  'const from = process.cpuUsage().user; while (process.cpuUsage().user - from < 500e3) for (let i = 0; i < 1e5; i++) Math.sqrt(i)'

const WORK = `
const asyncToGenerator = require('@babel/runtime/helpers/asyncToGenerator')
exports.work = asyncToGenerator(function* work() { yield 1; ${BURN} })
`

const NO_TRANSFORM = { jest: { testEnvironment: 'node', transform: {} } }

function selfMsOf({ hotspots }: Report, name: string): number {
  return hotspots.find(hotspot => hotspot.function === name)?.selfMs ?? 0
}

// Whether Jest calls it synchronously depends on the version.
test.each(JEST_MAJORS)(
  'the project’s own transformer is transform time, even after an await, under Jest %s',
  async jestMajor => {
    const transformer = `
      const burn = () => { ${BURN} }
      const transform = (code, path) => {
        if (path.endsWith('work.mjs')) burn()
        return { code }
      }
      export default {
        // From 30.4 on, Jest loads as much as possible synchronously.
        process: transform,
        async processAsync(code, path) {
          await null
          return transform(code, path)
        },
      }
    `
    const config = { jest: { testEnvironment: 'node', transform: { '\\.mjs$': './transformer.mjs' } } }
    const suite = await createSuite(jestMajor, {
      title: 'own-transformer',
      files: {
        'package.json': JSON.stringify({ ...config, jest: { ...config.jest, testMatch: ['**/*.test.mjs'] } }),
        'transformer.mjs': transformer,
        'work.mjs': 'export const one = 1',
        'work.test.mjs': `import { one } from './work.mjs'\ntest('is one', () => expect(one).toBe(1))`,
      },
    })
    const { report, exitCode } = await suite.profile([], {
      nodeArgs: ['--experimental-vm-modules', '--no-warnings'],
    })
    expect(exitCode).toBe(0)
    const { categories } = report()
    expect(categories.transform).toBeGreaterThan(250)
    expect(categories.source).toBeLessThan(100)
  },
)

describe('categories of transformed code', () => {
  test('a function that Babel’s runtime calls is source', async () => {
    const suite = await createSuite(NEWEST_JEST, {
      title: 'babel-runtime',
      files: {
        'node_modules/@babel/runtime/helpers/asyncToGenerator.js': ASYNC_TO_GENERATOR,
        'src/work.js': WORK,
        'work.test.js': `test('works', () => require('./src/work').work())`,
      },
    })
    const { report } = await suite.profile()
    expect(selfMsOf(report(), 'work')).toBeGreaterThan(300)
    expect(report().categories.source).toBeGreaterThan(300)
  })

  test('a compiler that a test calls is a dependency, with its own row', async () => {
    const compiling = `
      const ts = require('typescript')
      test('compiles', () => {
        const from = process.cpuUsage().user
        const source = 'export const a = <T,>(b: T): T[] => [b]\\n'.repeat(50)
        while (process.cpuUsage().user - from < 500e3) ts.transpileModule(source, {})
      })
    `
    const suite = await createSuite(NEWEST_JEST, {
      title: 'compiler',
      files: { 'package.json': JSON.stringify(NO_TRANSFORM), 'compiling.test.js': compiling },
    })
    const { report } = await suite.profile()
    const { categories, packages } = report()
    expect(packages.find(row => row.package === 'typescript')).toMatchObject({ category: 'dependency' })
    expect(categories.dependency).toBeGreaterThan(200)
    expect(categories.transform).toBeLessThan((categories.dependency ?? Number.NaN) / 4)
  })

  test('code that a transformer adds to a file is not source', async () => {
    const config = { presets: [['@babel/preset-env', { targets: { ie: '11' } }]] }
    const source = `
      export function spread(times) { let last; for (let i = 0; i < times; i++) last = { ...last, i }; return last }
    `
    const suite = await createSuite(NEWEST_JEST, {
      title: 'helpers',
      files: {
        'babel.config.json': JSON.stringify(config),
        'src/spread.js': source,
        'spread.test.js': `
          const { spread } = require('./src/spread')
          test('spreads', () => {
            const from = process.cpuUsage().user
            while (process.cpuUsage().user - from < 500e3) spread(1000)
          })
        `,
      },
    })
    const { report } = await suite.profile(['--coverage'])
    const { packages, hotspots } = report()
    const helpers = packages.find(row => row.package === '@babel/helpers')
    expect(helpers).toMatchObject({ category: 'dependency' })
    expect(helpers?.selfMs).toBeGreaterThan(100)
    const isAdded = (name: string) => /^cov_|^_objectSpread|^_defineProperty|^ownKeys$/.test(name)
    const own = hotspots.filter(({ category }) => category === 'source' || category === 'test')
    expect(own.map(row => row.function).filter(isAdded)).toEqual([])
  })
})
