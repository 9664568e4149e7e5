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
/** The barrel of five, 100 ms each, that `src/cart.ts` imports, and whatever a test adds. */
const found = (cart: string, more: Partial<DrawnRun> = {}) =>
  barrelsOf({
    asks: { ...asks, ...more.asks },
    selfMs: { ...dear(parts), ...more.selfMs },
    sources: { ...sources, 'src/cart.ts': cart, ...more.sources },
  })

test('a barrel of which its importer uses one module is found, with what the others cost', () => {
  expect(found("import './polyfill'\n  import { Button } from './ui'\nButton()")).toEqual([
    {
      id: 'barrel:src/ui/index.ts',
      confidence: 'high',
      title: 'src/ui/index.ts loads 5 modules, of which its importers use 1',
      evidence:
        'its own code takes 1.0 ms, with everything it loads 501 ms in 1 test file; src/cart.ts imports Button; ' +
        '4 of the 5 modules it re-exports, 400 ms, are unused',
      remedy: "Import from the defining module: `import { Button } from './ui/button'`.",
      costMs: 400,
      position: { file: 'src/cart.ts', line: 2, column: 3 },
      shares: {
        modules: new Map(['menu', 'dialog', 'table', 'card'].map(name => [`src/ui/${name}.ts`, 100])),
        transformMs: 0,
      },
    },
  ])
})

test.each([
  ['as named imports under other names', "import { Button as B } from './ui'\nB()"],
  ['as members of a namespace', "import * as ui from './ui'\nui.Button(ui.Button)"],
  ['as elements', "import * as ui from './ui/index.js'\nconst a = <ui.Button />"],
  ['beside types', "import { type CardProps, Button, Dialog } from './ui'\nlet d: Dialog = Button()"],
  [
    "beside Flow's types",
    "// @flow\nimport { Button, Card, type Menu } from './ui'\nconst a = (c: Card) => Button(c)",
  ],
  ['by require', "const { Button } = require('./ui')"],
  ['by require, as a member', "const a = require('./ui').Button"],
  ['by require, as members of a variable', "const ui = require('./ui')\nui.Button()"],
  ['by a dynamic import', "async () => { const { Button } = await import('./ui') }"],
  [
    'beside code that is deeply nested',
    `import { Button } from './ui'\nconst a = ${'1 + '.repeat(2000)}Button()`,
  ],
  ['to export them again', "export { Button as Knob } from './ui'"],
])('names are seen when they are taken %s', (_how, cart) => {
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
  ['its namespace goes elsewhere', "import * as ui from './ui'\nuse(ui)"],
  ['it is imported for its effects', "import './ui'"],
  ['more than half of it is used', "import { Button, Card, Menu } from './ui'\nuse(Button, Card, Menu)"],
  ['a name is none of its exports', "import { Button, Nothing } from './ui'\nNothing(Button)"],
  ['the importer does not parse', "import { Button from './ui'"],
  ['it is asked for by a name that says nothing of it', "import { Button } from 'components'\nButton()"],
  ['a test takes the original of a mock', "jest.mock('./ui', () => ({ ...jest.requireActual('./ui') }))"],
])('nothing is said when %s', (_why, cart) => {
  expect(found(cart)).toEqual([])
})

const cart = "import { Button } from './ui'\nButton()"

test('nothing is reported for a module whose own code is expensive', () => {
  expect(found(cart, { selfMs: { 'src/ui/index.ts': 200 } })).toEqual([])
})

test('nothing is said of a module that has more code of its own than re-exports', () => {
  const own = `${sources['src/ui/index.ts']}\nsetUp()\nfor (const a of []) use(a)\nregister()`
  expect(found(cart, { sources: { 'src/ui/index.ts': own } })).toEqual([])
})

test('what a barrel uses itself is needed', () => {
  const barrel = `${sources['src/ui/index.ts']}\nimport { Card } from './card'\nregister(Card)`
  expect(found(cart, { sources: { 'src/ui/index.ts': barrel } })).toMatchObject([{ costMs: 300 }])
})

test('what something else loads as well is not saved', () => {
  const more = { asks: { 'src/cart.ts': ['src/ui/index.ts', 'src/ui/menu.ts'] } }
  expect(found(cart, more)).toMatchObject([{ costMs: 300 }])
})

test('what the needed module loads in turn is not saved, and what only the others load is', () => {
  const more = {
    asks: { 'src/ui/button.ts': ['src/theme.ts'], 'src/ui/card.ts': ['src/theme.ts', 'src/grid.ts'] },
    selfMs: { 'src/theme.ts': 1000, 'src/grid.ts': 30 },
  }
  expect(found(cart, more)).toMatchObject([{ costMs: 430 }])
})

test('a barrel of which all is used, but little by each test file, costs each what it does not use', () => {
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

test('a barrel of which another importer uses all is unused only where that one is not loaded', () => {
  const all = names.map(pascal).join(', ')
  const more = {
    asks: { 'b.test.ts': ['src/ui/index.ts'] },
    sources: { 'b.test.ts': `import { ${all} } from './src/ui'\nuse(${all})` },
  }
  const [partly] = found(cart, { ...more, sources: { 'b.test.ts': "export * from './src/ui'" } })
  expect(partly).toMatchObject({
    title: 'src/ui/index.ts loads 5 modules, of which 1 of 2 importers uses 1',
    evidence: expect.stringMatching(
      /; not needed by 1 test file; 4 of the 5 modules it re-exports, 400 ms, are unused there$/,
    ),
  })
  expect(found(cart, more)).toEqual([])
})

test('of test files that use little in different ways, only some may not need the barrel', () => {
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

test('test files in which an importer is not understood count as using all, and lower the confidence', () => {
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
