import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { refuseMistyped } from '../../src/cli/jest-arguments.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const COMMANDS = ['show', 'export', 'diff', 'merge']

/** Calls refuseMistyped in a project with these files. */
function refuse(args: readonly string[], files: readonly string[] = []): void {
  const cwd = temporaryFolder()
  for (const path of files) {
    mkdirSync(join(cwd, path, '..'), { recursive: true })
    writeFileSync(join(cwd, path), '')
  }
  refuseMistyped(args, { cwd, commands: COMMANDS })
}

test.each([
  [['shwo'], 'show'],
  [['shows'], 'show'],
  [['Shwo', '--by', 'import'], 'show'],
  [['dfif', 'before', 'after'], 'diff'],
  [['exprot', '--format', 'html'], 'export'],
  [['mereg', 'a', 'b', '-o', 'c'], 'merge'],
])('refuseMistyped rejects %j and suggests the command %s', (args, meant) => {
  const [word] = args
  expect(() => refuse(args, ['test/cart.test.js'])).toThrow(
    `jest-profiler: unknown command ${word}, and no file path contains it. Did you mean ${meant}? ` +
      `To use it as a pattern for Jest, put it after --: \`npx jest-profiler -- ${word}\`.`,
  )
})

test.each([
  ['the name of a file contains it', ['shop'], 'test/Shop.test.js'],
  ['the name of a folder contains it', ['diffs'], 'src/diffs-of/a.test.js'],
  ['it is a file', ['shw'], 'shw'],
])('refuseMistyped passes a word to Jest if %s', (_title, args, path) => {
  expect(() => refuse(args, [path])).not.toThrow()
})

test('refuseMistyped ignores installed packages when it looks for a matching path', () => {
  expect(() => refuse(['diffs'], ['node_modules/diffs-of/index.js'])).toThrow('Did you mean diff?')
})

test.each([
  [[]],
  [['cart']],
  [['shipping']],
  [['run.test']],
  [['show.']],
  [['sho*']],
  [['-t', 'shwo']],
  [['--watch', 'shwo']],
  [['shwo', '--rootDir=../elsewhere']],
  [['shwo', '-c', '../jest.config.js']],
])('refuseMistyped passes %j to Jest', args => {
  expect(() => refuse(args)).not.toThrow()
})

test('refuseMistyped passes a word to Jest if the path of the project contains it', () => {
  const cwd = join(temporaryFolder(), 'shop')
  expect(() => refuseMistyped(['shop'], { cwd, commands: COMMANDS })).not.toThrow()
})
