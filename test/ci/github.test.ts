import { describe, expect, test } from '@jest/globals'
import { toAnnotations, toStepOutputs } from '../../src/ci/github.js'
import type { Remark } from '../../src/ci/remarks.js'

const remark: Remark = {
  ...{ level: 'error', severity: 'high', check: 'testWallMs', id: 'id', title: 'Too slow', message: 'very' },
  ...{ file: 'test/a.test.ts', line: 3, column: 5 },
}

describe('toAnnotations', () => {
  test('gives the file, line and column', () => {
    expect(toAnnotations([remark, { ...remark, level: 'warning' }])).toBe(
      '::error file=test/a.test.ts,line=3,col=5,title=Too slow::very\n' +
        '::warning file=test/a.test.ts,line=3,col=5,title=Too slow::very\n',
    )
  })

  test('leaves out an unknown line, and the file when it is outside the repository', () => {
    expect(toAnnotations([{ ...remark, line: 0, column: 0 }])).toBe(
      '::error file=test/a.test.ts,title=Too slow::very\n',
    )
    expect(toAnnotations([{ ...remark, file: '' }])).toBe('::error title=Too slow::very\n')
  })

  test('escapes text, so that a name cannot start another command', () => {
    const hostile = 'a,b:c%\r\n::error::x'
    expect(toAnnotations([{ ...remark, file: hostile, title: hostile, message: hostile }])).toBe(
      '::error file=a%2Cb%3Ac%25%0D%0A%3A%3Aerror%3A%3Ax,line=3,col=5,' +
        'title=a%2Cb%3Ac%25%0D%0A%3A%3Aerror%3A%3Ax::a,b:c%25%0D%0A::error::x\n',
    )
  })
})

describe('toStepOutputs', () => {
  test('writes entries with one or several lines', () => {
    expect(
      toStepOutputs([
        ['run-folder', '/a'],
        ['report-html', 'x\ny'],
      ]),
    ).toBe(
      'run-folder<<jest-profiler-end\n/a\njest-profiler-end\n' +
        'report-html<<jest-profiler-end\nx\ny\njest-profiler-end\n',
    )
  })

  test('chooses a delimiter that the value does not contain', () => {
    expect(toStepOutputs([['a', 'jest-profiler-end\r\nb=c\njest-profiler-end-']])).toBe(
      'a<<jest-profiler-end--\njest-profiler-end\r\nb=c\njest-profiler-end-\njest-profiler-end--\n',
    )
  })
})
