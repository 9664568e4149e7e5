// Whole runs, with environments of every kind: test/e2e/launch.test.ts.

import { realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { replacedEnvironments } from '../../src/jest/environment-loading.js'
import { JESTS, projectConfig, publishedCode } from '../support/jests.js'
import { temporaryFolder } from '../support/temporary-folder.js'

interface TransformModule {
  createScriptTransformer(config: object): Promise<{
    requireAndTranspileModule(path: string): Promise<unknown>
  }>
}

class Replaced {}

function replace(exports: object) {
  let asked = 0
  const replacement = replacedEnvironments(
    async () => Replaced,
    () => asked++,
  )
  const given = replacement.replace(exports as never, '') as TransformModule
  return { given, replacement, asked: () => asked }
}

describe.each(JESTS)('environments loaded by Jest %s', (_version, jest) => {
  const rootDir = realpathSync(temporaryFolder())
  const write = (name: string, text: string) => {
    writeFileSync(join(rootDir, name), text)
    return join(rootDir, name)
  }

  test('are replaced, the configured one and one that a docblock names; test runners are not', async () => {
    const testEnvironment = write('configured.js', 'module.exports = class { }')
    const docblocks = write('docblocks.js', 'module.exports = class { getVmContext() {} }')
    const runner = write('runner.js', 'module.exports = function runner() {}')
    const { given, asked } = replace(jest.require('@jest/transform'))
    const transformer = await given.createScriptTransformer(projectConfig(rootDir, { testEnvironment }))
    const load = (path: string) => transformer.requireAndTranspileModule(path)
    expect(await load(testEnvironment)).toBe(Replaced)
    expect(await load(docblocks)).toBe(Replaced)
    expect(await load(runner)).toHaveProperty('name', 'runner')
    expect(asked()).toBe(1)
  })

  test('are what its runner asks for by that name', () => {
    const { replacement } = replace({})
    expect(replacement.askedBy.test(jest.location.runner)).toBe(true)
    const code = publishedCode(jest, 'jest-runner')
    expect(code).toMatch(/require\(['"]@jest\/transform['"]\)/)
    expect(code).toMatch(/createScriptTransformer\)?\(/)
    expect(code).toMatch(/requireAndTranspileModule\(/)
  })
})

describe('a Jest of another layout', () => {
  test('without a function that makes transformers gets what it requested', () => {
    const exports = { makeTransformer: () => undefined }
    expect(replace(exports).given).toBe(exports)
  })

  test('whose transformer loads environments in another way gets that transformer', async () => {
    const transformer = { loadModule: () => 'theirs' }
    const { given } = replace({ createScriptTransformer: async () => transformer })
    expect(await given.createScriptTransformer({})).toBe(transformer)
    expect(Object.keys(transformer)).toEqual(['loadModule'])
  })
})
