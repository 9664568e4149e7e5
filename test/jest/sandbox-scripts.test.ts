import { realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { JestEnvironmentConfig } from '@jest/environment'
import { describe, expect, test } from '@jest/globals'
import type { Config } from '@jest/types'
import type { JestLocation } from '../../src/jest/packages.js'
import {
  knownScriptLookup,
  moduleWrapperLength,
  prepareScriptLookup,
} from '../../src/jest/sandbox-scripts.js'
import { JESTS, otherJest, projectConfig } from '../support/jests.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const SOURCE_MAPPED = `
exports.process = source => ({ code: source + '\\n// transformed', map: { version: 3, sources: [], names: [], mappings: '' } })`

/** A project of that Jest whose files with `.ts` are transformed. */
function projectOf(location: JestLocation, id: string) {
  const rootDir = realpathSync(temporaryFolder())
  const transformer = join(rootDir, 'transformer.js')
  writeFileSync(transformer, SOURCE_MAPPED)
  for (const name of ['a.ts', 'b.js', 'c.mjs']) writeFileSync(join(rootDir, name), 'a()')
  const given = { id, transform: [['\\.ts$', transformer, {}]], runner: location.runner }
  const globalConfig = { collectCoverage: false, collectCoverageFrom: [], coverageProvider: 'v8' }
  const config = { globalConfig, projectConfig: projectConfig(rootDir, given) }
  return { rootDir, config: config as unknown as JestEnvironmentConfig }
}

describe.each(JESTS)('scripts of Jest %s', (version, jest) => {
  test('are looked up: as which kind of module, whether transformed, with which map', async () => {
    const { rootDir, config } = projectOf(jest.location, version)
    const lookup = await prepareScriptLookup(config, { docblockPragmas: {} })
    const map = expect.stringMatching(/\.map$/)
    expect(lookup?.(join(rootDir, 'a.ts'))).toEqual({ wrapped: true, transformed: true, sourceMap: map })
    const asIs = { transformed: false, sourceMap: null }
    expect(lookup?.(join(rootDir, 'b.js'))).toEqual({ wrapped: true, ...asIs })
    expect(lookup?.(join(rootDir, 'c.mjs'))).toEqual({ wrapped: false, ...asIs })
    expect(knownScriptLookup(config, undefined)).toBe(lookup)
  })

  // https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-runtime/src/index.ts#L1500
  test('are in a wrapper in 29.7 alone, with all its parameters', () => {
    const { location } = jest
    const lengthFor = (given: Partial<Config.ProjectConfig>) =>
      moduleWrapperLength({ ...location, ...given } as Config.ProjectConfig)
    const sandboxInjectedGlobals = ['Math', 'Date'] as (keyof typeof globalThis)[]
    const lengths = [
      lengthFor({ injectGlobals: true }),
      lengthFor({ injectGlobals: false }),
      lengthFor({ sandboxInjectedGlobals }),
    ]
    expect(lengths).toEqual(version === '29.7' ? [82, 82 - ',jest'.length, 92] : [0, 0, 0])
    const runtime = jest.require<{ default: { prototype: { constructModuleWrapperStart?(): string } } }>(
      'jest-runtime',
    ).default.prototype
    const wrapper = runtime.constructModuleWrapperStart?.call({
      constructInjectedModuleParameters: () => [
        ...['module', 'exports', 'require', '__dirname', '__filename', 'jest'],
      ],
    })
    expect(wrapper?.length ?? 0).toBe(lengths[0])
  })
})

describe('a Jest of another layout', () => {
  test.each([
    ['no package that transforms', {}],
    ['no function that makes a transformer', { '@jest/transform': 'exports.transformer = 1' }],
    [
      'a transformer without its methods',
      {
        '@jest/transform': 'exports.createScriptTransformer = async () => ({})',
        'jest-resolve': 'exports.default = { unstable_shouldLoadAsEsm: () => false }',
      },
    ],
    [
      'a resolver that does not tell ES modules',
      {
        '@jest/transform':
          'exports.createScriptTransformer = async () => ({ transform() {}, shouldTransform() {} })',
        'jest-resolve': 'exports.default = {}',
      },
    ],
  ])('with %s has no lookup', async (what, packages) => {
    const { config } = projectOf(otherJest(packages), what)
    await expect(prepareScriptLookup(config, { docblockPragmas: {} })).resolves.toBeUndefined()
    expect(knownScriptLookup(config, { transformer: true })).toBeUndefined()
  })

  test('puts no wrapper around its modules, as far as is known', () => {
    expect(moduleWrapperLength(otherJest({}) as Config.ProjectConfig)).toBe(0)
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
