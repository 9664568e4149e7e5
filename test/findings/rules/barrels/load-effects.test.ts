import { expect, test } from '@jest/globals'
import { hasLoadEffects } from '../../../../src/findings/rules/barrels.js'
import { barrelsOf, dear } from './loaded.js'

test.each([
  'globalThis.fetch = fetch',
  'global.$ = require("jquery")',
  'window.jQuery ??= $',
  'window["dataLayer"] = []',
  'globalThis.app.settings ||= {}',
  'document.title = "shop"',
  'self.importScripts = () => undefined',
  'Array.prototype.last = function () { return this.at(-1) }',
  'Object.assign(globalThis, helpers)',
  "Object.defineProperty(window, 'matchMedia', { value: matchMedia })",
  "import 'core-js/stable'",
  "const a = 1\n  import './polyfill'",
])('hasLoadEffects finds an effect in %j', source => {
  expect(hasLoadEffects(source)).toBe(true)
})

test.each([
  'export const a = globalThis.fetch',
  'if (window.a === 1) b()',
  'const a = window.b == null',
  "import { a } from './a'",
  "import a from 'a'",
  'export const windows = 1; const my = { window: 2 }',
  'const { prototype } = Array',
  'if (Array.prototype.last === undefined) last()',
  'Object.assign({}, globalThis)',
  '',
])('hasLoadEffects finds no effect in %j', source => {
  expect(hasLoadEffects(source)).toBe(false)
})

const names = ['a', 'b', 'c', 'd', 'e']
const parts = names.map(name => `src/ui/${name}.ts`)

function found(sources: Readonly<Record<string, string>>, packages: Readonly<Record<string, string[]>> = {}) {
  const [finding] = barrelsOf({
    asks: {
      'x.test.ts': ['src/cart.ts'],
      'src/cart.ts': ['src/ui/index.ts'],
      'src/ui/index.ts': parts,
      ...packages,
    },
    selfMs: dear(parts),
    sources: {
      ...Object.fromEntries(names.map(name => [`src/ui/${name}.ts`, `export const ${name} = 1`])),
      'src/ui/index.ts': names.map(name => `export * from './${name}'`).join('\n'),
      'src/cart.ts': "import { a } from './ui'\na()",
      ...sources,
    },
  })
  return finding
}

const setting = (name: string) => `export const ${name} = 1\nwindow.${name} = ${name}`

test('barrels warns about unused modules that change globals', () => {
  expect(found({})).toMatchObject({ confidence: 'high', remedy: expect.not.stringContaining('First check') })
  expect(found({ 'src/ui/c.ts': setting('c') })).toMatchObject({
    confidence: 'medium',
    remedy: expect.stringMatching(
      /First check whether anything relies on the globals that src\/ui\/c\.ts changes when loaded; if so, import it for/,
    ),
  })
  expect(found({ 'src/ui/c.ts': setting('c'), 'src/ui/d.ts': setting('d') })?.remedy).toMatch(
    /relies on the globals that src\/ui\/[cd]\.ts and 1 more change when loaded; if so, import them for their/,
  )
})

test('barrels does not warn about modules that are still loaded', () => {
  expect(found({ 'src/ui/a.ts': setting('a') })).toMatchObject({ confidence: 'high' })
})

test('barrels warns about modules that import packages for effects, not about the packages', () => {
  const library = 'node_modules/theirs/index.js'
  const sources = { [library]: 'window.theirs = 1', 'src/ui/b.ts': "import 'theirs'\nexport const b = 1" }
  expect(found(sources, { 'src/ui/b.ts': [library] })?.remedy).toContain('globals that src/ui/b.ts changes')
  const named = { ...sources, 'src/ui/b.ts': "import { b } from 'theirs'\nexport { b }" }
  expect(found(named, { 'src/ui/b.ts': [library] })).toMatchObject({ confidence: 'high' })
})
