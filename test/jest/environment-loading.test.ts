// test/e2e/launch.test.ts has whole runs with all kinds of environments.

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

describe.each(JESTS)('replacedEnvironments with Jest %s', (_version, jest) => {
  const rootDir = realpathSync(temporaryFolder())
  const write = (name: string, text: string) => {
    writeFileSync(join(rootDir, name), text)
    return join(rootDir, name)
  }

  test('replaces configured environments and environments of docblocks, but not test runners', async () => {
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

  test('replaces the method by which jest-runner loads environments', () => {
    const { replacement } = replace({})
    expect(replacement.askedBy.test(jest.location.runner)).toBe(true)
    const code = publishedCode(jest, 'jest-runner')
    expect(code).toMatch(/require\(['"]@jest\/transform['"]\)/)
    expect(code).toMatch(/createScriptTransformer\)?\(/)
    expect(code).toMatch(/requireAndTranspileModule\(/)
  })
})

describe('replacedEnvironments with an unknown Jest', () => {
  test('returns exports without createScriptTransformer unchanged', () => {
    const exports = { makeTransformer: () => undefined }
    expect(replace(exports).given).toBe(exports)
  })

  test('returns a transformer without the known method unchanged', async () => {
    const transformer = { loadModule: () => 'theirs' }
    const { given } = replace({ createScriptTransformer: async () => transformer })
    expect(await given.createScriptTransformer({})).toBe(transformer)
    expect(Object.keys(transformer)).toEqual(['loadModule'])
  })
})
