import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { JestEnvironmentConfig } from '@jest/environment'
import { describe, expect, test } from '@jest/globals'
import type { Config } from '@jest/types'
import { knownScriptLookup, moduleWrapperLength } from '../../src/jest/sandbox-scripts.js'
import { temporaryFolder } from '../support/temporary-folder.js'

function runnerOfJest(version: string): string {
  const folder = join(temporaryFolder(), 'node_modules')
  mkdirSync(join(folder, 'jest-runtime'), { recursive: true })
  writeFileSync(join(folder, 'jest-runtime/package.json'), JSON.stringify({ version }))
  return join(folder, 'jest-runner/build/index.js')
}

const project = (given: Partial<Config.ProjectConfig>) => given as Config.ProjectConfig

describe('moduleWrapperLength', () => {
  // https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-runtime/src/index.ts#L1500
  test('in Jest 29 it is that of the function around a module, with all its parameters', () => {
    const runner = runnerOfJest('29.7.0')
    expect(moduleWrapperLength(project({ runner, injectGlobals: true }))).toBe(82)
    expect(moduleWrapperLength(project({ runner, injectGlobals: false }))).toBe(82 - ',jest'.length)
    const sandboxInjectedGlobals = ['Math', 'Date'] as (keyof typeof globalThis)[]
    expect(moduleWrapperLength(project({ runner, sandboxInjectedGlobals }))).toBe(92)
  })

  test('in Jest 30 there is none', () => {
    expect(moduleWrapperLength(project({ runner: runnerOfJest('30.0.0') }))).toBe(0)
    const installed = createRequire(import.meta.url).resolve('jest-runner')
    expect(moduleWrapperLength(project({ runner: installed }))).toBe(0)
  })
})

describe('knownScriptLookup', () => {
  const runner = createRequire(import.meta.url).resolve('jest-runner')
  const projectConfig = { id: 'p', runner, extensionsToTreatAsEsm: ['.mts'], transform: [['\\.ts$', '', {}]] }
  const config = { projectConfig, globalConfig: {} } as unknown as JestEnvironmentConfig
  /** As Jest's runtime has it. */
  function transformerInto(map: string) {
    const transform = (_file: string, _options: object, source: string) => ({
      ...{ code: `${source}// changed`, sourceMapPath: map },
    })
    return { shouldTransform: () => true, transform }
  }

  test('asks that of the file’s own runtime, where no earlier file has needed one', () => {
    const folder = temporaryFolder()
    const [file, map] = [join(folder, 'a.ts'), join(folder, 'a.ts.map')]
    for (const path of [file, map]) writeFileSync(path, '')
    const transformer = knownScriptLookup(config, transformerInto(map))
    expect(transformer?.(file)).toEqual({ wrapped: true, transformed: true, sourceMap: map })
    const lost = knownScriptLookup(config, transformerInto(join(folder, 'lost.map')))
    expect(lost?.(file)).toMatchObject({ transformed: true, sourceMap: null })
  })

  test('is none where that is not known either', () => {
    expect(knownScriptLookup(config, undefined)).toBeUndefined()
  })
})
