import { describe, expect, test } from '@jest/globals'
import type { ModuleTotal } from '../../src/attribution/module-totals.js'
import type { TransformTotals } from '../../src/recording/recording.js'
import { buildImports, buildTransforms } from '../../src/report/build/imports.js'
import { moduleTotal } from '../support/account-rows.js'
import { modulesOf, script } from '../support/modules.js'
import { resolvedFromText } from '../support/recording.js'
import { reportOf } from '../support/run-record.js'

const toRelative = (path: string) => path.replace('/project/', '')

function total(path: string, given: Partial<ModuleTotal> = {}): ModuleTotal {
  return moduleTotal({ path, chain: [path], ...given })
}

describe('The imports of a report', () => {
  test('have the time of each module, its parts, its phases and its importers', () => {
    const module = total('/project/node_modules/lodash/index.js', {
      ...{ category: 'dependency', package: 'lodash', files: 3, loads: 4 },
      ...{
        self: 10_000,
        total: 30_000,
        saved: 20_000,
        resolve: 1000,
        transform: 2000,
        compile: 3000,
        mock: 500,
      },
      phases: new Map([
        ['tests', 1000],
        ['imports', 9000],
      ]),
      importers: new Map([
        ['/project/src/b.js', 1],
        ['/project/src/c.js', 2],
        ['/project/src/a.js', 1],
      ]),
      chain: ['/project/a.test.js', '/project/src/c.js', '/project/node_modules/lodash/index.js'],
    })
    expect(buildImports([module], toRelative)).toEqual([
      {
        ...{
          module: 'node_modules/lodash/index.js',
          transformer: null,
          package: 'lodash',
          category: 'dependency',
        },
        ...{
          selfMs: 10,
          totalMs: 30,
          savedMs: 20,
          resolveMs: 1,
          transformMs: 2,
          compileMs: 3,
          mockMs: 0.5,
          evaluateMs: 3.5,
        },
        ...{ files: 3, loads: 4, phases: { imports: 9, tests: 1 } },
        importers: [
          { module: 'src/c.js', files: 2 },
          { module: 'src/a.js', files: 1 },
          { module: 'src/b.js', files: 1 },
        ],
        chain: ['a.test.js', 'src/c.js', 'node_modules/lodash/index.js'],
      },
    ])
  })

  test('are sorted by saved time, then by path', () => {
    const modules = [total('/project/b'), total('/project/c', { saved: 5 }), total('/project/a')]
    expect(buildImports(modules, toRelative).map(({ module }) => module)).toEqual(['c', 'a', 'b'])
  })

  test('list the ten importers of most test files', () => {
    const importers = new Map(Array.from({ length: 12 }, (_, index) => [`/project/${index}`, index]))
    const [row] = buildImports([total('/project/a', { importers })], toRelative)
    expect(row?.importers.map(({ files }) => files)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
  })

  test('have an evaluation time of 0 if the measured parts exceed the whole', () => {
    const [row] = buildImports([total('/project/a', { self: 10, resolve: 6, transform: 6 })], toRelative)
    expect(row?.evaluateMs).toBe(0)
  })

  test('list phases in a fixed order', () => {
    const phases = (...entries: ['imports' | 'tests', number][]) =>
      JSON.stringify(buildImports([total('/project/a', { phases: new Map(entries) })], toRelative))
    expect(phases(['tests', 1], ['imports', 2])).toBe(phases(['imports', 2], ['tests', 1]))
  })

  test('are summed over all test files of a run', () => {
    const recordings = ['a', 'b'].map(name => {
      const testPath = `/project/${name}.test.js`
      const modules = modulesOf([script(testPath, [0, 3000], [script('shared', [1000, 2500])])])
      return resolvedFromText('0\nA', { modules, header: { testPath } })
    })
    expect(
      reportOf(recordings).imports.map(
        ({ module, files, selfMs, savedMs }) => `${module} ${files} ${selfMs} ${savedMs}`,
      ),
    ).toEqual(['a.test.js 1 1.5 3', 'b.test.js 1 1.5 3', 'src/shared.js 2 3 3'])
  })
})

describe('The transforms of a report', () => {
  const totals = (transformer: string | null, micros: number, extension = '.ts'): TransformTotals => ({
    ...{
      transformer,
      extension,
      files: 3,
      misses: 1,
      micros,
      missMicros: micros / 2,
      loadMicros: 0,
      missLoadMicros: 0,
      uncached: 0,
    },
  })

  test('name the transformer by package or path, and have none for files used unchanged', () => {
    expect(
      buildTransforms(
        [
          totals(null, 1000),
          totals('/project/node_modules/@swc/jest/index.js', 4000),
          totals('C:\\project\\node_modules\\ts-jest\\dist\\index.js', 3000),
          totals('/project/tools/transform.js', 2000),
        ],
        toRelative,
      ),
    ).toEqual([
      {
        transformer: '@swc/jest',
        extension: '.ts',
        files: 3,
        cacheMisses: 1,
        totalMs: 4,
        missMs: 2,
        loadMs: 0,
        missLoadMs: 0,
        uncached: 0,
      },
      {
        transformer: 'ts-jest',
        extension: '.ts',
        files: 3,
        cacheMisses: 1,
        totalMs: 3,
        missMs: 1.5,
        loadMs: 0,
        missLoadMs: 0,
        uncached: 0,
      },
      {
        transformer: 'tools/transform.js',
        extension: '.ts',
        files: 3,
        cacheMisses: 1,
        totalMs: 2,
        missMs: 1,
        loadMs: 0,
        missLoadMs: 0,
        uncached: 0,
      },
      {
        transformer: null,
        extension: '.ts',
        files: 3,
        cacheMisses: 1,
        totalMs: 1,
        missMs: 0.5,
        loadMs: 0,
        missLoadMs: 0,
        uncached: 0,
      },
    ])
  })

  test('are sorted by transformer and extension if their times are equal', () => {
    const rows = [totals('/b', 1), totals('/a', 1, '.tsx'), totals('/a', 1, '.js')]
    expect(
      buildTransforms(rows, path => path).map(({ transformer, extension }) => `${transformer} ${extension}`),
    ).toEqual(['/a .js', '/a .tsx', '/b .ts'])
  })
})
