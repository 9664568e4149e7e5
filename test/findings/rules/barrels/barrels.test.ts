import { expect, test } from '@jest/globals'
import { barrelsOf, type DrawnRun, dear } from './loaded.js'

const names = ['button', 'card', 'dialog', 'menu', 'table']
const parts = names.map(name => `src/ui/${name}.ts`)
const pascal = (name: string) => name.replace(/^./, first => first.toUpperCase())
const sources = {
  ...Object.fromEntries(names.map(name => [`src/ui/${name}.ts`, `export const ${pascal(name)} = 1`])),
  'src/ui/index.ts': names.map(name => `export * from './${name}'`).join('\n'),
}
const asks = {
  'a.test.ts': ['src/cart.ts'],
  'src/cart.ts': ['src/ui/index.ts'],
  'src/ui/index.ts': parts,
}
/** Findings for a barrel of five modules, 100 ms each, that `src/cart.ts` imports, with additions of a test. */
const found = (cart: string, more: Partial<DrawnRun> = {}) =>
  barrelsOf({
    asks: { ...asks, ...more.asks },
    selfMs: { ...dear(parts), ...more.selfMs },
    sources: { ...sources, 'src/cart.ts': cart, ...more.sources },
  })

test('barrels finds a barrel of which the importer uses one module, with the cost of the others', () => {
  expect(found("import './polyfill'\n  import { Button } from './ui'\nButton()")).toEqual([
    {
      id: 'barrel:src/ui/index.ts',
      confidence: 'high',
      title: 'src/ui/index.ts loads 5 modules, of which src/cart.ts uses 1',
      evidence:
        'its own code takes 1.0 ms, with everything it loads 501 ms in 1 test file; src/cart.ts imports Button; ' +
        '4 of the 5 modules it re-exports, 400 ms, are unused',
      remedy: "Import from the defining module: `import { Button } from './ui/button'`.",
      patch: "// src/cart.ts\nimport { Button } from './ui/button'",
      costMs: 400,
      savings: { files: new Map() },
      position: { file: 'src/cart.ts', line: 2, column: 3 },
      shares: {
        modules: new Map(['menu', 'dialog', 'table', 'card'].map(name => [`src/ui/${name}.ts`, 100])),
        transformMs: 0,
      },
    },
  ])
})

test.each([
  ['as renamed imports', "import { Button as B } from './ui'\nB()"],
  ['as members of a namespace', "import * as ui from './ui'\nui.Button(ui.Button)"],
  ['as JSX elements', "import * as ui from './ui/index.js'\nconst a = <ui.Button />"],
  ['together with types', "import { type CardProps, Button, Dialog } from './ui'\nlet d: Dialog = Button()"],
  [
    "together with Flow's types",
    "// @flow\nimport { Button, Card, type Menu } from './ui'\nconst a = (c: Card) => Button(c)",
  ],
  ['by require', "const { Button } = require('./ui')"],
  ['by require, as a member', "const a = require('./ui').Button"],
  ['by require, as members of a variable', "const ui = require('./ui')\nui.Button()"],
  ['by a dynamic import', "async () => { const { Button } = await import('./ui') }"],
  ['next to deeply nested code', `import { Button } from './ui'\nconst a = ${'1 + '.repeat(2000)}Button()`],
  ['in a re-export', "export { Button as Knob } from './ui'"],
])('barrels recognizes names used %s', (_how, cart) => {
  const extension = cart.includes('@flow') ? 'js' : cart.includes('<') ? 'tsx' : 'ts'
  const path = `src/cart.${extension}`
  const [finding] = found('', {
    asks: { 'a.test.ts': [path], 'src/cart.ts': [], [path]: ['src/ui/index.ts'] },
    sources: { [path]: cart },
  })
  expect(finding).toMatchObject({ costMs: 400, evidence: expect.stringContaining(`${path} imports Button;`) })
})

test.each([
  ['all of it is re-exported', "export * from './ui'"],
  ['its namespace is passed on', "import * as ui from './ui'\nuse(ui)"],
  ['it is imported for its effects', "import './ui'"],
  ['more than half of it is used', "import { Button, Card, Menu } from './ui'\nuse(Button, Card, Menu)"],
  ['it does not export an imported name', "import { Button, Nothing } from './ui'\nNothing(Button)"],
  ['the importer does not parse', "import { Button from './ui'"],
  ['its specifier does not identify it', "import { Button } from 'components'\nButton()"],
  ['a test takes the original of a mock', "jest.mock('./ui', () => ({ ...jest.requireActual('./ui') }))"],
])('barrels ignores a barrel if %s', (_why, cart) => {
  expect(found(cart)).toEqual([])
})

const cart = "import { Button } from './ui'\nButton()"

test('barrels ignores a module whose own code is expensive', () => {
  expect(found(cart, { selfMs: { 'src/ui/index.ts': 200 } })).toEqual([])
})

test('barrels ignores a module with more code than re-exports', () => {
  const own = `${sources['src/ui/index.ts']}\nsetUp()\nfor (const a of []) use(a)\nregister()`
  expect(found(cart, { sources: { 'src/ui/index.ts': own } })).toEqual([])
})

test('barrels counts modules that the barrel itself uses as needed', () => {
  const barrel = `${sources['src/ui/index.ts']}\nimport { Card } from './card'\nregister(Card)`
  expect(found(cart, { sources: { 'src/ui/index.ts': barrel } })).toMatchObject([{ costMs: 300 }])
})

test('barrels does not count modules that something else loads as saved', () => {
  const more = { asks: { 'src/cart.ts': ['src/ui/index.ts', 'src/ui/menu.ts'] } }
  expect(found(cart, more)).toMatchObject([{ costMs: 300 }])
})

test('barrels counts the imports only of unused modules as saved', () => {
  const more = {
    asks: { 'src/ui/button.ts': ['src/theme.ts'], 'src/ui/card.ts': ['src/theme.ts', 'src/grid.ts'] },
    selfMs: { 'src/theme.ts': 1000, 'src/grid.ts': 30 },
  }
  expect(found(cart, more)).toMatchObject([{ costMs: 430 }])
})

test('barrels adds up the unused modules of each test file if all modules are used somewhere', () => {
  const testOf = (name: string) => `${name}.test.ts`
  const tests = names.slice(1).map(name => [testOf(name), pascal(name)] as const)
  const more = {
    asks: Object.fromEntries(tests.map(([path]) => [path, ['src/ui/index.ts']])),
    sources: Object.fromEntries(
      tests.map(([path, name]) => [path, `import { ${name} } from './src/ui'\n${name}()`]),
    ),
  }
  expect(found(cart, more)).toMatchObject([
    {
      title: 'src/ui/index.ts loads 5 modules, of which a test file uses 1 on average',
      evidence: expect.stringContaining(
        'card.test.ts imports Card, dialog.test.ts imports Dialog, menu.test.ts imports Menu, and 2 more importers; ' +
          'on average 4 of the 5 modules it re-exports, together 2.00 s, are unused',
      ),
      costMs: 2000,
    },
  ])
})

test('barrels ignores test files with another importer that uses the whole barrel', () => {
  const all = names.map(pascal).join(', ')
  const more = {
    asks: { 'b.test.ts': ['src/ui/index.ts'] },
    sources: { 'b.test.ts': `import { ${all} } from './src/ui'\nuse(${all})` },
  }
  const [partly] = found(cart, { ...more, sources: { 'b.test.ts': "export * from './src/ui'" } })
  expect(partly).toMatchObject({
    title: 'src/ui/index.ts loads 5 modules, of which src/cart.ts uses 1',
    evidence: expect.stringMatching(
      /; not needed by 1 test file; 4 of the 5 modules it re-exports, 400 ms, are unused there$/,
    ),
  })
  expect(found(cart, more)).toEqual([])
})

test('barrels reports how many test files may not need the barrel', () => {
  const more = {
    asks: { 'b.test.ts': ['src/ui/index.ts'], 'c.test.ts': ['src/ui/index.ts'] },
    sources: {
      'b.test.ts': "import { Card } from './src/ui'\nCard()",
      'c.test.ts': "export * from './src/ui'",
    },
  }
  expect(found(cart, more)).toMatchObject([
    {
      title: 'src/ui/index.ts loads 5 modules, of which 2 of 3 test files use 1 on average',
      evidence: expect.stringMatching(
        /; not needed by 2 test files; on average 4 of the 5 .*, are unused there$/,
      ),
    },
  ])
})

test('barrels assumes that an importer that cannot be analyzed uses everything, and lowers the confidence', () => {
  const more = {
    asks: { 'b.test.ts': ['src/ui/index.ts'] },
    sources: { 'b.test.ts': "import { Button } from 'components'\nButton()" },
  }
  expect(found(cart, more)).toMatchObject([
    {
      confidence: 'medium',
      costMs: 400,
      evidence: expect.stringContaining('1 importer could not be analyzed; not needed by 1 test file'),
    },
  ])
})
