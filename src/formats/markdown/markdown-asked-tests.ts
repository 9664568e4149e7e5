// Markdown's answer to "why is this test slow?": a section for each of a few tests, before all else.

import type { Report } from '../../report/report.js'
import { askedTests } from '../../report/views/test-breakdowns.js'
import { askedTestRows, rowsOfEach, timeSplit } from '../asked-test-rows.js'
import { outcome, position, testName } from '../wording.js'
import { asText, code, table } from './markdown-text.js'

export function askedTestSections(report: Report): string[] {
  const asked = askedTests(report)
  const most = rowsOfEach(1)
  return asked.map(entry => {
    const { file, test } = entry
    const rows = askedTestRows(entry, most, path => path).map(({ time, what, name, where }) => [
      time,
      what,
      asText(name),
      code(where),
    ])
    const notes = [
      code(position({ ...test, file: file.path })),
      ...(file.project === '' ? [] : [asText(file.project)]),
      ...outcome(test, file.tests),
    ]
    const parts = [
      `## Test: ${asText(testName(test.name))}`,
      `${notes.join(', ')}  \n${asText(timeSplit(entry))}`,
      ...(rows.length === 0
        ? []
        : [table({ head: ['time', 'what', 'name', 'where'], rightAligned: 1 }, rows)]),
    ]
    return parts.join('\n\n')
  })
}
