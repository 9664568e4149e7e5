import { expect, test } from '@jest/globals'
import type { ImportReport } from '../../src/report/account-reports.js'
import type { RunReport } from '../../src/report/report.js'
import { costlyImports } from '../../src/report/views/imports.js'
import { importReport } from '../support/account-rows.js'
import { reportOf } from '../support/run-record.js'

interface Drawn extends Partial<ImportReport> {
  module: string
  savedMs: number
  by?: string[]
}

function shown(drawn: Drawn[], selection?: RunReport['selection']): string[] {
  const imports = drawn.map(({ by = [], ...given }) =>
    importReport({ importers: by.map(module => ({ module, files: 1 })), ...given }),
  )
  const { run } = reportOf([])
  return costlyImports({ imports, run: { ...run, ...(selection && { selection }) } }).map(
    ({ module }) => module,
  )
}

test('costlyImports lists the innermost of modules with equal cost', () => {
  expect(
    shown([
      { module: 'src/index.ts', savedMs: 330, by: ['a.test.ts'] },
      { module: 'src/barcode.ts', savedMs: 320, by: ['src/index.ts'] },
      { module: 'src/heading.ts', savedMs: 5, by: ['src/index.ts'] },
    ]),
  ).toEqual(['src/barcode.ts', 'src/heading.ts'])
})

test('costlyImports does not merge a module that two others import into one of them', () => {
  const imports: Drawn[] = [
    { module: 'src/one.ts', savedMs: 100, by: ['a.test.ts'] },
    { module: 'src/two.ts', savedMs: 95, by: ['b.test.ts'] },
    { module: 'src/shared.ts', savedMs: 95, by: ['src/one.ts', 'src/two.ts'] },
  ]
  expect(shown(imports)).toEqual(['src/one.ts', 'src/two.ts', 'src/shared.ts'])
})

test('costlyImports lists neither the internal modules of a library nor test files', () => {
  expect(
    shown([
      { module: 'a.test.ts', savedMs: 500, category: 'test' },
      { module: 'node_modules/kit/index.js', savedMs: 300, category: 'dependency', by: ['src/a.ts'] },
      {
        module: 'node_modules/kit/core.js',
        savedMs: 290,
        category: 'dependency',
        by: ['node_modules/kit/index.js'],
      },
    ]),
  ).toEqual(['node_modules/kit/index.js'])
})

test('costlyImports lists a library’s module for a test that loads it lazily', () => {
  const lazy: Drawn[] = [
    {
      module: 'node_modules/kit/core.js',
      savedMs: 290,
      category: 'dependency',
      by: ['node_modules/kit/index.js'],
    },
    {
      module: 'node_modules/kit/inner.js',
      savedMs: 150,
      category: 'dependency',
      by: ['node_modules/kit/core.js'],
    },
  ]
  expect(shown(lazy, { test: 'bakes' })).toEqual(['node_modules/kit/core.js'])
  expect(shown(lazy)).toEqual([])
})

test('costlyImports omits modules that would save nothing', () => {
  expect(shown([{ module: 'src/shared.ts', savedMs: 0 }])).toEqual([])
})
