import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { docblockEnvironment } from '../../src/jest/environment-module.js'
import { JESTS, otherJest } from '../support/jests.js'
import { temporaryFolder } from '../support/temporary-folder.js'

function testFile(text: string): string {
  const path = join(temporaryFolder(), 'a.test.js')
  writeFileSync(path, text)
  return path
}

const NAMED = testFile('/**\n * @jest-environment jsdom\n */\ntest()')

describe.each(JESTS)('docblockEnvironment with Jest %s', (_version, { location }) => {
  test('returns the environment of a docblock, or undefined', () => {
    expect(docblockEnvironment(NAMED, location)).toBe('jsdom')
    expect(docblockEnvironment(testFile('test()'), location)).toBeUndefined()
    expect(docblockEnvironment('/nowhere/a.test.js', location)).toBeUndefined()
  })
})

test.each([
  ['no such package', {}],
  ['one with other functions', { 'jest-docblock': 'exports.read = () => ({})' }],
])('docblockEnvironment with %s returns undefined', (_what, packages) => {
  expect(docblockEnvironment(NAMED, otherJest(packages))).toBeUndefined()
})
