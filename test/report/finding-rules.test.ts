import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { docsUrl, FINDING_RULES, ruleOf } from '../../src/report/finding-rules.js'
import { ROOT } from '../e2e/support/cache.js'

interface Manifest {
  repository: { url: string }
}

describe('the documentation of a finding', () => {
  test('is the entry of its rule, whatever the rule found', () => {
    expect(docsUrl('cold-cache')).toMatch(/\/docs\/findings\.md#cold-cache$/)
    expect(docsUrl('barrel:C:/src/index.ts')).toMatch(/\/docs\/findings\.md#barrel$/)
  })

  test('is unknown where no rule of this release made the finding', () => {
    expect(docsUrl('later-rule:src/index.ts')).toBeUndefined()
    expect(docsUrl('</script>')).toBeUndefined()
  })

  test('is in the repository that package.json names', () => {
    const packageJson = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest
    const repository = packageJson.repository.url.replace(/^git\+/, '').replace(/\.git$/, '')
    expect(docsUrl('barrel')?.startsWith(`${repository}/`)).toBe(true)
  })
})

test('rules are named once, in the order of the alphabet', () => {
  expect(FINDING_RULES).toEqual([...new Set(FINDING_RULES)].toSorted())
  expect(FINDING_RULES.map(ruleOf)).toEqual(FINDING_RULES)
})
