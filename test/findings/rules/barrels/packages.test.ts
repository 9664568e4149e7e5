import { expect, test } from '@jest/globals'
import { exported, found } from './letters.js'

test('the entry of a package is found by its name', () => {
  const given = { folder: 'node_modules/@lib/lib', extension: 'js', line: exported }
  const importer = "import { B } from '@lib/lib'\nB()"
  expect(found({ ...given, importer })).toMatchObject([
    { remedy: expect.stringContaining("import { B } from '@lib/lib/b'"), costMs: 400 },
  ])
})

test('a package that keeps its modules to itself is not to be imported from within', () => {
  const folder = 'node_modules/lib'
  const sources = { 'node_modules/lib/package.json': '{ "name": "lib", "exports": { ".": "./index.js" } }' }
  const importer = "import { B } from 'lib'\nB()"
  const [finding] = found({ folder, extension: 'js', line: exported, importer, more: { sources } })
  expect(finding?.remedy).toBe(
    'import from the modules themselves, if the package gives access to them, or load only what is used of it',
  )
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
