import { expect, test } from '@jest/globals'
import type { Missing } from '../../src/report/report.js'
import { groupFilesText, groupMissing } from '../../src/report/views/missing-groups.js'

const linted = (file: string): Missing => ({ file, reason: 'it is linted', remedy: 'None.' })
const crashed: Missing = { file: 'crashed.js', reason: 'it crashed', remedy: 'Fix the crash.' }

test('groupMissing groups files that are missing for the same reason and sorts them', () => {
  const groups = groupMissing([linted('c.js'), crashed, linted('a.js'), linted('b.js')])
  expect(groups).toEqual([
    { files: ['a.js', 'b.js', 'c.js'], reason: 'it is linted', remedy: 'None.' },
    { files: ['crashed.js'], reason: 'it crashed', remedy: 'Fix the crash.' },
  ])
  expect(groups.map(group => groupFilesText(group))).toEqual(['3 files (a.js, b.js, …)', 'crashed.js'])
})

test('groupMissing separates files with different remedies', () => {
  expect(groupMissing([linted('a.js'), { ...linted('b.js'), remedy: 'Wait.' }])).toHaveLength(2)
})

test('groupFilesText names both of two files, and no file if the file is unknown', () => {
  const [two] = groupMissing([linted('a.js'), linted('b.js')])
  const [unknown] = groupMissing([linted('')])
  if (two === undefined || unknown === undefined) throw new Error('a group is missing')
  expect(groupFilesText(two)).toBe('2 files (a.js, b.js)')
  expect(groupFilesText(unknown)).toBe('')
})
