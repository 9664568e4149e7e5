import { expect, test } from '@jest/globals'
import { testAt } from '../../src/page/data/run-data.js'
import { resolvedFromText, span } from '../support/recording.js'
import { reportOf } from '../support/run-record.js'

const tests = [
  span({ index: 0, start: 0, end: 0, name: ['zero'] }),
  span({ index: 1, start: 0, end: 0, name: ['one'], attempt: 1 }),
  span({ index: 1, start: 0, end: 0, name: ['one'], attempt: 2 }),
  span({ index: 2, start: 0, end: 0, name: ['two'] }),
]

test('testAt finds a test by its index, despite retries and truncated tests, and returns its first attempt', () => {
  const [file] = reportOf([resolvedFromText('0\nA', { tests })]).files
  if (file === undefined) throw new Error('the report has no file')
  const found = (index: number) => [testAt(file, index)?.fullName, testAt(file, index)?.attempt]
  expect([0, 1, 2].map(found)).toEqual([
    ['zero', 1],
    ['one', 1],
    ['two', 1],
  ])
  const cut = { ...file, tests: file.tests.filter(({ index }) => index !== 0) }
  expect([0, 1, 2].map(index => testAt(cut, index)?.fullName)).toEqual([undefined, 'one', 'two'])
  expect(testAt(undefined, 0)).toBeUndefined()
})
