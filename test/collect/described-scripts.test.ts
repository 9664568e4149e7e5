import { describe, expect, test } from '@jest/globals'
import { describeScripts } from '../../src/collect/described-scripts.js'

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
