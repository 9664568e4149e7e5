import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { displayRootOf, rootsOfConfig } from '../../src/configure/display-root.js'
import { relativeTo } from '../../src/report/relative-path.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** A folder with these empty files in it. */
function folderWith(...files: string[]): string {
  const folder = realpathSync(temporaryFolder())
  for (const file of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), '')
  }
  return folder
}

describe('the display root', () => {
  test('is the folder of the nearest package.json above the root', () => {
    const folder = folderWith('package.json', 'app/package.json', 'app/test/unit/a.test.js')
    expect(displayRootOf([join(folder, 'app/test/unit')])).toBe(join(folder, 'app'))
    expect(displayRootOf([join(folder, 'app')])).toBe(join(folder, 'app'))
  })

  test('holds the root of the config and those of all projects', () => {
    const folder = folderWith('package.json', 'app/package.json', 'lib/package.json')
    expect(displayRootOf([join(folder, 'app'), join(folder, 'lib')])).toBe(folder)
    expect(displayRootOf([join(folder, 'app'), join(folder, 'app/nested')])).toBe(join(folder, 'app'))
  })

  test('is no folder whose name is merely how that of another one begins', () => {
    const folder = folderWith('package.json', 'app/package.json', 'app-two/package.json')
    expect(displayRootOf([join(folder, 'app'), join(folder, 'app-two')])).toBe(folder)
  })

  test('without a package.json is the git repository, and without that the folder itself', () => {
    const folder = folderWith('.git/HEAD', 'app/test/a.test.js')
    expect(displayRootOf([join(folder, 'app/test')])).toBe(folder)
    expect(displayRootOf(['/nowhere/app/a', '/nowhere/app/b'])).toBe('/nowhere/app')
  })

  test('a package.json far above comes before the repository below it', () => {
    const folder = folderWith('package.json', 'app/.git/HEAD')
    expect(displayRootOf([join(folder, 'app')])).toBe(folder)
  })

  test('of folders that have nothing in common is the outermost one', () => {
    expect(displayRootOf(['/one/a', '/other/b'])).toBe('/')
  })
})

test('roots of a config are its own and those of its projects: folders, config files, and configs themselves', () => {
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

describe('paths of a report', () => {
  const toRelative = relativeTo('/repository/app')

  test.each([
    ['in the display root begin there', '/repository/app/src/a.js', 'src/a.js'],
    ['beside it lead up first', '/repository/lib/a.js', '../lib/a.js'],
    ['of a folder whose name begins alike do, too', '/repository/app-two/a.js', '../app-two/a.js'],
    ['with another outermost folder stay as they are', '/usr/lib/a.js', '/usr/lib/a.js'],
    ['of Node stay as they are', 'node:fs', 'node:fs'],
    ['of nothing are nothing', '', ''],
  ])('%s', (_which, path, expected) => {
    expect(toRelative(path)).toBe(expected)
  })

  test('of Windows are distinguished by their drive', () => {
    const onDrive = relativeTo('C:/repository/app')
    expect(['C:/repository/app/a.js', 'C:/repository/lib/a.js', 'D:/repository/a.js'].map(onDrive)).toEqual([
      ...['a.js', '../lib/a.js', 'D:/repository/a.js'],
    ])
  })

  test('below the outermost folder of all begin there', () => {
    expect(relativeTo('/')('/usr/lib/a.js')).toBe('usr/lib/a.js')
  })
})
