// With the script transformers of real Jests, and with classes of other layouts.

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

/** A project whose files with `.ts` are transformed by that module. */
function projectWith(transformer: string) {
  const rootDir = realpathSync(temporaryFolder())
  const path = join(rootDir, 'transformer.js')
  writeFileSync(path, transformer)
  // Jest asks when they were written.
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

describe.each(JESTS)('the script transformer of Jest %s', (_version, jest) => {
  /** Wrapped once, as its class is. */
  async function observed(config: object): Promise<Transformer> {
    const transformer = await transformerOf(jest, config)
    const prototype = Object.getPrototypeOf(transformer)
    if (!wrapped.has(prototype)) expect(wrapScriptTransformer(prototype)).toBe(true)
    wrapped.add(prototype)
    return transformer
  }

  test('reports each call that memory does not answer, and whether the cache on disk had its result', async () => {
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

  test('reports a hit where a file is known from the cache on disk', async () => {
    const { rootDir, config, transformer } = projectWith(KEYED)
    const { calls, misses } = listening()
    const path = join(rootDir, 'a.ts')
    ;(await observed(config)).transform(path, OPTIONS, 'a()')
    // Another config in memory, of which the transformer's own key says nothing.
    ;(await observed({ ...config, watchman: true })).transform(path, OPTIONS, 'a()')
    expect(calls.map(({ missed }) => missed)).toEqual([true, false])
    expect(calls[1]?.project).not.toBe(calls[0]?.project)
    expect(misses).toMatchObject([{ transformer, path, key: expect.stringMatching(/^[0-9a-f]+$/) }])
  })

  test('reports the key of a miss, what it depends on, and what the transformer answers when asked again', async () => {
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

  test('reports no key that is Jest’s own, and none where the cache is off', async () => {
    const { misses } = listening()
    const jests = projectWith(TRANSFORMER)
    ;(await observed(jests.config)).transform(join(jests.rootDir, 'a.ts'), OPTIONS, 'a()')
    const off = projectWith(KEYED)
    const { calls } = listening()
    ;(await observed({ ...off.config, cache: false })).transform(join(off.rootDir, 'a.ts'), OPTIONS, 'a()')
    expect([misses, calls[0]?.isCached]).toEqual([[], false])
  })

  test('reports a transform that fails as a miss', async () => {
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

describe('a script transformer of another layout', () => {
  test('is left as it is', () => {
    class Other {
      transformSource() {}
    }
    const { transformSource } = Other.prototype
    expect(wrapScriptTransformer(Other.prototype as never)).toBe(false)
    expect(Other.prototype.transformSource).toBe(transformSource)
  })

  test('whose cache names its files in another way is said not to report keys', () => {
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
