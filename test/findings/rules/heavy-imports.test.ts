import { describe, expect, test } from '@jest/globals'
import type { ModuleTotal } from '../../../src/attribution/module-totals.js'
import { heavyImports } from '../../../src/findings/rules/heavy-imports.js'
import { buildImports } from '../../../src/report/build/imports.js'
import { relativeTo } from '../../../src/report/relative-path.js'
import { moduleTotal } from '../../support/account-rows.js'
import { factsOf } from '../../support/facts.js'
import { profileFromText } from '../../support/profile-from-text.js'

const TEST = '/project/test/a.test.js'
const file = moduleTotal({ path: TEST, category: 'test' })
const by = (importer: string) => ({ importers: new Map([[importer, 1]]), chain: [TEST, importer, ''] })
const own = (given: Partial<ModuleTotal>) =>
  moduleTotal({
    path: '/project/src/names.js',
    ...by(TEST),
    self: 900_000,
    total: 900_000,
    saved: 900_000,
    ...given,
  })

/** In a run of 10 s. */
const found = (...others: ModuleTotal[]) => {
  const modules = [file, ...others]
  const imports = buildImports(modules, relativeTo('/project')).toSorted((a, b) => b.savedMs - a.savedMs)
  return heavyImports(factsOf({ modules, report: { imports } }))
}

describe('heavyImports', () => {
  test('finds a module whose own code takes long', () => {
    expect(found(own({}))).toMatchObject([
      {
        id: 'heavy-import:src/names.js',
        title: 'Importing src/names.js takes 900 ms in 1 test file',
        evidence: '9 % of the time of all files: its own code 900 ms; imported by test/a.test.js',
        remedy: expect.stringContaining('do that work on first use'),
        costMs: 900,
        position: { file: 'test/a.test.js', line: 1, column: 1 },
      },
    ])
  })

  test('finds a package with its modules, and suggests a factory for its mock', () => {
    const path = '/project/node_modules/big/index.js'
    const inner = '/project/node_modules/big/inner.js'
    const ofPackage = { category: 'dependency', package: 'big' } as const
    const [finding, ...others] = found(
      own({ path, ...ofPackage, self: 100_000 }),
      own({ path: inner, ...ofPackage, ...by(path), self: 800_000, total: 800_000, saved: 800_000 }),
    )
    expect(others).toEqual([])
    expect(finding?.title).toBe('Importing big takes 900 ms in 1 test file')
    expect(finding?.evidence).toContain('1 module that nothing else loads 800 ms')
    expect(finding?.evidence).toContain('its code then runs for only 0 ms in tests and hooks')
    expect(finding?.remedy).toContain("jest.mock('big', () => ({ … }))")
  })

  test('is no finding for a package that tests use, and is at the line of its import', () => {
    const path = '/project/node_modules/big/index.js'
    const big = own({ path, category: 'dependency', package: 'big', self: 100_000 })
    const inner = own({
      ...{ path: '/project/node_modules/big/inner.js', category: 'dependency', package: 'big' },
      ...{ ...by(path), self: 800_000, total: 800_000, saved: 800_000 },
    })
    const modules = [file, big, inner]
    const imports = buildImports(modules, relativeTo('/project')).toSorted((a, b) => b.savedMs - a.savedMs)
    const sources = { 'test/a.test.js': "import { x } from 'other'\n\nimport { y } from 'big/entry'" }
    const foundWith = (stack: string) => {
      const profile = profileFromText(stack, { weight: 50_000 })
      return heavyImports(factsOf({ modules, profile, sources, report: { imports } }))
    }
    expect(foundWith('t1\nA\nB[dependency:big]')).toEqual([])
    const loading = 't1\nA\nrequireModule[jest:jest-runtime]\nB[dependency:big]'
    expect(foundWith(loading)).toMatchObject([{ position: { file: 'test/a.test.js', line: 3 } }])
  })

  test('advises to load a package late, and not to mock it, where only the code under test imports it', () => {
    const source = own({ path: '/project/src/rule.js', self: 1000, total: 1000, saved: 1000 })
    const path = '/project/node_modules/big/index.js'
    const big = own({ path, category: 'dependency', package: 'big', ...by('/project/src/rule.js') })
    const [finding] = found(source, { ...big, self: 300_000 })
    expect(finding?.remedy ?? '').not.toContain('jest.mock')
  })

  test('names the innermost own module where one only imports the other', () => {
    const outer = own({ path: '/project/src/app.js', self: 1000, total: 901_000, saved: 901_000 })
    expect(found(outer, own(by('/project/src/app.js'))).map(({ id }) => id)).toEqual([
      'heavy-import:src/names.js',
    ])
  })

  test.each<[string, Partial<ModuleTotal>]>([
    ['a short import', { saved: 799_000 }],
    ['a test file or set-up file', { importers: new Map() }],
    [
      'a module that only packages import',
      { category: 'dependency', importers: new Map([['/project/node_modules/a/index.js', 1]]) },
    ],
  ])('ignores %s', (_what, given) => {
    expect(found(own(given))).toEqual([])
  })
})
