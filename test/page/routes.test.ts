import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { changed, functionLink, href, parseRoute, VIEWS } from '../../src/page/routes.js'

const parse = (hash: string) => parseRoute(VIEWS, 'overview', hash)

describe('Routes of the page', () => {
  test.each(['', '#', '#nonsense', '#overview', '#javascript:alert(1)'])('show the overview for %p', hash => {
    expect(parse(hash).view).toBe('overview')
  })

  test('preserve any text of a parameter', () => {
    fc.assert(
      fc.property(fc.constantFrom(...VIEWS), fc.string({ unit: 'binary' }), (view, text) => {
        const route = parse(href(view, { q: text }))
        expect(route.view).toBe(view)
        expect(route.params.get('q')).toBe(text === '' ? null : text.toWellFormed())
      }),
    )
  })

  test('keep other parameters on a change, and drop a parameter that is set to null', () => {
    const route = parse('#tests?q=pay&sort=-wallMs')
    expect(changed(route, { sort: 'name' })).toBe('#tests?q=pay&sort=name')
    expect(changed(route, { q: null })).toBe('#tests?sort=-wallMs')
  })

  test('identify a function by name and position, which makes links independent of the run', () => {
    const link = functionLink({ name: 'a & b', file: 'src/a b.ts', line: 3, column: 7 })
    expect(parse(link).params.get('at')).toBe('src/a b.ts:3:7')
    expect(parse(link).params.get('name')).toBe('a & b')
  })
})
