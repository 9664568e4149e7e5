// Each rule for findings has an entry in docs/findings.md, and each entry has the same parts.

import { expect, test } from '@jest/globals'
import { FINDING_RULES } from '../../src/report/finding-rules.js'
import { codeIn, firstCells, pageText, sectionOf } from '../support/documentation.js'

const PAGE = pageText('docs/findings.md')
const ENTRIES = [...PAGE.matchAll(/^### (.*)$/gm)].map(([, rule = '']) => rule)

test('Every rule has one entry, and every entry belongs to a rule', () => {
  expect(ENTRIES.toSorted()).toEqual([...FINDING_RULES])
})

test('Every rule is in the table of subjects', () => {
  const rows = [...PAGE.matchAll(/^\| \[.*\|$/gm)].map(([row]) => row)
  expect(rows.flatMap(codeIn).toSorted()).toEqual([...FINDING_RULES])
  expect(firstCells(PAGE).length).toBeGreaterThan(5)
})

test.each(FINDING_RULES)(
  'The entry of %s explains its meaning, its evidence, what to do and when to ignore it',
  rule => {
    const entry = sectionOf(PAGE, `### ${rule}`).trim()
    expect(entry).toMatch(/^[^-#\s]/)
    expect([...entry.matchAll(/^- \*\*(.*?):\*\* \S/gm)].map(([, part]) => part)).toEqual([
      'Evidence',
      'What to do',
      'When to ignore it',
    ])
  },
)
