import { expect, test } from '@jest/globals'
import { comparablePath } from '../../src/report/relative-path.js'

test.each([
  ['/home/me/base/packages/a', '/home/me/base/packages/a/src/x.ts', 'src/x.ts'],
  ['/home/me/base/packages/a', '/home/me/base/node_modules/y/y.js', '../../node_modules/y/y.js'],
  ['/home/me/base', '/usr/lib/node_modules/y.js', '/usr/lib/node_modules/y.js'],
  ['/app', '/app/src/x.ts', 'src/x.ts'],
  ['/app', 'node:fs', 'node:fs'],
  ['/app', 'src/x.ts', 'src/x.ts'],
  ['/app', '', ''],
  ['C:/me/base', 'C:/me/base/src/x.ts', 'src/x.ts'],
])('comparablePath of the project in %s shows %s as %s', (rootDir, path, expected) => {
  expect(comparablePath(rootDir)(path)).toBe(expected)
})
