import { expect, test } from '@jest/globals'
import { calledFunction } from '../../src/page/data/callees.js'
import type { CallRow } from '../../src/report/code-reports.js'

const place = (file: string, lines: number[]) => ({ function: 'f', file, line: 1, column: 1, lines })
const inTest = (index: number, totalMs: number) => ({
  ...{ file: 'a.test.js', project: '', index, name: [`test ${index}`], fullName: `test ${index}`, totalMs },
})

function call(given: Partial<CallRow> & Pick<CallRow, 'totalMs'>): CallRow {
  return {
    ...{
      kind: 'library',
      selfMs: 1,
      sampleCount: 3,
      testCount: 1,
      tests: [],
      caller: place('a.test.js', [3]),
    },
    callee: { function: 'get', writtenAs: [], package: 'lodash', category: 'dependency' },
    ...given,
  }
}

const GET = { kind: 'library', package: 'lodash', function: 'get' } as const

test('calledFunction adds up all callers of one function, and its time by test', () => {
  const other = { function: 'get', writtenAs: [], package: 'other', category: 'dependency' as const }
  const calls = [
    call({ totalMs: 5, tests: [inTest(0, 3), inTest(1, 2)] }),
    call({ totalMs: 40, callee: other }),
    call({ totalMs: 9, tests: [inTest(1, 9)], caller: place('src/b.js', []) }),
  ]
  const found = calledFunction({ calls }, GET)
  expect(found).toMatchObject({ totalMs: 14, selfMs: 2 })
  expect(found?.calls.map(({ caller }) => caller.file)).toEqual(['src/b.js', 'a.test.js'])
  expect(found?.tests.map(({ test: { index }, totalMs }) => [index, totalMs])).toEqual([
    [1, 11],
    [0, 3],
  ])
})

test('calledFunction finds nothing for a function that is not called', () => {
  expect(calledFunction({ calls: [call({ totalMs: 5 })] }, { ...GET, function: 'set' })).toBeUndefined()
})
