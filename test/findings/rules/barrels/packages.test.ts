import { describe, expect, test } from '@jest/globals'
import { type DrawnBarrel, exported, found, letters } from './letters.js'
import { dear } from './loaded.js'

const folder = 'node_modules/@lib/lib'
const manifest = `${folder}/package.json`
const importer = "import { B } from '@lib/lib'\nB()"
const inPackage = (sources: Record<string, string>, more: Partial<DrawnBarrel> = {}) =>
  found({ folder, extension: 'js', line: exported, importer, ...more, more: { ...more.more, sources } })

describe('of a package is said where to import from instead', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'what its `exports` name',
      { [manifest]: '{ "exports": { ".": "./index.js", "./b": "./b.js", "./a": "./a.js" } }' },
      '@lib/lib/b',
    ],
    [
      'what a pattern in them lets through, under any condition',
      { [manifest]: '{ "exports": { "./parts/*": { "import": "./esm/*.js", "require": ["./*.js"] } } }' },
      '@lib/lib/parts/b',
    ],
    ['an entry point of its own', { [manifest]: '{}', [`${folder}/b/package.json`]: '{}' }, '@lib/lib/b'],
    [
      'what its README imports',
      { [manifest]: '{}', [`${folder}/README.md`]: "## Use\nimport { B } from '@lib/lib/b'" },
      '@lib/lib/b',
    ],
  ])('%s', (_what, sources, specifier) => {
    expect(inPackage(sources)).toMatchObject([
      { remedy: expect.stringContaining(`import { B } from '${specifier}'`), costMs: 400 },
    ])
  })
})

describe('nothing is said of a package', () => {
  test.each<[string, Record<string, string>]>([
    ['that names only its entry', { [manifest]: '{ "exports": { ".": "./index.js" } }' }],
    ['with `exports` for its entry alone', { [manifest]: '{ "exports": "./index.js" }' }],
    [
      'whose `exports` hide what a wider pattern would let through',
      { [manifest]: '{ "exports": { "./*": "./*", "./b*": null } }' },
    ],
    ['that promises nothing of its files', { [manifest]: '{ "main": "index.js" }' }],
    ['that cannot be read', {}],
  ])('%s', (_what, sources) => {
    expect(inPackage(sources)).toEqual([])
  })

  test('where the pattern is as wide as to let internal modules through', () => {
    const wide = { [manifest]: '{ "exports": { "./*": "./*.js" } }' }
    const line = (letter: string) => `export { ${letter.toUpperCase()} } from './internal/${letter}'`
    const parts = letters.map(letter => `${folder}/internal/${letter}.js`)
    const more = { asks: { [`${folder}/index.js`]: parts }, selfMs: dear(parts) }
    const texts = Object.fromEntries(parts.map((part, index) => [part, `export const ${'ABCDE'[index]} = 1`]))
    expect(inPackage({ ...wide, ...texts }, { line, more })).toEqual([])
  })
})

test('a barrel of the project that re-exports packages is bypassed by the specifiers that it has itself', () => {
  const parts = letters.map(letter => `node_modules/${letter}-kit/dist/${letter}.js`)
  const texts = Object.fromEntries(parts.map((part, index) => [part, `exports.${'ABCDE'[index]} = 1`]))
  const line = (letter: string) => `export { ${letter.toUpperCase()} } from '${letter}-kit'`
  const more = { asks: { 'src/lib/index.ts': parts }, selfMs: dear(parts), sources: texts }
  expect(found({ line, more })).toMatchObject([
    { remedy: "Import from the defining module: `import { B } from 'b-kit'`.", costMs: 400 },
  ])
})

test('what packages ask for among each other is not for the user to change', () => {
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
])('a barrel is found by %s that nothing else can mean', (_what, specifier, sources, replacement) => {
  const importer = `import { B } from '${specifier}'\nimport fs from 'fs'\nB(fs)`
  expect(found({ line: exported, importer, more: { sources } })).toMatchObject([
    { remedy: expect.stringContaining(`import { B } from '${replacement}'`), costMs: 400 },
  ])
})

test('a barrel that two specifiers can mean, or a specifier that two modules can, is left alone', () => {
  const other = 'other/lib/index.ts'
  const importer = "import { B } from '@/lib'\nB()"
  const more = { asks: { 'src/x.ts': ['src/lib/index.ts', other] } }
  expect(found({ line: exported, importer: `${importer}\nimport { C } from '~/lib'` })).toEqual([])
  expect(found({ line: exported, importer, more })).toEqual([])
})

test('a package may have its modules in a folder that is not to be named', () => {
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
