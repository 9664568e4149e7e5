import { describe, expect, test } from '@jest/globals'
import { outputPattern } from '../../src/configure/path-pattern.js'
import { jsonTriggersWatch, unwatchedFiles } from '../../src/jest/file-map.js'
import { JESTS, publishedCode } from '../support/jests.js'

interface Runtime {
  createHasteMap(config: object, options: object): { watchPathIgnorePatterns: string[] }
  createResolver(): string
}

const RUNTIME = { createHasteMap: (config: object) => config, createResolver: () => 'resolver' }

const CONFIG = Object.freeze({ id: 'a', watchPathIgnorePatterns: ['/theirs/'] })

function replacedRuntime(outputDir?: string): Runtime {
  const { replace } = unwatchedFiles(() => outputPattern(outputDir))
  return (replace({ default: RUNTIME } as never, '') as { default: Runtime }).default
}

function ignores(path: string, outputDir?: string): boolean {
  const { watchPathIgnorePatterns } = replacedRuntime(outputDir).createHasteMap(CONFIG, { watch: true })
  return watchPathIgnorePatterns.some(pattern => new RegExp(pattern).test(path))
}

test('what lies in the output folder is not watched, all else as the config says', () => {
  expect(ignores('/theirs/a.js')).toBe(true)
  expect(ignores('/project/.jest-profiler/run/report.json')).toBe(true)
  expect(ignores('/project/src/report.json')).toBe(false)
  expect(ignores('/project/profiles/run/report.json', './profiles')).toBe(true)
})

test('the config, of which the transform cache depends, stays as it is', () => {
  replacedRuntime().createHasteMap(CONFIG, {})
  expect(CONFIG.watchPathIgnorePatterns).toEqual(['/theirs/'])
  expect(replacedRuntime().createResolver()).toBe('resolver')
})

test.each(JESTS)('Jest %s makes its map of files by that method, for its core', (_version, jest) => {
  const { default: runtime } = jest.require<{ default: object }>('jest-runtime')
  expect(runtime).toHaveProperty('createHasteMap', expect.any(Function))
  expect(publishedCode(jest, '@jest/core')).toMatch(/require\(['"]jest-runtime['"]\)/)
  expect(publishedCode(jest, '@jest/core')).toMatch(/\.createHasteMap\(/)
})

test('a Jest that makes it in another way gets what it requested', () => {
  const { replace } = unwatchedFiles(() => 'never asked for')
  for (const exports of [{ default: { createFileMap: () => 1 } }, { createHasteMap: () => 1 }])
    expect(replace(exports as never, '')).toBe(exports)
})

const watching = { watch: true, watchAll: false }
const project = { roots: ['/project'], watchPathIgnorePatterns: [], modulePathIgnorePatterns: [] }
const runFolder = '/project/.jest-profiler/run'

describe('jsonTriggersWatch', () => {
  test('only while Jest watches, in either of its modes', () => {
    expect(jsonTriggersWatch({ watch: false, watchAll: false }, [project], runFolder)).toBe(false)
    expect(jsonTriggersWatch(watching, [project], runFolder)).toBe(true)
    expect(jsonTriggersWatch({ watch: false, watchAll: true }, [project], runFolder)).toBe(true)
  })

  test('not outside of the roots that Jest watches, though they begin alike', () => {
    expect(jsonTriggersWatch(watching, [{ ...project, roots: ['/project/src'] }], runFolder)).toBe(false)
    expect(jsonTriggersWatch(watching, [project], '/project-runs/run')).toBe(false)
  })

  test('not where the project has Jest look away', () => {
    const patterns = ['[/\\\\]\\.jest-profiler[/\\\\]']
    expect(jsonTriggersWatch(watching, [{ ...project, watchPathIgnorePatterns: patterns }], runFolder)).toBe(
      false,
    )
    expect(jsonTriggersWatch(watching, [{ ...project, modulePathIgnorePatterns: patterns }], runFolder)).toBe(
      false,
    )
    expect(
      jsonTriggersWatch(watching, [{ ...project, watchPathIgnorePatterns: ['/build/'] }], runFolder),
    ).toBe(true)
  })

  test('one of several projects is enough', () => {
    const looksAway = { ...project, watchPathIgnorePatterns: ['\\.jest-profiler'] }
    expect(jsonTriggersWatch(watching, [looksAway, project], runFolder)).toBe(true)
  })
})
