import { describe, expect, test } from '@jest/globals'
import type { ModuleTotal } from '../../../src/attribution/module-totals.js'
import { unusedJsdom } from '../../../src/findings/rules/unused-jsdom.js'
import { fileKey } from '../../../src/profile/paths.js'
import type { Phase, Profile } from '../../../src/profile/profile.js'
import { moduleTotal } from '../../support/account-rows.js'
import { factsOf } from '../../support/facts.js'
import { profileFromText } from '../../support/profile-from-text.js'
import { fileRecord } from '../../support/run-record.js'

const TEST = '/project/a.test.js'

/** A profile with samples of 100 ms, in which stacks outside of tests belong to the environment. */
function drawn(text: string): Profile {
  const profile = profileFromText(text, { weight: 100_000 })
  const toPhase = (phase: Phase) => (phase === 'other' ? 'environment' : phase)
  return { ...profile, scopes: profile.scopes.map(scope => ({ ...scope, phase: toPhase(scope.phase) })) }
}

const BUILT = `
  -                              -                              t0       t0                           t0
  construct[jest]                construct[jest]                A[test]  A[test]                      callTest[jest]
  createWindow[dependency:jsdom] createWindow[dependency:jsdom]          setTimeout[dependency:jsdom] setTimeout[dependency:jsdom]
                                 parse[dependency:parse5]                idle
`
const USED = `
  -                              t0
  createWindow[dependency:jsdom] A[test]
                                 createElement[dependency:jsdom]
`
const NODE = `
  -
  construct[jest]
`

function module(path: string, importers: string[], given: Partial<ModuleTotal> = {}): ModuleTotal {
  return moduleTotal({
    path,
    category: path === TEST ? 'test' : 'source',
    importers: new Map(importers.map(importer => [importer, 1])),
    ...given,
  })
}

function library(name: string, importers: string[]): ModuleTotal {
  const path = `/project/node_modules/${name}/index.js`
  return module(path, importers, { category: 'dependency', package: name })
}

interface Given {
  profile?: Profile
  modules?: ModuleTotal[]
  sources?: Record<string, string>
}

const SOURCES = {
  [TEST]: "import { add } from './add'",
  '/project/add.js': 'export const add = (a, b) => a + b',
}

function found({ profile = drawn(BUILT), modules = [], sources = {} }: Given) {
  const records = [fileRecord({ projectId: '', path: TEST })]
  const loaded = [module(TEST, []), module('/project/add.js', [TEST]), ...modules]
  return unusedJsdom(factsOf({ profile, records, modules: loaded, sources: { ...SOURCES, ...sources } }))
}

test('unusedJsdom finds a file that sets up jsdom and never uses it, with the cost of jsdom', () => {
  expect(found({})).toEqual([
    {
      id: 'unused-jsdom',
      confidence: 'medium',
      title: '1 test file sets up jsdom but never uses it',
      evidence:
        'Building and closing jsdom took 200 ms for a.test.js (200 ms). It did nothing in between, and no module that ' +
        'these files load, except DOM matchers, mentions `document`, `window` or similar names.',
      remedy: expect.stringContaining('@jest-environment node'),
      patch: '/** @jest-environment node */',
      costMs: 200,
      savings: { files: new Map([[fileKey({ project: '', file: '/project/a.test.js' }), 200]]) },
      position: { file: 'a.test.js', line: 1, column: 1 },
    },
  ])
})

test('unusedJsdom does not count DOM matchers in a set-up file as use', () => {
  const setUp = '/project/setup.js'
  const matchers = library('@testing-library/jest-dom', [setUp])
  const modules = [module(setUp, []), matchers, library('dom-accessibility-api', [matchers.path])]
  expect(found({ modules, sources: { [setUp]: "import '@testing-library/jest-dom'" } })).toHaveLength(1)
})

test('unusedJsdom does not count a library that does not know the DOM as use', () => {
  const modules = [library('randomness', [TEST]), library('react', [TEST])]
  const sources = {
    '/project/node_modules/randomness/index.js': 'module.exports = self => self.location + random(Element)',
    '/project/node_modules/react/index.js': "module.exports = require('./cjs/react.development.js')",
  }
  expect(found({ modules, sources })).toHaveLength(1)
})

describe('unusedJsdom ignores a file', () => {
  test.each<[string, Given]>([
    ['in which jsdom was sampled', { profile: drawn(USED) }],
    ['of another environment', { profile: drawn(NODE) }],
    ['that mentions the DOM', { sources: { [TEST]: 'document.body' } }],
    [
      'that loads a module that mentions the DOM',
      { sources: { '/project/add.js': 'class A extends HTMLDivElement {}' } },
    ],
    [
      'that loads a module that cannot be read',
      { modules: [module('/project/gone.js', ['/project/add.js'])] },
    ],
    ['that loads a DOM library', { modules: [library('react-dom', ['/project/add.js'])] }],
    [
      'that loads a library whose source mentions the DOM',
      {
        modules: [library('js-cookie', ['/project/add.js'])],
        sources: { '/project/node_modules/js-cookie/index.js': 'exports.get = () => document.cookie' },
      },
    ],
    ['that loads a library that cannot be read', { modules: [library('randomness', [TEST])] }],
    [
      'that loads more libraries than are read',
      {
        modules: Array.from({ length: 5001 }, (_, index) => library(`l${index}`, [TEST])),
        sources: Object.fromEntries(
          Array.from({ length: 5001 }, (_, index) => [`/project/node_modules/l${index}/index.js`, '']),
        ),
      },
    ],
    [
      'that loads a DOM library through another library',
      {
        modules: [
          library('kit', [TEST]),
          library('@vue/runtime-core', ['/project/node_modules/kit/index.js']),
        ],
        sources: { '/project/node_modules/kit/index.js': '' },
      },
    ],
    [
      'whose set-up file mentions the DOM',
      {
        modules: [module('/project/setup.js', [])],
        sources: { '/project/setup.js': 'window.scrollTo = jest.fn()' },
      },
    ],
  ])('%s', (_what, given) => {
    expect(found(given)).toEqual([])
  })

  test('whose modules are unknown', () => {
    const records = [fileRecord({ projectId: '', path: TEST })]
    expect(unusedJsdom(factsOf({ profile: drawn(BUILT), records, sources: SOURCES }))).toEqual([])
  })
})
