import { describe, expect, test } from '@jest/globals'
import { packageCopies } from '../../../src/findings/rules/package-copies.js'
import { moduleTotal } from '../../support/account-rows.js'
import { factsOf } from '../../support/facts.js'

const TOP = '/project/node_modules/aria-query'
const NESTED = '/project/node_modules/dom/node_modules/aria-query'

function found(versions: readonly [string, string], nestedMs = 300) {
  const modules = [
    moduleTotal({
      path: `${TOP}/lib/index.js`,
      category: 'dependency',
      package: 'aria-query',
      self: 400_000,
    }),
    moduleTotal({
      ...{ path: `${NESTED}/lib/index.js`, category: 'dependency', package: 'aria-query' },
      self: nestedMs * 1000,
    }),
  ]
  const sources = Object.fromEntries(
    [TOP, NESTED].map((folder, index) => [`${folder}/package.json`, `{ "version": "${versions[index]}" }`]),
  )
  return packageCopies(factsOf({ modules, sources }))
}

describe('packageCopies', () => {
  test('finds all copies but the most expensive, and an override for versions of one major', () => {
    expect(found(['5.1.3', '5.3.0'])).toMatchObject([
      {
        id: 'package-copies:aria-query',
        confidence: 'medium',
        title: 'Test files load 2 copies of aria-query',
        evidence:
          '5.1.3 in node_modules/aria-query (400 ms), 5.3.0 in node_modules/dom/node_modules/aria-query (300 ms).',
        patch: '// package.json\n"overrides": {\n  "aria-query": "5.3.0"\n}',
        costMs: 300,
      },
    ])
  })

  test('suggests no override for other versions than those of one major', () => {
    const [different] = found(['4.2.2', '5.3.0'])
    expect(different).not.toHaveProperty('patch')
    expect(different?.remedy).toContain('1 of version 4, 1 of version 5: update what asks for the older one')
    const [same] = found(['5.3.0', '5.3.0'])
    expect(same).not.toHaveProperty('patch')
    expect(same?.remedy).toContain('`npm dedupe`')
    expect(found(['0.4.1', '0.5.0'])[0]).not.toHaveProperty('patch')
  })

  test('ignores copies that take little time', () => {
    expect(found(['5.1.3', '5.3.0'], 199)).toEqual([])
  })
})
