// Comparisons for the tests of their formats: an ordinary change, no change, and runs with hostile names.

import { compareRuns } from '../../../src/compare/compare-runs.js'
import type { Comparison } from '../../../src/compare/comparison.js'
import type { RunFigures } from '../../../src/compare/run-figures.js'
import { drawnFigures, figure } from '../../support/drawn-figures.js'
import { HOSTILE } from '../../support/drawn-reports.js'

interface Given {
  runs: number
  /** Put before names and paths. */
  prefix?: string
}

/** Head has a function twice as slow, a moved test file, a renamed test, a new file and another version of Node. */
export function ordinaryComparison({ runs, prefix = '' }: Given): Comparison {
  return compareRuns(side('base', { runs, prefix }), side('head', { runs, prefix }))
}

export function hostileComparison(): Comparison {
  return ordinaryComparison({ runs: 10, prefix: HOSTILE })
}

export function unchangedComparison(): Comparison {
  const runs = Array.from({ length: 10 }, (_, run) => oneRun(run, { isHead: false, prefix: '' }))
  return compareRuns(runs, runs)
}

function side(name: 'base' | 'head', { runs, prefix }: Required<Given>): RunFigures[] {
  const isHead = name === 'head'
  return Array.from({ length: runs }, (_, run) => oneRun(run, { isHead, prefix }))
}

function oneRun(run: number, { isHead, prefix }: { isHead: boolean; prefix: string }): RunFigures {
  const path = (name: string) => `${prefix}${name}`
  const file = path(isHead ? 'test/shop/cart.test.ts' : 'test/cart.test.ts')
  const priceMs = (isHead ? 420 : 210) + ((run * 7) % 10)
  const other = 130 + ((run * 3) % 10)
  const test = (inFile: string, name: string, { wall, line }: { wall: number; line: number }) => ({
    ...figure(
      { file: inFile, name: [`${prefix}cart`, `${prefix}${name}`], line, column: 3 },
      { wall, cpu: wall },
    ),
    body: `of line ${line}`,
  })
  const [tax, lone] = [path('test/tax.test.ts'), path(isHead ? 'test/new.test.ts' : 'test/old.test.ts')]
  const code = { category: 'source', column: 8 } as const
  return drawnFigures({
    id: `2026-01-0${(run % 9) + 1}`,
    startedAtMs: run,
    framework: [{ file, cpuMs: 100 + run }],
    context: isHead ? { Node: `v24.0.0${prefix}` } : {},
    tables: {
      run: [
        figure({ name: ['run'] }, { wall: 900 + priceMs }),
        figure({ name: ['test files'] }, { wall: 800 + priceMs, cpu: 500 + priceMs }),
      ],
      phases: [figure({ name: ['tests'] }, { wall: other + priceMs, cpu: other + priceMs })],
      functions: [
        figure(
          { ...code, name: [path('priceOf')], file: path('src/price.ts'), line: isHead ? 12 : 10 },
          { self: priceMs },
        ),
        figure({ ...code, name: [path('total')], file: path('src/cart.ts'), line: 4 }, { self: other }),
        figure({ ...code, name: [path('before')], file: path('src/list.ts'), line: 1 }, { self: 0.1 }),
        figure({ ...code, name: [''], file: path('src/list.ts'), line: isHead ? 8 : 5 }, { self: 60 }),
        figure(
          { ...code, name: [path('after')], file: path('src/list.ts'), line: isHead ? 23 : 20 },
          { self: 0.1 },
        ),
      ],
      tests: [
        test(file, 'adds up', { wall: priceMs, line: 5 }),
        test(file, 'is empty', { wall: 3, line: 20 }),
        test(tax, 'knows a rate', { wall: 20, line: 5 }),
        test(tax, isHead ? 'adds every tax' : 'adds taxes', { wall: (isHead ? 90 : 60) + run, line: 9 }),
        test(tax, 'rounds', { wall: 7, line: 15 }),
        test(lone, isHead ? 'is new' : 'is old', { wall: 50, line: 5 }),
      ],
      files: [
        figure({ file }, { wall: other + priceMs, cpu: other + priceMs }),
        figure({ file: tax }, { wall: 200 + (run % 4), cpu: 150 }),
        figure({ file: lone }, { wall: 55, cpu: 50 }),
      ],
      modules: [figure({ file: path('src/price.ts'), category: 'source' }, { self: 20 + run })],
      packages: [figure({ name: [path('lodash')], category: 'dependency' }, { self: 30 + run })],
      hooks: [
        figure({ file, name: [`${prefix}cart`, 'beforeEach'], line: 3, column: 3 }, { wall: 9, cpu: 9 }),
      ],
    },
  })
}
