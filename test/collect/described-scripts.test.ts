import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { describeScript, describeScripts } from '../../src/collect/described-scripts.js'
import type { ScriptLookup } from '../../src/jest/sandbox-scripts.js'

describe('describeScripts', () => {
  const inSandbox = '/project/node_modules/pure-rand/index.js'
  const others = '/project/node_modules/lodash/index.js'
  const toolsOf = (users: string[] | undefined) =>
    describeScripts([inSandbox, others, '', 'node:fs'], undefined, {
      users,
      jests: new Set([inSandbox]),
      transformers: [],
    }).map(({ tool }) => tool)

  test('marks packages that only Jest loaded into the sandbox as Jest’s', () => {
    expect(toolsOf([others])).toEqual(['jest', undefined, undefined, undefined])
  })

  test('leaves packages unmarked that the user’s code loaded or may have loaded', () => {
    expect(toolsOf([others, inSandbox])).toEqual([undefined, undefined, undefined, undefined])
    expect(toolsOf(undefined)).toEqual([undefined, undefined, undefined, undefined])
  })
})

describe('describeScript', () => {
  const known = { wrapped: false, transformed: true, sourceMap: '/cache/a.map' }
  const lookup: ScriptLookup = () => known

  test('looks up files, and no other URLs', () => {
    expect(describeScript('/project/a.ts', lookup)).toEqual({ url: '/project/a.ts', ...known })
    for (const url of ['', 'node:fs', 'evalmachine.<anonymous>', 'wasm://wasm/0a']) {
      expect(describeScript(url, lookup)).toEqual({
        url,
        wrapped: false,
        transformed: false,
        sourceMap: null,
      })
    }
  })

  test('treats the profiler’s own files as untransformed, because Node loaded them', () => {
    const own = fileURLToPath(new URL('../../src/attribution/timeline.js', import.meta.url))
    expect(describeScript(own, lookup)).toMatchObject({ transformed: false, sourceMap: null })
  })

  test('treats the project’s files as transformed when there is no lookup', () => {
    expect(describeScript('/project/a.ts', undefined)).toMatchObject({ transformed: true, sourceMap: null })
    const dependency = '/project/node_modules/a/index.js'
    expect(describeScript(dependency, undefined)).toMatchObject({ transformed: false, sourceMap: null })
  })

  test('treats a file whose lookup fails as transformed, without a source map', () => {
    const broken: ScriptLookup = () => {
      throw new Error('ENOENT')
    }
    expect(describeScript('/project/a.ts', broken)).toMatchObject({ transformed: true, sourceMap: null })
  })
})
