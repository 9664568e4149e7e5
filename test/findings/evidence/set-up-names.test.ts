import { describe, expect, test } from '@jest/globals'
import { namesSetUpWith } from '../../../src/findings/evidence/set-up-names.js'

const names = (text: string, module = '/project/src/heavy.js') => {
  const found = namesSetUpWith(module, { path: '/project/test/setup.ts', text })
  return found instanceof Set ? [...found] : found
}

describe('namesSetUpWith', () => {
  test.each([
    [
      "const { check } = require('../src/heavy')\nexpect.extend({ toBeOne: v => ({ pass: check(v) }), 'toBeTwo'() { check() } })",
      ['toBeOne', 'toBeTwo'],
    ],
    ["import heavy from '../src/heavy.js'\nglobalThis.heavy = heavy", ['heavy']],
    ["import { a, b } from '../src/heavy'\nglobal.one = a()\nwindow.two = b", ['one', 'two']],
  ])('finds the matchers and globals that %j makes of the module', (text, expected) => {
    expect(names(text)).toEqual(expected)
  })

  test('means all matchers of the module where it is handed to expect.extend', () => {
    const text = "import * as matchers from 'jest-extended'\nexpect.extend(matchers)"
    expect(names(text, '/project/node_modules/jest-extended/all/index.js')).toBe('all')
    expect(names("const m = require('../src/heavy')\nexpect.extend({ ...m })")).toBe('all')
  })

  test.each([
    ['imports it for its effects', "import '../src/heavy'"],
    [
      'configures it',
      "import { check, configure } from '../src/heavy'\nconfigure()\nexpect.extend({ toBeOne: check })",
    ],
    ['uses it in a hook', "const { check } = require('../src/heavy')\nbeforeEach(() => check())"],
    ['imports another module', "import { check } from '../src/other'\nglobal.check = check"],
    ['cannot be parsed', 'const ='],
  ])('is undefined if the set-up file %s', (_why, text) => {
    expect(names(text)).toBeUndefined()
  })
})
