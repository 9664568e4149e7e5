// The published package: its files, its size, and the modules that a worker loads.

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { ROOT } from './support/cache.js'
import { runOrThrow } from './support/commands.js'
import { packedTarball } from './support/tarball.js'

const { path } = packedTarball()
const MEGABYTE = 1_000_000

/** Paths in the tarball, below `package/`. */
async function packedFiles(): Promise<string[]> {
  const { stdout } = await runOrThrow('tar', ['-tzf', path])
  return stdout
    .split(/\r?\n/)
    .filter(name => name !== '' && !name.endsWith('/'))
    .map(name => name.replace(/^package\//, ''))
    .toSorted()
}

/** All modules of the built package that a module loads, directly or indirectly, without Node's own modules. */
function closureOf(entries: readonly string[]): { files: string[]; packages: string[] } {
  const files = new Set(entries)
  const packages = new Set<string>()
  for (const file of files) {
    const code = readFileSync(join(ROOT, 'build', file), 'utf8')
    for (const [, specifier = ''] of code.matchAll(
      /^(?:import|export)\s(?:[^'"=]*\sfrom\s)?['"]([^'"]+)['"]/gm,
    )) {
      if (specifier.startsWith('.')) files.add(join(file, '..', specifier).replaceAll('\\', '/'))
      else if (!specifier.startsWith('node:')) packages.add(specifier)
    }
  }
  return { files: [...files], packages: [...packages] }
}

describe('the tarball', () => {
  test('contains the build with its types, and the files that npm always adds', async () => {
    const files = await packedFiles()
    const outside = files.filter(file => !file.startsWith('build/'))
    expect(outside).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'package.json',
      'skills/profile-jest/SKILL.md',
    ])
    const built = files.filter(file => file.startsWith('build/'))
    const others = built.filter(file => !/\.(d\.ts|js)$/.test(file))
    expect(others).toEqual([...['build/LICENSES.txt', 'build/page/style.css', 'build/report.schema.json']])
    for (const entry of ['index', 'environment', 'node', 'jsdom', 'reporter', 'cli'])
      expect(built).toEqual(expect.arrayContaining([`build/${entry}.js`, `build/${entry}.d.ts`]))
  })

  test('is at most 0.55 MB, and 2.5 MB unpacked', () => {
    expect(statSync(path).size).toBeLessThan(0.55 * MEGABYTE)
    expect(gunzipSync(readFileSync(path)).length).toBeLessThan(2.5 * MEGABYTE)
  })
})

test('a worker loads only Node’s own modules and at most 20 files of the profiler', () => {
  const { files, packages } = closureOf(['environment.js', 'node.js', 'jsdom.js'])
  expect(packages).toEqual([])
  expect(files.length).toBeLessThanOrEqual(20)
  expect(
    files.some(file => readFileSync(join(ROOT, 'build', file), 'utf8').includes('Recorder = class')),
  ).toBe(true)
  const bytes = files.reduce((sum, file) => sum + statSync(join(ROOT, 'build', file)).size, 0)
  expect(bytes).toBeLessThan(0.15 * MEGABYTE)
})
