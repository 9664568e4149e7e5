import { describe, expect, test } from '@jest/globals'
import { rebaseFrom } from '../../src/saved-runs/rebase.js'

const rebased = (from: string, to: string, path: string) => rebaseFrom(from, to)?.(path)

describe('paths of another machine', () => {
  test('stay as they are where the project lies in the same folder', () => {
    expect(rebaseFrom('/repo', '/repo')).toBeUndefined()
  })

  test.each([
    ['/home/a/repo', '/builds/repo', '/home/a/repo/src/x.ts', '/builds/repo/src/x.ts'],
    // What lies above the project, as the packages of a monorepo do.
    [
      '/home/a/repo/web',
      '/builds/repo/web',
      '/home/a/repo/node_modules/l/i.js',
      '/builds/repo/node_modules/l/i.js',
    ],
    // What is none of the checkout.
    ['/home/a/repo', '/builds/repo', '/usr/lib/x.js', '/usr/lib/x.js'],
    ['/home/a/repo', '/builds/repo', '/home/ab/repo/x.js', '/home/ab/repo/x.js'],
    ['/home/a/repo', '/builds/repo', 'node:fs', 'node:fs'],
    ['/home/a/repo', '/builds/repo', '', ''],
    // A checkout right below the root: nothing but the project itself is known to have moved.
    ['/app', '/builds/app', '/usr/lib/x.js', '/usr/lib/x.js'],
    ['/app', '/builds/app', '/app/x.js', '/builds/app/x.js'],
    ['/a/one', '/b/other', '/a/one/x.js', '/b/other/x.js'],
    ['/a/one', '/b/other', '/a/two/x.js', '/a/two/x.js'],
    ['C:/a/repo', 'D:/b/repo', 'C:/a/repo/x.js', 'D:/b/repo/x.js'],
  ])('from %s to %s: %s is %s', (from, to, path, expected) => {
    expect(rebased(from, to, path)).toBe(expected)
  })
})
