import { expect, test } from '@jest/globals'
import { describeUnknownJest } from '../../src/run/unknown-jest.js'

const known = { version: '30.5.2', foundReporters: true, isMarked: true }

test('a Jest that is known needs no note', () => {
  expect(describeUnknownJest(known)).toEqual([])
  expect(describeUnknownJest({ ...known, version: '29.7.0' })).toEqual([])
  expect(describeUnknownJest({ ...known, version: undefined })).toEqual([])
})

test('a Jest that is newer, or laid out in another way, is said to be', () => {
  expect(describeUnknownJest({ version: '31.0.0', foundReporters: false, isMarked: false })).toEqual([
    'Jest 31.0.0 is newer than the versions that this release of jest-profiler was tested with (29.7 to 30.5). Look for a newer release.',
    "What Jest's own reporters took at the end is unknown, because this Jest keeps them in another place.",
    'How long Jest took to find files and tests is unknown, because this Jest does not mark these steps.',
  ])
})
