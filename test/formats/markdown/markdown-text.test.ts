import { expect, test } from '@jest/globals'
import {
  asText,
  folded,
  MARKDOWN,
  MARKDOWN_CELL,
  withCode,
} from '../../../src/formats/markdown/markdown-text.js'

test('asText leaves no markup', () => {
  expect(asText('*a* _b_ `c` [d](e) <f> g|h ~i~ $j$ #k \\ &amp;\u001b[31m')).toBe(
    '\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) &lt;f&gt; g\\|h \\~i\\~ \\$j\\$ \\#k \\\\ &amp;amp;',
  )
})

test.each([
  [
    'calls `render()` of src/__tests__/a.test.tsx:12:3, and _b_',
    'calls `render()` of `src/__tests__/a.test.tsx:12:3`, and \\_b\\_',
  ],
  ['from node_modules/@scope/a_b/index.js.', 'from `node_modules/@scope/a_b/index.js`.'],
  ['and/or, 1/2, test/a b.ts', 'and/or, 1/2, test/a b.ts'],
  ['an unpaired ` in src/a_b.ts', 'an unpaired \\` in src/a\\_b.ts'],
])('withCode(%p) has code and paths as code', (text, expected) => {
  expect(withCode(text)).toBe(expected)
})

test('a pipe is escaped in a table only, and a backslash before it makes code text', () => {
  expect([MARKDOWN.code('a|b'), MARKDOWN_CELL.code('a|b')]).toEqual(['`a|b`', '`a\\|b`'])
  expect([MARKDOWN.code('a\\|b'), MARKDOWN_CELL.code('a\\|b')]).toEqual(['`a\\|b`', 'a\\\\\\|b'])
})

test('folded has its title as HTML', () => {
  expect(folded('<b> & ~', 'text')).toBe(
    '<details>\n<summary>&lt;b&gt; &amp; ~</summary>\n\ntext\n\n</details>',
  )
  expect(folded('title', '')).toBe('')
})
