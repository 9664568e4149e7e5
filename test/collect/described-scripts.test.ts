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

  test('knows what Jest alone has loaded into the sandbox', () => {
    expect(toolsOf([others])).toEqual(['jest', undefined, undefined, undefined])
  })

  test('takes nothing for Jest’s that the user’s code has loaded as well, or may have', () => {
    expect(toolsOf([others, inSandbox])).toEqual([undefined, undefined, undefined, undefined])
    expect(toolsOf(undefined)).toEqual([undefined, undefined, undefined, undefined])
  })
})

describe('describeScript', () => {
  const known = { wrapped: false, transformed: true, sourceMap: '/cache/a.map' }
  const lookup: ScriptLookup = () => known

  test('looks up files alone', () => {
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

  test('our own files, which Node has loaded, are never transformed for the sake of their maps', () => {
    const own = fileURLToPath(new URL('../../src/attribution/timeline.js', import.meta.url))
    expect(describeScript(own, lookup)).toMatchObject({ transformed: false, sourceMap: null })
  })

  test('without a lookup nothing is known of a map, and a file of the project is taken for transformed', () => {
    expect(describeScript('/project/a.ts', undefined)).toMatchObject({ transformed: true, sourceMap: null })
    const dependency = '/project/node_modules/a/index.js'
    expect(describeScript(dependency, undefined)).toMatchObject({ transformed: false, sourceMap: null })
  })

  test('a file that can no longer be transformed counts as transformed, without a map', () => {
    const broken: ScriptLookup = () => {
      throw new Error('ENOENT')
    }
    expect(describeScript('/project/a.ts', broken)).toMatchObject({ transformed: true, sourceMap: null })
  })
})
