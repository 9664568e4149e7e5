import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { pathText } from '../../src/report/views/names.js'

const DEEP = 'packages/web/src/features/checkout/components/address-form/fields/street.test.tsx'

describe('pathText', () => {
  test.each([
    ['src/cart.ts', 'src/cart.ts'],
    ['node_modules/lodash/index.js', 'lodash/index.js'],
    ['../node_modules/@scope/name/dist/index.js', '@scope/name/dist/index.js'],
    ['node_modules/.pnpm/a@1.0.0/node_modules/a/node_modules/b/index.js', 'b/index.js'],
    ['', ''],
  ])('shows “%s” as “%s”', (path, text) => {
    expect(pathText(path)).toBe(text)
  })

  test('keeps the first folder, the file and as many of the last folders as fit', () => {
    expect(pathText(DEEP)).toBe('packages/…/checkout/components/address-form/fields/street.test.tsx')
  })

  test('keeps the whole name of a scoped package', () => {
    const path = `node_modules/@scope/name/${'folder/'.repeat(12)}index.js`
    expect(pathText(path)).toMatch(/^@scope\/name\/…\/(?:folder\/)+index\.js$/)
    expect(pathText(path).length).toBeLessThanOrEqual(72)
  })

  test('keeps a path without folders to omit, even if it is long', () => {
    const long = `${'x'.repeat(90)}.js`
    expect([long, `src/${long}`, `node_modules/@scope/name/${long}`].map(pathText)).toEqual([
      ...[long, `src/${long}`, `@scope/name/${long}`],
    ])
  })

  const part = fc.stringMatching(/^[a-z]{1,20}$/)

  test('keeps the file and the first folder, and never returns a longer path', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), parts => {
        const [path, text] = [parts.join('/'), pathText(parts.join('/'))]
        expect(text.split('/').at(-1)).toBe(parts.at(-1))
        expect(text.split('/')[0]).toBe(parts[0])
        expect(text.length).toBeLessThanOrEqual(Math.max(path.length, 72))
        if (path.length <= 72) expect(text).toBe(path)
        // A path above the limit with more than three parts has a folder to omit.
        else if (parts.length > 3) expect(text).toContain('/…/')
      }),
    )
  })
})
