// The lines and names of calls in their callers' source.

import { describe, expect, test } from '@jest/globals'
import type { CallKind } from '../../../src/attribution/calls.js'
import { withCallLines } from '../../../src/findings/evidence/call-lines.js'
import { moduleReader } from '../../../src/findings/evidence/call-sites.js'
import type { CallRow } from '../../../src/report/code-reports.js'

const SOURCE = `import { render } from '@testing-library/react'
test('shows a cart', async () => {
  render(cart)
  const button = screen.getByRole('button')
  expect(screen.queryByRole('alert')).toBeNull()
  await waitFor(() => screen.getByRole('list'))
})
`

function row(kind: CallKind, called: string, caller: Partial<CallRow['caller']> = {}): CallRow {
  return {
    caller: { function: '(anonymous)', file: 'cart.test.js', line: 2, column: 22, lines: [], ...caller },
    callee: { function: called, writtenAs: [], package: 'p', category: 'dependency' },
    kind,
    totalMs: 10,
    selfMs: 0,
    sampleCount: 3,
    testCount: 1,
    tests: [],
  }
}

function found(call: CallRow, source = SOURCE): string {
  const [{ caller, callee } = call] = withCallLines(
    [call],
    moduleReader(() => source),
  )
  return `${callee.writtenAs.join(', ')} ${caller.lines.join(' ')}`.trim()
}

test.each([
  ['the same name', row('library', 'render'), 'render 3'],
  [
    'names with the same words at their end, without those of inner functions',
    row('library', 'queryAllByRole'),
    'getByRole, queryByRole 4 5',
  ],
  ['the beginning of the name', row('library', 'waitForWrapper'), 'waitFor 6'],
  ['`expect` itself', row('matcher', 'expect'), 'expect 5'],
  ['the matcher', row('matcher', 'toBeNull'), 'toBeNull 5'],
  ['matchers where the stack does not name one', row('matcher', 'message of a matcher'), 'toBeNull 5'],
  ['nothing for the imports of a module', row('module', 'require', { function: '(module)' }), ''],
  ['calls in the body of a module', row('library', 'test', { function: '(module)' }), 'test 2'],
  ['nothing where no name fits', row('library', 'flushSync'), ''],
  ['nothing where the place is outside any function', row('library', 'render', { line: 1, column: 1 }), ''],
])('finds %s', (_what, call, lines) => {
  expect(found(call)).toBe(lines)
})

test.each([
  ['node:zlib', ['gzipSync']],
  ['node:fs', []],
])('finds the exported function of %s that an internal one is', (owner, writtenAs) => {
  const call = row('node', 'syncBufferWrapper', { line: 1, column: 11 })
  const inNode = { ...call, callee: { ...call.callee, package: owner } }
  const [named] = withCallLines(
    [inNode],
    moduleReader(() => 'function f() { gzipSync(text(1)) }'),
  )
  expect(named?.callee.writtenAs).toEqual(writtenAs)
})

test('names another function of the module of Node only where the called one is not in the source', () => {
  const source = "function f() { createHash('sha256').update(text) }"
  const writtenAs = ['createHash', 'update', '_update'].map(called => {
    const call = row('node', called, { line: 1, column: 11 })
    const inNode = { ...call, callee: { ...call.callee, package: 'node:crypto' } }
    return withCallLines(
      [inNode],
      moduleReader(() => source),
    )[0]?.callee.writtenAs
  })
  expect(writtenAs).toEqual([['createHash'], ['update'], ['createHash']])
})

test('A source with syntax errors tells nothing', () => {
  expect(found(row('library', 'render'), 'render(')).toBe('')
})

describe('Rows of one matcher whose function V8 inlined in some samples', () => {
  const test1 = { file: 'cart.test.js', project: '', index: 0, name: ['a'], fullName: 'a', totalMs: 0 }
  const rowsOf = (...calls: CallRow[]) =>
    withCallLines(
      calls,
      moduleReader(() => SOURCE),
    ).map(({ callee, totalMs, sampleCount, tests }) => [
      callee.function,
      totalMs,
      sampleCount,
      ...tests.map(({ totalMs: ms }) => ms),
    ])
  const unnamed = { ...row('matcher', 'matcher'), totalMs: 30, tests: [{ ...test1, totalMs: 30 }] }
  const named = { ...row('matcher', 'toBeNull'), tests: [{ ...test1, totalMs: 10 }] }

  test('are one row, with its name and the sums of both', () => {
    expect(rowsOf(unnamed, named)).toEqual([['toBeNull', 40, 6, 40]])
  })

  test('stay apart in other functions, and where the source has several matchers', () => {
    const elsewhere = { ...named, caller: { ...named.caller, line: 9 } }
    expect(rowsOf(unnamed, elsewhere)).toHaveLength(2)
    const several = withCallLines(
      [unnamed, named],
      moduleReader(() => SOURCE.replace('cart)', 'expect(cart).toBe(1))')),
    )
    expect(several).toHaveLength(2)
  })
})
