import { expect, test } from '@jest/globals'
import { plain, position } from '../../src/formats/wording.js'
import { HOSTILE } from '../support/drawn-reports.js'

test('plain text is one line without anything that a terminal obeys', () => {
  expect(plain(HOSTILE)).toBe('new line red link | `tick` <img src=x>  gnp.exe *b*')
  expect(plain('a\r\n\u0000\u2028b')).toBe('a b')
})

test('a position leaves out what is not known', () => {
  expect(position({ file: 'src/a.ts', line: 3, column: 7 })).toBe('src/a.ts:3:7')
  expect(position({ file: 'src/a.ts', line: 3, column: 0 })).toBe('src/a.ts:3')
  expect(position({ file: 'node:fs', line: 0, column: 0 })).toBe('node:fs')
  expect(position({ file: '', line: 0, column: 0 })).toBe('')
})
