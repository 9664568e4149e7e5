// A suite with ten planted causes of lost time and five decoys: advice that looks right, and gains nothing or breaks a test. Each has test
// files of its own. Own packages stand in for installed ones.

const burn = milliseconds => `
const end = process.hrtime.bigint() + ${milliseconds}n * 1000000n
while (process.hrtime.bigint() < end);
`

const files = (amount, name, contentOf) =>
  Object.fromEntries(
    Array.from({ length: amount }, (_, index) => [`test/${name}-${index}.test.js`, contentOf(index)]),
  )

const modules = (amount, folder, contentOf) =>
  Object.fromEntries(
    Array.from({ length: amount }, (_, index) => [`src/${folder}/part${index}.js`, contentOf(index)]),
  )

const exporting = amount =>
  Array.from({ length: amount }, (_, index) => `export { part${index} } from './part${index}'\n`).join('')

/** A package; `entries`: its files by path. */
const installed = (folder, manifest, entries) => ({
  [`${folder}/package.json`]: JSON.stringify(manifest),
  ...Object.fromEntries(Object.entries(entries).map(([path, content]) => [`${folder}/${path}`, content])),
})

const library = (name, version, milliseconds, exported) => folder =>
  installed(
    folder,
    { name, version, main: 'index.js' },
    { 'index.js': `${burn(milliseconds)}exports.value = ${exported}\n` },
  )

const heavy = library('heavy-lib', '2.0.0', 200, '2')
const drifted = version => library('drifted-lib', version, 120, JSON.stringify(version))

/** Names of candidates as the doctor prints them. */
export const CAUSES = [
  'environment-node',
  'without-set-up:test/set-up-heavy.js',
  'barrel:src/ui/index.js',
  'sandbox-globals',
  'fake-timers',
  'one-copy:heavy-lib',
  'silent',
  'entry:big-kit/lite',
  'fewer-rounds',
  'workers-2',
]

export const DECOYS = [
  'without-set-up:test/set-up-needed.js',
  'barrel:src/plugins/index.js',
  'one-copy:drifted-lib',
  'entry:other-kit/lite',
  'set:maxConcurrency=20',
]

export const DECOY_SETTING = 'maxConcurrency=20'

/** Contents by path. */
export function doctorSuite() {
  return {
    'package.json': '{ "name": "planted", "private": true }',
    'babel.config.json': '{ "presets": [["@babel/preset-env", { "targets": { "node": "current" } }]] }',
    'jest.config.json': JSON.stringify({
      testEnvironment: '<rootDir>/test/environment.js',
      maxWorkers: 1,
      setupFilesAfterEnv: ['<rootDir>/test/set-up-heavy.js', '<rootDir>/test/set-up-needed.js'],
    }),
    // Most files need no DOM.
    'test/environment.js': `const { TestEnvironment } = require('jest-environment-jsdom')\nmodule.exports = class extends TestEnvironment {\n  async setup() {\n    await super.setup()\n${burn(45)}  }\n}\n`,
    // Two of all files use it.
    'test/set-up-heavy.js': `${burn(60)}global.helper = () => 1\n`,
    ...files(2, 'uses-helper', () => "test('helps', () => expect(helper()).toBe(1))\n"),
    // Each file asserts on it.
    'test/set-up-needed.js': `${burn(12)}global.needed = 0\nafterEach(() => { if (global.needed === undefined) throw new Error('not set up') })\nbeforeEach(() => { global.needed += 1 })\nexpect.extend({ toBeReady: received => ({ pass: received > 0, message: () => 'not ready' }) })\n`,
    ...files(
      4,
      'plain',
      index =>
        `test('adds', () => { expect(${index} + 1).toBe(${index + 1}); expect(needed).toBeReady() })\n`,
    ),
    ...files(
      2,
      'dom',
      () =>
        "test('draws', () => { document.body.innerHTML = '<p>1</p>'; expect(document.querySelector('p').textContent).toBe('1'); expect(needed).toBeReady() })\n",
    ),
    'src/ui/index.js': exporting(12),
    ...modules(12, 'ui', index => `${burn(40)}export const part${index} = () => ${index}\n`),
    ...files(
      2,
      'ui',
      index =>
        `import { part${index} } from '../src/ui'\ntest('is a part', () => { expect(part${index}()).toBe(${index}); expect(needed).toBeReady() })\n`,
    ),
    // Its modules register themselves.
    'src/registry.js': 'export const registry = []\n',
    'src/plugins/index.js': exporting(8),
    ...modules(
      8,
      'plugins',
      index =>
        `import { registry } from '../registry'\n${burn(25)}registry.push(${index})\nexport const part${index} = () => ${index}\n`,
    ),
    ...files(
      2,
      'plugins',
      () =>
        "import { part1 } from '../src/plugins'\nimport { registry } from '../src/registry'\ntest('knows all plugins', () => { expect(part1()).toBe(1); expect(registry).toHaveLength(8); expect(needed).toBeReady() })\n",
    ),
    'src/norm.js':
      'export function norm(rows) {\n  let sum = 0\n  for (let index = 0; index < rows; index++) {\n    sum += Math.sqrt(index)\n  }\n  return sum\n}\n',
    ...files(
      2,
      'norm',
      () =>
        "/** @jest-environment node */\nimport { norm } from '../src/norm'\ntest('adds up', () => { expect(norm(1200000)).toBeGreaterThan(1); expect(needed).toBeReady() })\n",
    ),
    'src/sleep.js':
      'export function sleep(milliseconds) {\n  return new Promise(resolve => {\n    setTimeout(resolve, milliseconds)\n  })\n}\n',
    ...files(
      2,
      'sleep',
      () =>
        "import { sleep } from '../src/sleep'\ntest('waits', async () => { await sleep(600); expect(needed).toBeReady() })\n",
    ),
    ...heavy('node_modules/heavy-lib'),
    ...installed(
      'node_modules/uses-heavy',
      { name: 'uses-heavy', version: '1.0.0', main: 'index.js' },
      { 'index.js': "exports.other = require('heavy-lib').value\n" },
    ),
    ...heavy('node_modules/uses-heavy/node_modules/heavy-lib'),
    ...files(
      3,
      'copies',
      () =>
        "import { value } from 'heavy-lib'\nimport { other } from 'uses-heavy'\ntest('is two', () => { expect(value).toBe(other); expect(needed).toBeReady() })\n",
    ),
    ...drifted('1.1.0')('node_modules/drifted-lib'),
    ...installed(
      'node_modules/uses-drifted',
      { name: 'uses-drifted', version: '1.0.0', main: 'index.js' },
      { 'index.js': "exports.other = require('drifted-lib').value\n" },
    ),
    ...drifted('1.0.0')('node_modules/uses-drifted/node_modules/drifted-lib'),
    ...files(
      2,
      'drifted',
      () =>
        "import { value } from 'drifted-lib'\nimport { other } from 'uses-drifted'\ntest('differs', () => { expect(value).not.toBe(other); expect(needed).toBeReady() })\n",
    ),
    'src/audit.js':
      'export function audit(depth, text) {\n  if (depth > 0) return audit(depth - 1, text)\n  console.log(text)\n}\n',
    ...files(
      2,
      'audit',
      () =>
        "import { audit } from '../src/audit'\ntest('writes', () => { for (let index = 0; index < 700; index++) audit(20, 'entry ' + index); expect(needed).toBeReady() })\n",
    ),
    ...installed(
      'node_modules/big-kit',
      { name: 'big-kit', version: '1.0.0', exports: { '.': './index.js', './lite': './lite.js' } },
      {
        'index.js': `${burn(350)}exports.pick = rows => rows[0]\n`,
        'lite.js': 'exports.pick = rows => rows[0]\n',
      },
    ),
    ...files(
      2,
      'kit',
      () =>
        "import { pick } from 'big-kit'\ntest('picks', () => { expect(pick([1])).toBe(1); expect(needed).toBeReady() })\n",
    ),
    ...installed(
      'node_modules/other-kit',
      { name: 'other-kit', version: '1.0.0', exports: { '.': './index.js', './lite': './lite.js' } },
      {
        'index.js': `${burn(220)}exports.pick = rows => rows[0]\n`,
        'lite.js': 'exports.first = rows => rows[0]\n',
      },
    ),
    ...files(
      2,
      'other-kit',
      () =>
        "import { pick } from 'other-kit'\ntest('picks', () => { expect(pick([1])).toBe(1); expect(needed).toBeReady() })\n",
    ),
    ...installed(
      'node_modules/bcryptjs',
      { name: 'bcryptjs', version: '2.4.3', main: 'index.js' },
      {
        'index.js':
          'exports.hashSync = function hashSync(text, rounds) {\n  let sum = 7\n  for (let round = 0; round < 2 ** rounds; round++)\n    for (let index = 0; index < 60000; index++) sum = (sum * 31 + index + text.charCodeAt(index % text.length)) % 1000003\n  return rounds + text\n}\n',
      },
    ),
    'src/password.js':
      "import { hashSync } from 'bcryptjs'\nexport function store(password) {\n  return hashSync(password, 10)\n}\n",
    ...files(
      2,
      'password',
      () =>
        "import { store } from '../src/password'\ntest('is stored', () => { expect(store('secret')).toContain('secret'); expect(needed).toBeReady() })\n",
    ),
  }
}

/** A suite without any cause of lost time. */
export function idleSuite() {
  return {
    'package.json': '{ "name": "unchanged", "private": true }',
    'jest.config.json': '{ "maxWorkers": 2 }',
    ...files(
      6,
      'computes',
      index =>
        `test('computes', () => {\n  let sum = 0\n  for (let step = 0; step < 4e7; step++) sum = (sum + step * ${index + 1}) % 1000003\n  expect(sum).toBeGreaterThanOrEqual(0)\n})\n`,
    ),
  }
}
