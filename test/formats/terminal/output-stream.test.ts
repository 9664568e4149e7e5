import { expect, test } from '@jest/globals'
import { readableReports, terminalOf } from '../../../src/formats/terminal/output-stream.js'

const stream = { isTTY: true, columns: 80 }

test('terminalOf has the width and colours of a terminal, but not with NO_COLOR', () => {
  expect(terminalOf(stream, {})).toMatchObject({ columns: 80, colors: true, isAgent: false })
  expect(terminalOf(stream, { NO_COLOR: '1' })).toMatchObject({ colors: false, links: false })
})

test('terminalOf has wide plain lines for a log and for a coding agent, even on a terminal', () => {
  const log = terminalOf({ isTTY: false, columns: 80 }, {})
  expect(log).toEqual({ columns: 200, colors: false, links: false, isAgent: false })
  expect(terminalOf(stream, { CLAUDECODE: '1' })).toEqual({ ...log, isAgent: true })
})

test('readableReports has Markdown first for a coding agent', () => {
  expect(readableReports({ isAgent: true })).toEqual(['markdown', 'html'])
  expect(readableReports({ isAgent: false })).toEqual(['html', 'markdown'])
})
