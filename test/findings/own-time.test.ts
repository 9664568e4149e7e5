import { expect, test } from '@jest/globals'
import { withOwnTime } from '../../src/findings/own-time.js'
import type { FindingDraft } from '../../src/findings/rule.js'
import type { FindingId } from '../../src/report/finding-rules.js'
import { reportOf } from '../support/run-record.js'

const { phases: empty } = reportOf([])
const phases = { ...empty, imports: { ...empty.imports, wallMs: 800, readyMs: 600 } }

function costOf(id: FindingId): number {
  const draft: FindingDraft = {
    ...{ id, confidence: 'high', title: '', evidence: '', remedy: '' },
    ...{ costMs: 400, savings: { files: new Map() } },
  }
  return withOwnTime(draft, { phases }).costMs
}

test('withOwnTime takes the time without a core from costs in wall time, and from no others', () => {
  expect(costOf('barrel:src/index.js')).toBe(100)
  expect(costOf('set-up-import:setup.js')).toBe(400)
  expect(costOf('costly-calls:node node:zlib gzipSync')).toBe(400)
})
