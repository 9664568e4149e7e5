import { describe, expect, test } from '@jest/globals'
import { type DrawnBarrel, exported, found, letters } from './letters.js'
import { dear } from './loaded.js'

const folder = 'node_modules/@lib/lib'
const manifest = `${folder}/package.json`
const importer = "import { B } from '@lib/lib'\nB()"
const inPackage = (sources: Record<string, string>, more: Partial<DrawnBarrel> = {}) =>
  found({ folder, extension: 'js', line: exported, importer, ...more, more: { ...more.more, sources } })

describe('barrels suggests to import from a package by', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'a name in its `exports`',
      { [manifest]: '{ "exports": { ".": "./index.js", "./b": "./b.js", "./a": "./a.js" } }' },
      '@lib/lib/b',
    ],
    [
      'a pattern in its `exports` under any condition',
      { [manifest]: '{ "exports": { "./parts/*": { "import": "./esm/*.js", "require": ["./*.js"] } } }' },
      '@lib/lib/parts/b',
    ],
    ['a separate entry point', { [manifest]: '{}', [`${folder}/b/package.json`]: '{}' }, '@lib/lib/b'],
    [
      'an import in its README',
      { [manifest]: '{}', [`${folder}/README.md`]: "## Use\nimport { B } from '@lib/lib/b'" },
      '@lib/lib/b',
    ],
  ])('%s', (_what, sources, specifier) => {
    expect(inPackage(sources)).toMatchObject([
      { remedy: expect.stringContaining(`import { B } from '${specifier}'`), costMs: 400 },
    ])
  })
})

describe('barrels finds nothing in a package', () => {
  test.each<[string, Record<string, string>]>([
    ['that names only its entry', { [manifest]: '{ "exports": { ".": "./index.js" } }' }],
    ['with a single entry in `exports`', { [manifest]: '{ "exports": "./index.js" }' }],
    [
      'whose `exports` exclude what a wider pattern matches',
      { [manifest]: '{ "exports": { "./*": "./*", "./b*": null } }' },
    ],
    ['that does not document its files', { [manifest]: '{ "main": "index.js" }' }],
    ['whose package.json cannot be read', {}],
  ])('%s', (_what, sources) => {
    expect(inPackage(sources)).toEqual([])
  })

  test('whose pattern in `exports` also matches internal modules', () => {
    const wide = { [manifest]: '{ "exports": { "./*": "./*.js" } }' }
    const line = (letter: string) => `export { ${letter.toUpperCase()} } from './internal/${letter}'`
    const parts = letters.map(letter => `${folder}/internal/${letter}.js`)
    const more = { asks: { [`${folder}/index.js`]: parts }, selfMs: dear(parts) }
    const texts = Object.fromEntries(parts.map((part, index) => [part, `export const ${'ABCDE'[index]} = 1`]))
    expect(inPackage({ ...wide, ...texts }, { line, more })).toEqual([])
  })
})

test('barrels suggests the barrel’s own specifiers for a barrel that re-exports packages', () => {
  const parts = letters.map(letter => `node_modules/${letter}-kit/dist/${letter}.js`)
  const texts = Object.fromEntries(parts.map((part, index) => [part, `exports.${'ABCDE'[index]} = 1`]))
  const line = (letter: string) => `export { ${letter.toUpperCase()} } from '${letter}-kit'`
  const more = { asks: { 'src/lib/index.ts': parts }, selfMs: dear(parts), sources: texts }
  expect(found({ line, more })).toMatchObject([
    { remedy: "Import from the defining module: `import { B } from 'b-kit'`.", costMs: 400 },
  ])
})

test('barrels ignores imports between packages', () => {
  const [barrel, other] = ['node_modules/lib/index.js', 'node_modules/other/index.js']
  const importer = "import { B } from 'lib'\nB()"
  const asks = { 'src/x.ts': [barrel, other], [other]: [barrel] }
  const more = { asks, sources: { [other]: "const { B } = require('lib')\nB()" } }
  expect(found({ folder: 'node_modules/lib', extension: 'js', line: exported, importer, more })).toEqual([])
})

test.each([
  ['an alias', '@/lib', {}, '@/lib/b'],
  [
    'a package of the workspace',
    '@acme/parts',
    { 'src/lib/package.json': '{ "name": "@acme/parts" }' },
    '@acme/parts/b',
  ],
])('barrels recognizes a barrel by %s that is unambiguous', (_what, specifier, sources, replacement) => {
  const importer = `import { B } from '${specifier}'\nimport fs from 'fs'\nB(fs)`
  expect(found({ line: exported, importer, more: { sources } })).toMatchObject([
    { remedy: expect.stringContaining(`import { B } from '${replacement}'`), costMs: 400 },
  ])
})

test('barrels ignores a barrel with ambiguous specifiers', () => {
  const other = 'other/lib/index.ts'
  const importer = "import { B } from '@/lib'\nB()"
  const more = { asks: { 'src/x.ts': ['src/lib/index.ts', other] } }
  expect(found({ line: exported, importer: `${importer}\nimport { C } from '~/lib'` })).toEqual([])
  expect(found({ line: exported, importer, more })).toEqual([])
})

test('barrels omits an internal folder of a package from the suggested specifier', () => {
  const folder = 'node_modules/lib/node'
  const manifests = {
    'node_modules/lib/package.json': '{ "name": "lib" }',
    'node_modules/lib/b/package.json': '{}',
  }
  const importer = "import { B } from 'lib'\nB()"
  const more = { sources: manifests }
  expect(found({ folder, extension: 'js', line: exported, importer, more })).toMatchObject([
    { remedy: expect.stringContaining("import { B } from 'lib/b'") },
  ])
})
