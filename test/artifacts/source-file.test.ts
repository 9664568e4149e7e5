import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { sourceReader } from '../../src/artifacts/artifact-files.js'
import { temporaryFolder } from '../support/temporary-folder.js'

function project() {
  const folder = temporaryFolder()
  const rootDir = join(folder, 'project')
  mkdirSync(join(rootDir, 'src'), { recursive: true })
  const write = (path: string) => writeFileSync(join(folder, path), `text of ${path}`)
  for (const path of ['project/src/cart.ts', 'project/.env', 'project/.npmrc', 'outside.js']) write(path)
  return { rootDir, read: sourceReader(rootDir) }
}

test('sourceReader reads source files of the project', () => {
  const { rootDir, read } = project()
  expect(read(join(rootDir, 'src/cart.ts'))).toBe('text of project/src/cart.ts')
  expect(read(join(rootDir, 'src/gone.ts'))).toBeUndefined()
  expect(read(join(rootDir, 'src'))).toBeUndefined()
})

test.each(['.env', '.npmrc'])('sourceReader refuses %s, even if a recording names it', name => {
  const { rootDir, read } = project()
  expect(read(`${rootDir}/${name}`)).toBeUndefined()
})

test('sourceReader refuses files outside the project, both by path and by symbolic link', () => {
  const { rootDir, read } = project()
  expect(read(`${rootDir}/../outside.js`)).toBeUndefined()
  symlinkSync('../../outside.js', join(rootDir, 'src/inside.js'))
  expect(read(join(rootDir, 'src/inside.js'))).toBeUndefined()
  symlinkSync('..', join(rootDir, 'up'))
  expect(read(join(rootDir, 'up/outside.js'))).toBeUndefined()
})

test('sourceReader reads a project through a symbolic link', () => {
  const { rootDir } = project()
  const link = join(temporaryFolder(), 'link')
  symlinkSync(rootDir, link)
  expect(sourceReader(link)(join(link, 'src/cart.ts'))).toBe('text of project/src/cart.ts')
})
