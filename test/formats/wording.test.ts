import { describe, expect, test } from '@jest/globals'
import { scheduleLine } from '../../src/formats/sections.js'
import { headline, plain, position, testPlace } from '../../src/formats/wording.js'
import { HOSTILE, ordinaryReport } from '../support/drawn-reports.js'

test('plain text is one line without anything that a terminal obeys', () => {
  expect(plain(HOSTILE)).toBe('new line red link | `tick` <img src=x>  gnp.exe *b*')
  expect(plain('a\r\n\u0000\u2028b')).toBe('a b')
})

test('a position leaves out what is not known', () => {
  expect(position({ file: 'src/a.ts', line: 3, column: 7 })).toBe('src/a.ts:3:7')
  expect(position({ file: 'src/a.ts', line: 3, column: 0 })).toBe('src/a.ts:3')
  expect(position({ file: 'node:fs', line: 0, column: 0 })).toBe('node:fs')
  expect(position({ file: '', line: 0, column: 0 })).toBe('')
})

test('a test is where its file is, and where another file defines it', () => {
  const toShown = (path: string) => `./${path}`
  const file = 'test/a.test.js'
  expect(testPlace({ file, line: 3, column: 7 }, toShown)).toBe('./test/a.test.js:3:7')
  const definedIn = { file: 'test/helper.js', line: 8, column: 5 }
  expect(testPlace({ file, line: 0, column: 0, definedIn }, toShown)).toBe(
    './test/a.test.js, defined at ./test/helper.js:8:5',
  )
})

describe('the headline of a part of a run', () => {
  const report = ordinaryReport()
  const partOf = (selection: { file?: string; test?: string }) => ({
    ...report,
    run: { ...report.run, workers: 7, selection },
  })

  test('has nothing of the run as a whole', () => {
    const { scope, time } = headline(partOf({ file: 'a' }))
    expect(scope).toBe('3 files · 5 tests')
    expect(time).not.toContain(`wall ${report.totals.wallMs}`)
    expect(scheduleLine(report)).toContain('workers busy')
    expect(scheduleLine(partOf({ file: 'a' }))).toBe('')
  })

  test('says that our own cost was not that of a test', () => {
    expect(headline(partOf({ file: 'a' })).quality).toContain('our own cost: ')
    expect(headline(partOf({ file: 'a', test: 'b' })).quality).toContain('our own cost in all of the files: ')
  })
})
