import { expect, test } from '@jest/globals'
import { position, sanitize } from '../../src/page/data/text.js'

test('Names are one line of text without control characters, bidirectional overrides or lone surrogates', () => {
  expect(sanitize('a\u0000b\nc\u2028d\u202Ee')).toBe('a b c d e')
  expect(sanitize('\ud800')).toBe('\ufffd')
  expect(sanitize('<img onerror=alert(1)>')).toBe('<img onerror=alert(1)>')
})

test.each([
  ['src/a.ts', 3, 7, 'src/a.ts:3:7'],
  ['src/a.ts', 3, 0, 'src/a.ts:3'],
  ['src/a.ts', 0, 7, 'src/a.ts'],
  ['', 3, 7, ''],
])('position(%p, %d, %d) is %p', (file, line, column, expected) => {
  expect(position(file, line, column)).toBe(expected)
})
