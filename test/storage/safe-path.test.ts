import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { safePath, testFileName } from '../../src/artifacts/selected-profiles.js'

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('..', '.', '', 'con', 'NUL', 'a\0b', 'a\nb', 'x'.repeat(300), '😀'.repeat(90), 'a.', 'a '),
)
const anyPath = fc
  .array(anyText, { minLength: 1, maxLength: 4 })
  .map(parts => parts.join('/'))
  .filter(path => path !== '')

/** File names that some systems refuse or reserve. */
const FORBIDDEN = /[<>:"\\|?*\p{Cc}]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)$/iu

describe('safePath', () => {
  test.each([
    ['test/cart.test.ts', 'test/cart.test.ts'],
    ['test/größe.test.ts', 'test/größe.test.ts'],
    ['.hidden/a.test.ts', '.hidden/a.test.ts'],
  ])('keeps an ordinary path: %s', (path, same) => {
    expect(safePath(path)).toBe(same)
  })

  test.each([
    ['../shared/a.test.ts', /^__\/shared\/a\.test\.ts~[0-9a-f]{8}$/],
    ['a/../../b.test.ts', /^a\/__\/__\/b\.test\.ts~/],
    ['/abs/a.test.ts', /^abs\/a\.test\.ts~/],
    ['C:/abs/a.test.ts', /^C_\/abs\/a\.test\.ts~/],
    ['..\\a.test.ts', /^__\/a\.test\.ts~/],
    ['a\0b\nc.test.ts', /^[^\0\n]+~/],
    ['con/nul/a.test.ts', /^con_\/nul_\/a\.test\.ts~/],
  ])('keeps %j inside the folder, without reserved names', (path, expected) => {
    expect(safePath(path)).toMatch(expected)
  })

  test('gives similar paths distinct results', () => {
    const paths = [
      'a:b',
      'a?b',
      'a_b',
      'a/b',
      '/a/b',
      'a//b',
      'a\\b',
      `${'x'.repeat(300)}1`,
      `${'x'.repeat(300)}2`,
    ]
    expect(new Set(paths.map(safePath)).size).toBe(paths.length)
  })

  test('returns only short, valid file names for any path', () => {
    fc.assert(
      fc.property(anyPath, path => {
        const safe = safePath(path)
        expect(safe).not.toBe('')
        const parts = safe.split('/')
        expect(
          parts.filter(part => part === '' || part === '.' || part === '..' || FORBIDDEN.test(part)),
        ).toEqual([])
        expect(Math.max(...parts.map(part => Buffer.byteLength(part)))).toBeLessThanOrEqual(110)
      }),
    )
  })

  test('returns different results for any two different paths', () => {
    fc.assert(
      fc.property(anyPath, anyPath, (one, other) => {
        fc.pre(one !== other)
        expect(safePath(one)).not.toBe(safePath(other))
      }),
    )
  })
})

describe('testFileName', () => {
  test.each([
    [0, 'adds up', 1, '0-adds-up'],
    [3, 'Größe: 3 × 4 = 12!', 1, '3-größe-3-4-12'],
    [7, 'retried', 2, '7.2-retried'],
    [1, '../../etc/passwd', 1, '1-etc-passwd'],
    [2, '', 1, '2-_'],
    [2, '→ | ←', 1, '2-_'],
    [4, 'con', 1, '4-con_'],
    [5, 'line\nand \u001b[31mcolour', 1, '5-line-and-31mcolour'],
  ])('of test %i "%s", attempt %i, is %s', (index, name, attempt, expected) => {
    expect(testFileName(index, name, attempt)).toBe(expected)
  })

  test('truncates a name of 300 characters', () => {
    expect(testFileName(1, 'x'.repeat(300), 1)).toMatch(/^1-x{80,100}$/)
  })

  test('gives tests with equal names, and attempts at one test, distinct results', () => {
    const names = [
      testFileName(1, 'a', 1),
      testFileName(2, 'a', 1),
      testFileName(1, 'a', 2),
      testFileName(12, 'a', 1),
    ]
    expect(new Set(names).size).toBe(names.length)
  })

  test('returns a short, valid file name for any test name', () => {
    fc.assert(
      fc.property(fc.nat(), anyText, (index, name) => {
        const fileName = testFileName(index, name, 1)
        expect(FORBIDDEN.test(fileName) || fileName.includes('/')).toBe(false)
        expect(Buffer.byteLength(fileName)).toBeLessThanOrEqual(115)
      }),
    )
  })
})
