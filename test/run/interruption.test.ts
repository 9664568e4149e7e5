import { describe, expect, test } from '@jest/globals'
import { describeInterruption } from '../../src/run/interruption.js'

describe('describeInterruption', () => {
  const said = (recorded: number, folder = '.jest-profiler/2026-01-31', running: string[] = []) =>
    describeInterruption({ recorded, testFiles: 12, folder, running })

  test('says how many files were recorded, and which command shows them', () => {
    expect(said(3)).toBe(
      '\njest-profiler: interrupted after 3 of 12 test files. To see them: npx jest-profiler show .jest-profiler/2026-01-31\n',
    )
    expect(said(3, 'our profiles/run')).toContain('show "our profiles/run"\n')
  })

  test('names what was running', () => {
    expect(said(0, '.', ['test/a.test.js: test “adds” for 3.20 s'])).toMatch(
      /nothing was recorded\.\n {2}running: test\/a\.test\.js: test “adds” for 3\.20 s\n$/,
    )
  })

  test('says that nothing was recorded before the first file ended', () => {
    expect(said(0)).toBe(
      '\njest-profiler: interrupted before any test file had finished: nothing was recorded.\n',
    )
  })
})
