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

test('unwatchedFiles adds the output folder to the ignored paths of the config', () => {
  expect(ignores('/theirs/a.js')).toBe(true)
  expect(ignores('/project/.jest-profiler/run/report.json')).toBe(true)
  expect(ignores('/project/src/report.json')).toBe(false)
  expect(ignores('/project/profiles/run/report.json', './profiles')).toBe(true)
})

test('unwatchedFiles leaves the config object unchanged, because the transform cache depends on it', () => {
  replacedRuntime().createHasteMap(CONFIG, {})
  expect(CONFIG.watchPathIgnorePatterns).toEqual(['/theirs/'])
  expect(replacedRuntime().createResolver()).toBe('resolver')
})

test.each(JESTS)(
  'unwatchedFiles replaces the method by which the core of Jest %s creates its file map',
  (_version, jest) => {
    const { default: runtime } = jest.require<{ default: object }>('jest-runtime')
    expect(runtime).toHaveProperty('createHasteMap', expect.any(Function))
    expect(publishedCode(jest, '@jest/core')).toMatch(/require\(['"]jest-runtime['"]\)/)
    expect(publishedCode(jest, '@jest/core')).toMatch(/\.createHasteMap\(/)
  },
)

test('unwatchedFiles returns the exports of an unknown Jest unchanged', () => {
  const { replace } = unwatchedFiles(() => 'never asked for')
  for (const exports of [{ default: { createFileMap: () => 1 } }, { createHasteMap: () => 1 }])
    expect(replace(exports as never, '')).toBe(exports)
})

const watching = { watch: true, watchAll: false }
const project = { roots: ['/project'], watchPathIgnorePatterns: [], modulePathIgnorePatterns: [] }
const runFolder = '/project/.jest-profiler/run'

describe('jsonTriggersWatch', () => {
  test('is true only in watch mode, with --watch and with --watchAll', () => {
    expect(jsonTriggersWatch({ watch: false, watchAll: false }, [project], runFolder)).toBe(false)
    expect(jsonTriggersWatch(watching, [project], runFolder)).toBe(true)
    expect(jsonTriggersWatch({ watch: false, watchAll: true }, [project], runFolder)).toBe(true)
  })

  test('is false outside of the watched roots, even for names that begin alike', () => {
    expect(jsonTriggersWatch(watching, [{ ...project, roots: ['/project/src'] }], runFolder)).toBe(false)
    expect(jsonTriggersWatch(watching, [project], '/project-runs/run')).toBe(false)
  })

  test('is false when the project ignores the path', () => {
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

  test('is true when only one of several projects watches the path', () => {
    const looksAway = { ...project, watchPathIgnorePatterns: ['\\.jest-profiler'] }
    expect(jsonTriggersWatch(watching, [looksAway, project], runFolder)).toBe(true)
  })
})
