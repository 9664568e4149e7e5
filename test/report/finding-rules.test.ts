import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { docsUrl, FINDING_RULES, ruleOf } from '../../src/report/finding-rules.js'
import { ROOT } from '../e2e/support/cache.js'

interface Manifest {
  repository: { url: string }
}

describe('docsUrl', () => {
  test('links a finding to the entry of its rule', () => {
    expect(docsUrl('cold-cache')).toMatch(/\/docs\/findings\.md#cold-cache$/)
    expect(docsUrl('barrel:C:/src/index.ts')).toMatch(/\/docs\/findings\.md#barrel$/)
  })

  test('returns undefined for a rule that this release does not have', () => {
    expect(docsUrl('later-rule:src/index.ts')).toBeUndefined()
    expect(docsUrl('</script>')).toBeUndefined()
  })

  test('links to the repository named in package.json', () => {
    const packageJson = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest
    const repository = packageJson.repository.url.replace(/^git\+/, '').replace(/\.git$/, '')
    expect(docsUrl('barrel')?.startsWith(`${repository}/`)).toBe(true)
  })
})

test('FINDING_RULES lists each rule once, in alphabetical order', () => {
  expect(FINDING_RULES).toEqual([...new Set(FINDING_RULES)].toSorted())
  expect(FINDING_RULES.map(ruleOf)).toEqual(FINDING_RULES)
})
