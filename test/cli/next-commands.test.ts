import { describe, expect, test } from '@jest/globals'
import { suggestCommands, type TableRequest } from '../../src/cli/next-commands.js'
import type { TableName } from '../../src/tables/table.js'
import { HOSTILE, ordinaryReport } from '../support/drawn-reports.js'
import { resolvedFromText, span } from '../support/recording.js'
import { reportOf } from '../support/run-record.js'

/** A report of one file with one test. */
function oneTest(name: string, given: { samplingIntervalMicros?: number } = {}) {
  const recording = resolvedFromText('0 4000\nA B', {
    header: { wallMicros: 8000 },
    tests: [span({ index: 0, name: [name], start: 0, end: 8000 })],
  })
  const report = reportOf([recording])
  return { ...report, run: { ...report.run, samplingIntervalMicros: 5000, ...given } }
}

function next(
  by: TableName,
  rows: string[],
  { filled, ...given }: Partial<TableRequest> & { filled?: TableName[] },
) {
  const asked = { run: undefined, flags: {}, report: ordinaryReport(), toShown: (path: string) => path }
  const isFilled = (table: TableName) => filled?.includes(table) ?? true
  const commands = suggestCommands({ by, rows: rows.map(id => ({ id })) }, { ...asked, isFilled, ...given })
  return commands.map(command => command.replace('npx jest-profiler ', ''))
}

describe('suggestCommands after a table with rows', () => {
  test('suggests details of its first row in the same run', () => {
    expect(next('test', ['test-1', 'test-2'], { run: 'runs/a b' })).toEqual([
      'show "runs/a b" --test test-1',
      'export "runs/a b" --test test-1 --format cpuprofile -o test.cpuprofile',
    ])
    expect(next('test-file', ['file-1'], {})).toEqual([
      'show --file file-1',
      'show --file file-1 --by import',
    ])
  })

  test('suggests another view of the same selection', () => {
    expect(next('import', ['mod-1'], { flags: { file: '*.ts' } })).toEqual([
      'show --file "*.ts" --by package',
      'show --file "*.ts" --by test-file',
    ])
  })

  test('suggests neither the table of a single selected test nor tables without rows', () => {
    const flags = { test: 'adds' }
    const report = oneTest('adds')
    expect(next('wait', ['wait-1'], { flags, report })).toEqual(['show --test adds'])
    expect(next('function', ['fn-1'], { flags, report })).toEqual(['show --test adds --by line'])
    expect(next('function', ['fn-1'], { filled: ['test'] })).toEqual(['show --by test'])
    expect(next('test', ['test-1'], { flags, report })[0]).toBe('show --test adds')
  })
})

describe('suggestCommands after a table without rows', () => {
  test('suggests tables of the same selection that have rows, and the selection itself', () => {
    const flags = { file: 'a.test.ts' }
    expect(next('hook', [], { flags, filled: ['wait', 'import'] })).toEqual([
      'show --file a.test.ts --by wait',
      'show --file a.test.ts',
    ])
    expect(next('hook', [], {})).toEqual(['show --by function', 'show --by wait'])
    expect(next('wait', [], { filled: [] })).toEqual([])
  })

  test('suggests the imports of the file for the imports of a test', () => {
    const report = oneTest('adds')
    expect(next('import', [], { flags: { test: 'adds' }, report })[0]).toBe(
      `show --file ${report.files[0]?.id} --by import`,
    )
  })

  test('suggests a new run of only that test, sampled more finely, for the functions of a test', () => {
    const asked = { flags: { test: 'adds' }, filled: [], report: oneTest("it's $5 (net)") }
    expect(next('function', [], { ...asked, toShown: path => `../${path}` })[0]).toBe(
      String.raw`--runTestsByPath ../a.test.js -t '^it'\''s \$5 \(net\)$'`,
    )
    const finest = oneTest('adds', { samplingIntervalMicros: 1000 })
    for (const report of [finest, ordinaryReport(), oneTest('adds '.repeat(50)), oneTest(HOSTILE)])
      expect(next('function', [], { ...asked, report })).toEqual(['show --test adds'])
  })
})
