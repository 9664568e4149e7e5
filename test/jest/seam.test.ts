// src/jest is the seam: names that are private to Jest occur there and nowhere else in src/.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url))

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map(path => path.replaceAll('\\', '/'))
  .filter(path => /\.tsx?$/.test(path))
  .map(path => ({ path, code: codeOf(readFileSync(join(SOURCE, path), 'utf8')) }))

/** The text without comments, and without imports of types, which name public packages. */
function codeOf(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(/^import type [\s\S]*? from '@jest\/[a-z]+'$/gm, '')
}

/** Required packages, members of Jest's classes, events of jest-circus, and performance marks. */
const PRIVATE = [
  /\bjest-(?:runtime|runner|worker|haste-map|config|resolve|docblock|message-util|util|cli|each|mock)\b/,
  /@jest\/(?:core|reporters|transform|source-map)\b/,
  /\b(?:_scriptTransformer|transformCache|cjsLoader|esmLoader|requireInternalModule|createHasteMap)\b/,
  /\bunstable_\w+/,
  /\b(?:createScriptTransformer|requireAndTranspileModule|_getCacheKey|_buildTransformResult)\b/,
  /\b(?:readConfigs|readInitialOptions)\b[^:]/,
  /\b(?:test_start|test_done|test_fn_\w+|hook_start|hook_success|run_start|add_test|add_hook)\b/,
  /\b(?:currentDescribeBlock|rootDescribeBlock)\b/,
  /'jest\/\w+(?::start|:end)?'/,
]

function found(isSeam: boolean): string[] {
  return files
    .filter(({ path }) => path.startsWith('jest/') === isSeam)
    .flatMap(({ path, code }) =>
      PRIVATE.flatMap(pattern => {
        const [name] = pattern.exec(code) ?? []
        return name === undefined ? [] : `${path}: ${name}`
      }),
    )
}

describe('private names of Jest', () => {
  test('occur only in src/jest', () => {
    expect(found(false)).toEqual([])
  })

  test('occur in src/jest for each pattern of this test', () => {
    for (const pattern of PRIVATE)
      expect(files.filter(({ path, code }) => path.startsWith('jest/') && pattern.test(code))).not.toEqual([])
  })
})

describe('each file of src/jest', () => {
  const own = readdirSync(join(SOURCE, 'jest'))

  test('says in its header which versions of Jest it knows, and what happens with others', () => {
    // These files are used by the others, and contain nothing of Jest.
    const others = ['runtime-observer.ts', 'runtime-methods.ts', 'wrapped-method.ts']
    const silent = own.filter(name => {
      const [header = ''] = readFileSync(join(SOURCE, 'jest', name), 'utf8').split(/^(?!\/\/)/m)
      return !/Known: .*29\.7/s.test(header)
    })
    expect(silent.toSorted()).toEqual(others.toSorted())
  })
})
