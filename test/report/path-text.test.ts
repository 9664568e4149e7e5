import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { pathText } from '../../src/report/views/path-text.js'

const DEEP = 'packages/web/src/features/checkout/components/address-form/fields/street.test.tsx'

describe('a path for people', () => {
  test.each([
    ['src/cart.ts', 'src/cart.ts'],
    ['node_modules/lodash/index.js', 'lodash/index.js'],
    ['../node_modules/@scope/name/dist/index.js', '@scope/name/dist/index.js'],
    ['node_modules/.pnpm/a@1.0.0/node_modules/a/node_modules/b/index.js', 'b/index.js'],
    ['', ''],
  ])('%s reads %s', (path, text) => {
    expect(pathText(path)).toBe(text)
  })

  test('that is long keeps its first folder, its file, and as many of the folders next to that as there is room for', () => {
    expect(pathText(DEEP)).toBe('packages/…/checkout/components/address-form/fields/street.test.tsx')
  })

  test('of a scoped package keeps its whole name', () => {
    const path = `node_modules/@scope/name/${'folder/'.repeat(12)}index.js`
    expect(pathText(path)).toMatch(/^@scope\/name\/…\/(?:folder\/)+index\.js$/)
    expect(pathText(path).length).toBeLessThanOrEqual(72)
  })

  test('is left whole where there is no folder to leave out, however long a name is', () => {
    const long = `${'x'.repeat(90)}.js`
    expect([long, `src/${long}`, `node_modules/@scope/name/${long}`].map(pathText)).toEqual([
      ...[long, `src/${long}`, `@scope/name/${long}`],
    ])
  })

  const part = fc.stringMatching(/^[a-z]{1,20}$/)

  test('ends with its file, begins with its first folder, and is no longer than it was', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), parts => {
        const [path, text] = [parts.join('/'), pathText(parts.join('/'))]
        expect(text.split('/').at(-1)).toBe(parts.at(-1))
        expect(text.split('/')[0]).toBe(parts[0])
        expect(text.length).toBeLessThanOrEqual(Math.max(path.length, 72))
        if (path.length <= 72) expect(text).toBe(path)
        // One folder at least would have to go: with the shortest names there is room.
        else if (parts.length > 3) expect(text).toContain('/…/')
      }),
    )
  })
})
