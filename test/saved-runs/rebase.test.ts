import { describe, expect, test } from '@jest/globals'
import { rebaseFrom } from '../../src/saved-runs/rebase.js'

const rebased = (from: string, to: string, path: string) => rebaseFrom(from, to)?.(path)

describe('rebaseFrom', () => {
  test('is undefined when both projects are in the same folder', () => {
    expect(rebaseFrom('/repo', '/repo')).toBeUndefined()
  })

  test.each([
    ['/home/a/repo', '/builds/repo', '/home/a/repo/src/x.ts', '/builds/repo/src/x.ts'],
    // A path above the project, such as the packages of a monorepo.
    [
      '/home/a/repo/web',
      '/builds/repo/web',
      '/home/a/repo/node_modules/l/i.js',
      '/builds/repo/node_modules/l/i.js',
    ],
    // Paths outside the checkout.
    ['/home/a/repo', '/builds/repo', '/usr/lib/x.js', '/usr/lib/x.js'],
    ['/home/a/repo', '/builds/repo', '/home/ab/repo/x.js', '/home/ab/repo/x.js'],
    ['/home/a/repo', '/builds/repo', 'node:fs', 'node:fs'],
    ['/home/a/repo', '/builds/repo', '', ''],
    // A checkout directly below the root: only the project itself is known to have moved.
    ['/app', '/builds/app', '/usr/lib/x.js', '/usr/lib/x.js'],
    ['/app', '/builds/app', '/app/x.js', '/builds/app/x.js'],
    ['/a/one', '/b/other', '/a/one/x.js', '/b/other/x.js'],
    ['/a/one', '/b/other', '/a/two/x.js', '/a/two/x.js'],
    ['C:/a/repo', 'D:/b/repo', 'C:/a/repo/x.js', 'D:/b/repo/x.js'],
  ])('from %s to %s maps %s to %s', (from, to, path, expected) => {
    expect(rebased(from, to, path)).toBe(expected)
  })
})
