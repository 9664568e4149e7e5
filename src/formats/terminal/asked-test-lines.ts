// The terminal's answer to "why is this test slow?": lines for each of a few tests, before all else.

import cliTruncate from 'cli-truncate'
import type { Report } from '../../report/report.js'
import { askedTests } from '../../report/views/test-breakdowns.js'
import { askedTestRows, rowsOfEach, timeSplit } from '../asked-test-rows.js'
import { stylesOf } from './styles.js'
import { LONGEST_NAME, type TerminalOptions } from './terminal-options.js'
import { fileLabel, testLabel } from './terminal-sections.js'
import { textTable } from './text-table.js'

export function askedTestLines(
  report: Report,
  { columns, colors, toShown }: Pick<TerminalOptions, 'columns' | 'colors' | 'toShown'>,
): string[] {
  const asked = askedTests(report)
  const most = rowsOfEach(asked.length)
  return asked.flatMap(entry => {
    const { file, test } = entry
    const rows = askedTestRows(entry, most, toShown).map(({ time, what, name, where }) => [
      time,
      what,
      cliTruncate(name, LONGEST_NAME),
      where,
    ])
    return [
      '',
      `${stylesOf(colors).bold(testLabel(test, file))}   ${fileLabel(file, test, toShown)}`,
      cliTruncate(`  ${timeSplit(entry)}`, columns - 2),
      ...(rows.length === 0 ? [] : textTable(rows, columns)),
    ]
  })
}
