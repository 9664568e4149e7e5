import { describe, expect, test } from '@jest/globals'
import { toAnnotations } from '../../src/ci/github.js'
import { toCodeQuality } from '../../src/ci/gitlab.js'
import { remarksOf } from '../../src/ci/remarks.js'
import type { Finding } from '../../src/report/report.js'
import { budgetReport, excess } from '../support/budgets.js'
import { hostileReport } from '../support/drawn-reports.js'
import { findingOf } from '../support/finding.js'

const asIs = (path: string) => path

const finding = (given: Partial<Finding> = {}) =>
  findingOf({ severity: 'medium', position: { file: 'src/a.ts', line: 7, column: 2 }, ...given })

describe('remarksOf', () => {
  test('lists budgets first, exceeded ones as errors, then findings', () => {
    const within = excess({ verdict: 'within uncertainty', figureMs: 201, cause: null })
    const report = { budgets: [budgetReport({ excesses: [within, excess({})] })], findings: [finding()] }
    expect(
      remarksOf(report, asIs).map(({ level, title, file, line }) => `${level} ${title} ${file}:${line}`),
    ).toEqual([
      'error Budget exceeded: testWallMs test/cart.test.ts:8',
      'warning Budget exceeded within measurement error: testWallMs test/cart.test.ts:8',
      'warning A loop polls src/a.ts:7',
    ])
    expect(remarksOf(report, asIs).map(({ message }) => message)).toEqual([
      'testWallMs 442 ms > 200 ms (±3.0 ms): cart › adds up, test/cart.test.ts:8:1. Main cause: total src/cart.ts:3:5 (400 ms).',
      'testWallMs 201 ms > 200 ms (±3.0 ms): cart › adds up, test/cart.test.ts:8:1.',
      'Costs 1.20 s, saves 600–900 ms of wall time: 1.20 s in 3 rounds. Await it.',
    ])
  })

  test('uses the line that defines the test, even in another file', () => {
    const definedIn = { file: 'test/rule-tester.ts', line: 12, column: 3 }
    const elsewhere = excess({ line: 0, column: 0, definedIn })
    const [remark] = remarksOf({ budgets: [budgetReport({ excesses: [elsewhere] })], findings: [] }, asIs)
    expect(remark).toMatchObject(definedIn)
    expect(remark?.message).toContain('test/cart.test.ts, defined at test/rule-tester.ts:12:3')
  })

  test('returns at most the ten most expensive', () => {
    const excesses = Array.from({ length: 8 }, (_, index) => excess({ figureMs: 300 + index }))
    const findings = Array.from({ length: 8 }, (_, index) => finding({ id: `polling:${index}` }))
    const remarks = remarksOf({ budgets: [budgetReport({ excesses })], findings }, asIs)
    expect(remarks.map(({ check }) => check)).toEqual([...Array(8).fill('testWallMs'), 'polling', 'polling'])
    expect(remarks.at(-1)?.id).toBe('polling:1')
  })

  test('gives the cost of a finding with low confidence as an upper bound', () => {
    const [remark] = remarksOf(
      { budgets: [], findings: [finding({ confidence: 'low', position: null })] },
      asIs,
    )
    expect(remark).toMatchObject({ file: '', line: 0, column: 0 })
    expect(remark?.message).toContain('Costs up to 1.20 s, saves ')
  })

  test('ends the evidence with one full stop', () => {
    const [remark] = remarksOf(
      { budgets: [], findings: [finding({ evidence: 'Proof.', savesWallMs: null })] },
      asIs,
    )
    expect(remark?.message).toBe('Costs 1.20 s: Proof. Await it.')
  })

  test.each(['/elsewhere/a.ts', '../a.ts', 'C:/a.ts', 'node:fs'])('leaves out the file %s', file => {
    const remarks = remarksOf(
      { budgets: [], findings: [finding({ position: { file, line: 1, column: 1 } })] },
      asIs,
    )
    expect(remarks.map(remark => remark.file)).toEqual([''])
  })

  test('keeps each remark with hostile names on one line', () => {
    const remarks = remarksOf(hostileReport(), asIs)
    const lines = toAnnotations(remarks).trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines.filter(line => !/^::(error|warning) [^\p{Cc}]*$/u.test(line))).toEqual([])
    expect(JSON.parse(toCodeQuality(remarks))).toHaveLength(2)
  })
})
