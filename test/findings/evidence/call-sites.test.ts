import { describe, expect, test } from '@jest/globals'
import { callSiteFinder, firstLineOf } from '../../../src/findings/evidence/call-sites.js'

/** Lines of the loops around the place that `¦` marks, innermost first; undefined: nothing is known of it. */
function loopsAround(marked: string, file = 'a.ts'): number[] | undefined {
  const before = marked.slice(0, marked.indexOf('¦'))
  const place = { file, line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
  return callSiteFinder(() => marked.replace('¦', ''))(place)?.loops.map(firstLineOf)
}

describe('the loops around a call', () => {
  test.each<[string, string, number[]]>([
    ['are all of its function, innermost first', 'while (a)\n  for (const b of c)\n    ¦d(b)', [2, 1]],
    ['are no loops that ended before it', 'for (const a of b) c(a)\n¦d()', []],
    ['are none around the function that it is in', 'for (const a of b) run(() => ¦c(a))', []],
    ['are those around a promise whose executor makes it', 'while (a) await new Promise(r => ¦f(r, 5))', [1]],
    ['are those around a method', 'class A { async b() { for (const c of d) ¦e(c) } }', [1]],
    ['do not depend on how the lines are indented', 'while (a) {\n¦b()\n    }', [1]],
    ['are seen through types', 'for (const a of b as string[]) { const c: C<D> = ¦f<C>(a)! }', [1]],
  ])('%s', (_which, marked, lines) => {
    expect(loopsAround(marked)).toEqual(lines)
  })

  test.each([
    ['where the source has an error', 'while (a) { ¦b() } }', 'a.ts'],
    ['where the parser would go on after one', 'const a = 1\nconst a = 2\nwhile (b) ¦c()', 'a.ts'],
    ['where a file is not JavaScript', 'while (a) ¦b()', 'a.vue'],
    ['where no code is left', 'a()\n\n\n¦', 'a.ts'],
  ])('are unknown %s', (_where, marked, file) => {
    expect(loopsAround(marked, file)).toBeUndefined()
  })
})

test('what begins on the line of a call is that of its function alone', () => {
  const text = 'const timer = setInterval(() => check(), 5)'
  const site = callSiteFinder(() => text)({ file: 'a.js', line: 1, column: 15 })
  const names = site?.onLine.flatMap(({ type, name }) => (type === 'Identifier' ? [name] : []))
  expect(names).toEqual(['timer', 'setInterval'])
})

test('a file is parsed once', () => {
  let reads = 0
  const siteOf = callSiteFinder(() => {
    reads++
    return 'a()'
  })
  for (const column of [1, 1, 2]) siteOf({ file: 'a.js', line: 1, column })
  expect(reads).toBe(1)
})
