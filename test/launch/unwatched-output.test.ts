import { createRequire } from 'node:module'
import { expect, test } from '@jest/globals'
import { unwatchedOutput } from '../../src/launch/unwatched-output.js'

interface Runtime {
  createHasteMap(config: object, options: object): { watchPathIgnorePatterns: string[] }
  createResolver(): string
}

const RUNTIME = { createHasteMap: (config: object) => config, createResolver: () => 'resolver' }

const CONFIG = Object.freeze({ id: 'a', watchPathIgnorePatterns: ['/theirs/'] })

function replacedRuntime(outputDir?: string): Runtime {
  const { replace } = unwatchedOutput(() => outputDir)
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

test("Jest's runtime makes its map of files by that method", () => {
  const { default: runtime }: { default: object } = createRequire(import.meta.url)('jest-runtime')
  expect(runtime).toHaveProperty('createHasteMap', expect.any(Function))
})
