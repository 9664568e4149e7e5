// Uses the script transformers of real Jest versions, and classes of other layouts.

import { realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import {
  type CacheMiss,
  type RuntimeObserver,
  setObserver,
  type TransformerCall,
} from '../../src/jest/runtime-observer.js'
import { wrapScriptTransformer } from '../../src/jest/script-transformer.js'
import { JESTS, type JestOfTests, projectConfig } from '../support/jests.js'
import { temporaryFolder } from '../support/temporary-folder.js'

interface Transformer {
  transform(path: string, options: object, source: string): { code: string }
  transformAsync(path: string, options: object, source: string): Promise<{ code: string }>
}

const OPTIONS = {
  collectCoverage: false,
  collectCoverageFrom: [],
  coverageProvider: 'v8',
  isInternalModule: false,
  supportsDynamicImport: true,
  supportsExportNamespaceFrom: false,
  supportsStaticESM: false,
  supportsTopLevelAwait: false,
}

const TRANSFORMER = `
exports.process = source => {
  if (source.includes('no code')) throw new SyntaxError('no code')
  return { code: source + '\\n// transformed' }
}`
const KEYED = `${TRANSFORMER}
exports.getCacheKey = (source, path) => 'k' + source.length`

function listening() {
  const [calls, misses, unobserved]: [TransformerCall[], CacheMiss[], string[]] = [[], [], []]
  const told: Partial<RuntimeObserver> = {
    transformerBegins: () => describe => calls.push(describe()),
    cacheMissed: miss => misses.push(miss),
    unobserved: what => unobserved.push(what),
  }
  setObserver(told as RuntimeObserver)
  return { calls, misses, unobserved }
}

/** A new project in which a module with the given text transforms `.ts` files. */
function projectWith(transformer: string) {
  const rootDir = realpathSync(temporaryFolder())
  const path = join(rootDir, 'transformer.js')
  writeFileSync(path, transformer)
  // Jest reads the modification times of the files.
  for (const name of ['a.ts', 'b.ts']) writeFileSync(join(rootDir, name), '')
  const config = projectConfig(rootDir, { transform: [['\\.ts$', path, {}]] })
  return { rootDir, config, transformer: path }
}

async function transformerOf(jest: JestOfTests, config: object): Promise<Transformer> {
  const { createScriptTransformer } = jest.require<{
    createScriptTransformer(config: object): Promise<Transformer>
  }>('@jest/transform')
  return createScriptTransformer(config)
}

afterEach(() => setObserver(undefined))

describe.each(JESTS)('wrapScriptTransformer with Jest %s', (_version, jest) => {
  /** A transformer whose class is wrapped once. */
  async function observed(config: object): Promise<Transformer> {
    const transformer = await transformerOf(jest, config)
    const prototype = Object.getPrototypeOf(transformer)
    if (!wrapped.has(prototype)) expect(wrapScriptTransformer(prototype)).toBe(true)
    wrapped.add(prototype)
    return transformer
  }

  test('reports each transform outside of the memory cache, with the result of the disk cache', async () => {
    const { rootDir, config, transformer } = projectWith(TRANSFORMER)
    const { calls } = listening()
    const first = await observed(config)
    const a = join(rootDir, 'a.ts')
    expect(first.transform(a, OPTIONS, 'a()').code).toContain('// transformed')
    first.transform(a, OPTIONS, 'a()')
    expect(calls).toEqual([
      { path: a, size: 3, transformer, missed: true, isCached: true, project: expect.any(Object) },
    ])
    await first.transformAsync(join(rootDir, 'b.ts'), OPTIONS, 'b()')
    expect(calls).toHaveLength(2)
    expect(calls[1]?.project).toBe(calls[0]?.project)
  })

  test('reports a hit of the disk cache', async () => {
    const { rootDir, config, transformer } = projectWith(KEYED)
    const { calls, misses } = listening()
    const path = join(rootDir, 'a.ts')
    ;(await observed(config)).transform(path, OPTIONS, 'a()')
    // The config differs, and the transformer's cache key does not depend on it.
    ;(await observed({ ...config, watchman: true })).transform(path, OPTIONS, 'a()')
    expect(calls.map(({ missed }) => missed)).toEqual([true, false])
    expect(calls[1]?.project).not.toBe(calls[0]?.project)
    expect(misses).toMatchObject([{ transformer, path, key: expect.stringMatching(/^[0-9a-f]+$/) }])
  })

  test('reports the cache key of a miss, its input, and the key of a second request', async () => {
    const { rootDir, config } = projectWith(KEYED)
    const { misses, unobserved } = listening()
    ;(await observed(config)).transform(join(rootDir, 'a.ts'), OPTIONS, 'a()')
    const [miss] = misses
    expect(miss?.askAgain()).toBe(miss?.key)
    expect(JSON.parse(miss?.input() ?? '')).toEqual([
      'a()',
      expect.stringContaining('transformer.js'),
      expect.objectContaining({ supportsStaticESM: false }),
    ])
    expect(unobserved).toEqual([])
  })

  test('reports no cache key that Jest computed itself, and none when the cache is off', async () => {
    const { misses } = listening()
    const jests = projectWith(TRANSFORMER)
    ;(await observed(jests.config)).transform(join(jests.rootDir, 'a.ts'), OPTIONS, 'a()')
    const off = projectWith(KEYED)
    const { calls } = listening()
    ;(await observed({ ...off.config, cache: false })).transform(join(off.rootDir, 'a.ts'), OPTIONS, 'a()')
    expect([misses, calls[0]?.isCached]).toEqual([[], false])
  })

  test('reports a failed transform as a miss', async () => {
    const { rootDir, config } = projectWith(KEYED)
    const { calls } = listening()
    const transformer = await observed(config)
    const path = join(rootDir, 'a.ts')
    expect(() => transformer.transform(path, OPTIONS, 'no code')).toThrow('no code')
    await expect(transformer.transformAsync(path, OPTIONS, 'no code')).rejects.toThrow('no code')
    expect(calls.map(({ missed }) => missed)).toEqual([true, true])
  })
})

const wrapped = new WeakSet<object>()

describe('wrapScriptTransformer with an unknown transformer', () => {
  test('leaves the transformer unchanged', () => {
    class Other {
      transformSource() {}
    }
    const { transformSource } = Other.prototype
    expect(wrapScriptTransformer(Other.prototype as never)).toBe(false)
    expect(Other.prototype.transformSource).toBe(transformSource)
  })

  test('reports cache keys as unobserved when cache files have another name', () => {
    class Other {
      readonly _config = { cache: true }
      _getTransformPath = () => '/p/transformer.js'
      _buildTransformResult(..._args: unknown[]) {
        return 'built'
      }
    }
    for (const name of ['transformSource', 'transformSourceAsync', 'shouldTransform', '_getCacheKey'])
      Object.assign(Other.prototype, { [name]: () => true })
    Object.assign(Other.prototype, { _getTransformPath: () => '/p/transformer.js' })
    expect(wrapScriptTransformer(Other.prototype as never)).toBe(true)
    const { misses, unobserved } = listening()
    const module = { getCacheKey: () => '' }
    expect(new Other()._buildTransformResult('/p/a.ts', '/cache/a.v8', 'a()', module, true, {})).toBe('built')
    expect([misses, unobserved]).toEqual([[], ['cache keys']])
  })
})
