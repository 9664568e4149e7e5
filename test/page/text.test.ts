import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { namePattern, plain, position, shellWord } from '../../src/page/data/text.js'

test('names are one line of text, without what would act on its surroundings', () => {
  expect(plain('a\u0000b\nc\u2028d\u202Ee')).toBe('a b c d e')
  expect(plain('\ud800')).toBe('\ufffd')
  expect(plain('<img onerror=alert(1)>')).toBe('<img onerror=alert(1)>')
})

test.each([
  ['src/a.ts', 3, 7, 'src/a.ts:3:7'],
  ['src/a.ts', 3, 0, 'src/a.ts:3'],
  ['src/a.ts', 0, 7, 'src/a.ts'],
  ['', 3, 7, ''],
])('position of %p %d %d', (file, line, column, expected) => {
  expect(position(file, line, column)).toBe(expected)
})

test('the pattern of a name matches it and no other', () => {
  fc.assert(
    fc.property(fc.string(), name => {
      expect(new RegExp(namePattern(name)).test(name)).toBe(true)
      expect(new RegExp(namePattern(name)).test(`${name}x`)).toBe(false)
    }),
  )
})

const onPosix = process.platform === 'win32' ? test.skip : test

onPosix('a shell reads a word as it was meant', () => {
  const words = ["it's", '$(date)', '`x`', 'a b', '"', '\\', 'plain/path.ts', '!', '*']
  const read = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`])
  expect(read.toString().split('\0').slice(0, -1)).toEqual(words)
})
