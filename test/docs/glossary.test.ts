// The documentation's explanation of a table heading starts with that of the page.

import { expect, test } from '@jest/globals'
import { GLOSSARY } from '../../src/tables/glossary.js'
import { pageText, sectionOf } from '../support/documentation.js'

const ROWS = [
  sectionOf(pageText('docs/reading-a-report.md'), '## Columns'),
  sectionOf(pageText('docs/comparing.md'), '## What it says'),
].flatMap(section =>
  [...section.matchAll(/^\| ([^|]*?) +\| ([^|]*?) +\|$/gm)].map(([, heading = '', meaning = '']) => ({
    heading,
    meaning,
  })),
)

test.each(Object.entries(GLOSSARY))(
  'The documentation explains the heading %s as the page does',
  (heading, meaning) => {
    const row = ROWS.find(entry => entry.heading === heading)
    expect(plain(row?.meaning ?? '').slice(0, meaning.length)).toBe(meaning)
  },
)

test('The documentation explains no other heading', () => {
  const headings = ROWS.map(({ heading }) => heading).filter(heading => !/^(heading|-+)$/.test(heading))
  expect(headings).toEqual(Object.keys(GLOSSARY))
})

/** The text without backticks, and with a lower-case first letter unless it is an abbreviation. */
function plain(meaning: string): string {
  const text = meaning.replaceAll('`', '')
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
