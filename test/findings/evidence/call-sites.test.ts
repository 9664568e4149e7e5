import { describe, expect, test } from '@jest/globals'
import { callSiteFinder, firstLineOf, moduleReader } from '../../../src/findings/evidence/call-sites.js'

/** The lines of the loops around the position marked by `¦`, innermost first; undefined if unknown. */
function loopsAround(marked: string, file = 'a.ts'): number[] | undefined {
  const before = marked.slice(0, marked.indexOf('¦'))
  const place = { file, line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
  return callSiteFinder(moduleReader(() => marked.replace('¦', '')))(place)?.loops.map(firstLineOf)
}

describe('The loops around a call', () => {
  test.each<[string, string, number[]]>([
    ['are all loops of its function, innermost first', 'while (a)\n  for (const b of c)\n    ¦d(b)', [2, 1]],
    ['exclude loops that ended before it', 'for (const a of b) c(a)\n¦d()', []],
    ['exclude loops around its function', 'for (const a of b) run(() => ¦c(a))', []],
    [
      'include loops around a promise whose executor contains the call',
      'while (a) await new Promise(r => ¦f(r, 5))',
      [1],
    ],
    ['include loops in a method', 'class A { async b() { for (const c of d) ¦e(c) } }', [1]],
    ['do not depend on indentation', 'while (a) {\n¦b()\n    }', [1]],
    [
      'are found despite type annotations',
      'for (const a of b as string[]) { const c: C<D> = ¦f<C>(a)! }',
      [1],
    ],
  ])('%s', (_which, marked, lines) => {
    expect(loopsAround(marked)).toEqual(lines)
  })

  test.each([
    ['if the source has a syntax error', 'while (a) { ¦b() } }', 'a.ts'],
    [
      'if the source has an error from which the parser recovers',
      'const a = 1\nconst a = 2\nwhile (b) ¦c()',
      'a.ts',
    ],
    ['if the file is not JavaScript', 'while (a) ¦b()', 'a.vue'],
    ['if the position is past the code', 'a()\n\n\n¦', 'a.ts'],
  ])('are unknown %s', (_where, marked, file) => {
    expect(loopsAround(marked, file)).toBeUndefined()
  })
})

test('callSiteFinder returns only nodes of the call’s own function for its line', () => {
  const text = 'const timer = setInterval(() => check(), 5)'
  const site = callSiteFinder(moduleReader(() => text))({ file: 'a.js', line: 1, column: 15 })
  const names = site?.onLine.flatMap(({ type, name }) => (type === 'Identifier' ? [name] : []))
  expect(names).toEqual(['timer', 'setInterval'])
})

test('callSiteFinder parses a file once', () => {
  let reads = 0
  const siteOf = callSiteFinder(
    moduleReader(() => {
      reads++
      return 'a()'
    }),
  )
  for (const column of [1, 1, 2]) siteOf({ file: 'a.js', line: 1, column })
  expect(reads).toBe(1)
})
