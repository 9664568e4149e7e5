import { expect, test } from '@jest/globals'
import { sandboxGlobals } from '../../../src/findings/rules/sandbox-globals.js'
import type { LineReport } from '../../../src/report/code-reports.js'
import { factsOf } from '../../support/facts.js'

const sources = {
  'src/a.ts': 'for (const x of list)\n  sum += Math.sqrt(x)\n  if (sum === Infinity) return\n  sum += own(x)',
  'src/nan.ts': 'if (x !== NaN) n++',
}
const line = (given: Partial<LineReport>): LineReport => ({
  ...{ file: 'src/a.ts', line: 2, selfMs: 600, category: 'source' },
  ...given,
})
const found = (lines: LineReport[], injectedGlobals: string[] = []) =>
  sandboxGlobals(factsOf({ report: { lines }, sources, injectedGlobals }))

test('sandboxGlobals finds hot lines that read globals, and suggests which to inject', () => {
  expect(found([line({}), line({ line: 3, selfMs: 200 })])).toEqual([
    {
      id: 'sandbox-globals',
      confidence: 'medium',
      title: "Hot lines read Infinity, Math through Jest's sandbox",
      evidence: expect.stringMatching(
        /^At most 800 ms: .* src\/a\.ts:2 \(600 ms\), src\/a\.ts:3 \(200 ms\)\. In the sandbox/,
      ),
      remedy: expect.stringContaining('`sandboxInjectedGlobals: ["Infinity", "Math"]`'),
      costMs: 800,
      savings: { files: new Map() },
      position: { file: 'src/a.ts', line: 2, column: 1 },
      shares: { modules: new Map([['src/a.ts', 800]]) },
    },
  ])
})

test('sandboxGlobals does not suggest NaN, because Jest rejects falsy globals', () => {
  const [one] = found([line({ file: 'src/nan.ts', line: 1 })])
  expect(one?.title).toContain('NaN')
  expect(one?.remedy).not.toContain('sandboxInjectedGlobals')
})

test('sandboxGlobals omits globals that are already injected', () => {
  expect(found([line({}), line({ line: 3 })], ['Math']).map(({ title }) => title)).toEqual([
    "Hot lines read Infinity through Jest's sandbox",
  ])
  expect(found([line({})], ['Math'])).toEqual([])
})

test.each<[string, LineReport]>([
  ['without a global', line({ line: 4 })],
  ['that is not hot', line({ selfMs: 49 })],
  ['of a package', line({ category: 'dependency' })],
  ['that cannot be read', line({ file: 'src/gone.ts' })],
  ['past the end of its file', line({ line: 99 })],
])('sandboxGlobals ignores a line %s', (_what, given) => {
  expect(found([given])).toEqual([])
})
