import { describe, expect, test } from '@jest/globals'
import { RESUMED } from '../../src/profile/frame.js'
import type { CallRow } from '../../src/report/code-reports.js'
import { calledCode } from '../../src/report/views/called-code.js'

function resumed(totalMs: number, ...writtenAs: string[]): CallRow {
  return {
    caller: { function: '', file: '', line: 0, column: 0, lines: [] },
    callee: { function: RESUMED, writtenAs, package: '@floating-ui/core', category: 'dependency' },
    ...{ kind: 'library', totalMs, selfMs: 0, sampleCount: 9, testCount: 1, tests: [] },
  }
}

const namesOf = (...calls: CallRow[]) => calledCode({ calls }).map(({ name }) => name)

describe('calledCode', () => {
  test('names work after an await by the call that tests await, if that is most of it', () => {
    expect(namesOf(resumed(850, 'trigger'), resumed(150))).toEqual(['@floating-ui/core during await trigger'])
    expect(namesOf(resumed(850), resumed(150, 'trigger'))).toEqual(['@floating-ui/core › (after await)'])
    expect(namesOf(resumed(500, 'trigger'), resumed(500, 'setValue'))).toEqual([
      '@floating-ui/core › (after await)',
    ])
  })

  test('names another call as the source of any caller does', () => {
    const query = (writtenAs: string[]): CallRow => ({
      ...resumed(10),
      callee: {
        function: 'queryAllByRole',
        writtenAs,
        package: '@testing-library/dom',
        category: 'dependency',
      },
    })
    expect(namesOf(query([]), query(['getByRole']))).toEqual(['@testing-library/dom › getByRole'])
  })
})
