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

/** A new project of the given Jest, in which `.ts` files are transformed. */
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

describe.each(JESTS)('prepareScriptLookup with Jest %s', (version, jest) => {
  test('finds out whether a script is wrapped and transformed, and its source map', async () => {
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
  test('moduleWrapperLength counts the wrapper with its parameters in Jest 29.7, and is 0 in later versions', () => {
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

describe('sandbox scripts of an unknown Jest', () => {
  test.each([
    ['no package @jest/transform', {}],
    ['no createScriptTransformer function', { '@jest/transform': 'exports.transformer = 1' }],
    [
      'a transformer without its methods',
      {
        '@jest/transform': 'exports.createScriptTransformer = async () => ({})',
        'jest-resolve': 'exports.default = { unstable_shouldLoadAsEsm: () => false }',
      },
    ],
    [
      'a resolver that does not recognize ES modules',
      {
        '@jest/transform':
          'exports.createScriptTransformer = async () => ({ transform() {}, shouldTransform() {} })',
        'jest-resolve': 'exports.default = {}',
      },
    ],
  ])('have no lookup when Jest has %s', async (what, packages) => {
    const { config } = projectOf(otherJest(packages), what)
    await expect(prepareScriptLookup(config, { docblockPragmas: {} })).resolves.toBeUndefined()
    expect(knownScriptLookup(config, { transformer: true })).toBeUndefined()
  })

  test('have a wrapper of length 0', () => {
    expect(moduleWrapperLength(otherJest({}) as Config.ProjectConfig)).toBe(0)
  })
})

describe('knownScriptLookup', () => {
  const runner = createRequire(import.meta.url).resolve('jest-runner')
  const projectConfig = { id: 'p', runner, extensionsToTreatAsEsm: ['.mts'], transform: [['\\.ts$', '', {}]] }
  const config = { projectConfig, globalConfig: {} } as unknown as JestEnvironmentConfig
  /** A transformer like that of Jest's runtime, with the given source map. */
  function transformerInto(map: string) {
    const transform = (_file: string, _options: object, source: string) => ({
      ...{ code: `${source}// changed`, sourceMapPath: map },
    })
    return { shouldTransform: () => true, transform }
  }

  test('uses the transformer of the file’s own runtime when no lookup was prepared', () => {
    const folder = temporaryFolder()
    const [file, map] = [join(folder, 'a.ts'), join(folder, 'a.ts.map')]
    for (const path of [file, map]) writeFileSync(path, '')
    const transformer = knownScriptLookup(config, transformerInto(map))
    expect(transformer?.(file)).toEqual({ wrapped: true, transformed: true, sourceMap: map })
    const lost = knownScriptLookup(config, transformerInto(join(folder, 'lost.map')))
    expect(lost?.(file)).toMatchObject({ transformed: true, sourceMap: null })
  })

  test('is undefined without a transformer', () => {
    expect(knownScriptLookup(config, undefined)).toBeUndefined()
  })
})
