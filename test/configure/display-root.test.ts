import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { displayRootOf, rootsOfConfig } from '../../src/configure/display-root.js'
import { relativeTo } from '../../src/report/relative-path.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** A new folder with these empty files. */
function folderWith(...files: string[]): string {
  const folder = realpathSync(temporaryFolder())
  for (const file of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), '')
  }
  return folder
}

describe('displayRootOf', () => {
  test('is the folder of the nearest package.json at or above the root', () => {
    const folder = folderWith('package.json', 'app/package.json', 'app/test/unit/a.test.js')
    expect(displayRootOf([join(folder, 'app/test/unit')])).toBe(join(folder, 'app'))
    expect(displayRootOf([join(folder, 'app')])).toBe(join(folder, 'app'))
  })

  test('contains the root of the config and the roots of all projects', () => {
    const folder = folderWith('package.json', 'app/package.json', 'lib/package.json')
    expect(displayRootOf([join(folder, 'app'), join(folder, 'lib')])).toBe(folder)
    expect(displayRootOf([join(folder, 'app'), join(folder, 'app/nested')])).toBe(join(folder, 'app'))
  })

  test('is not confused by folders whose names begin alike', () => {
    const folder = folderWith('package.json', 'app/package.json', 'app-two/package.json')
    expect(displayRootOf([join(folder, 'app'), join(folder, 'app-two')])).toBe(folder)
  })

  test('is the git repository when there is no package.json, and else the folder itself', () => {
    const folder = folderWith('.git/HEAD', 'app/test/a.test.js')
    expect(displayRootOf([join(folder, 'app/test')])).toBe(folder)
    expect(displayRootOf(['/nowhere/app/a', '/nowhere/app/b'])).toBe('/nowhere/app')
  })

  test('prefers a package.json above the git repository', () => {
    const folder = folderWith('package.json', 'app/.git/HEAD')
    expect(displayRootOf([join(folder, 'app')])).toBe(folder)
  })

  test('is the root folder when the folders have nothing in common', () => {
    expect(displayRootOf(['/one/a', '/other/b'])).toBe('/')
  })
})

test('rootsOfConfig includes roots of projects that are folders, config files or objects', () => {
  const projects = ['<rootDir>/a', '../lib', '<rootDir>/b/jest.config.mjs', { rootDir: '../c' }, {}, null]
  expect(rootsOfConfig({ rootDir: '/repository/app', projects }, '/home/shop/here')).toEqual([
    '/repository/app',
    '/repository/app/a',
    '/repository/lib',
    '/repository/app/b',
    '/home/shop/c',
  ])
  expect(rootsOfConfig({ rootDir: '/repository' }, '/work')).toEqual(['/repository'])
})

describe('relativeTo', () => {
  const toRelative = relativeTo('/repository/app')

  test.each([
    ['makes a path below the display root relative', '/repository/app/src/a.js', 'src/a.js'],
    ['leads up to a sibling folder', '/repository/lib/a.js', '../lib/a.js'],
    [
      'leads up to a folder whose name begins like the display root’s',
      '/repository/app-two/a.js',
      '../app-two/a.js',
    ],
    ['keeps a path with another outermost folder', '/usr/lib/a.js', '/usr/lib/a.js'],
    ['keeps the name of a built-in module', 'node:fs', 'node:fs'],
    ['keeps an empty path', '', ''],
  ])('%s', (_which, path, expected) => {
    expect(toRelative(path)).toBe(expected)
  })

  test('compares drives on Windows', () => {
    const onDrive = relativeTo('C:/repository/app')
    expect(['C:/repository/app/a.js', 'C:/repository/lib/a.js', 'D:/repository/a.js'].map(onDrive)).toEqual([
      ...['a.js', '../lib/a.js', 'D:/repository/a.js'],
    ])
  })

  test('starts below the root folder when that is the display root', () => {
    expect(relativeTo('/')('/usr/lib/a.js')).toBe('usr/lib/a.js')
  })
})
