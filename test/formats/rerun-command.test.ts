import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { namePattern, repeatCommand, rerunCommand, shellWord } from '../../src/formats/rerun-command.js'

const FILE = { path: 'test/[id].test.ts', project: '' }

test.each([
  ['jest', FILE, undefined, "npx jest-profiler --runTestsByPath 'test/[id].test.ts'"],
  [
    'jest -w 2',
    FILE,
    { fullName: 'adds (up)' },
    "npx jest-profiler --runTestsByPath 'test/[id].test.ts' -t '^adds \\(up\\)$'",
  ],
  [
    'jest --config other.config.mjs -i',
    FILE,
    undefined,
    "npx jest-profiler --config other.config.mjs --runTestsByPath 'test/[id].test.ts'",
  ],
  [
    'jest --config="a b.mjs"',
    FILE,
    undefined,
    'npx jest-profiler --config="a b.mjs" --runTestsByPath \'test/[id].test.ts\'',
  ],
  [
    'jest -c x.cjs',
    { ...FILE, path: 'a.test.ts', project: 'unit tests' },
    undefined,
    "npx jest-profiler -c x.cjs --selectProjects 'unit tests' --runTestsByPath a.test.ts",
  ],
])('rerunCommand after %p profiles only the given file and test', (command, file, given, expected) => {
  expect(rerunCommand({ command, engine: 'inspector' }, file, given)).toBe(expected)
})

test('rerunCommand records a profile, even after a run without one', () => {
  expect(rerunCommand({ command: 'jest', engine: 'none' }, FILE)).toBe(
    rerunCommand({ command: 'jest', engine: 'inspector' }, FILE).replace(
      'npx jest-profiler',
      'npx jest-profiler --engine inspector',
    ),
  )
})

test.each([
  ['jest', undefined, 'npx jest-profiler'],
  ['jest --coverage "a b"', undefined, 'npx jest-profiler --coverage "a b"'],
  [
    'jest -c x.cjs --coverage',
    [
      { path: 'a.test.ts', project: 'unit' },
      { path: 'b c.test.ts', project: 'unit' },
    ],
    "npx jest-profiler -c x.cjs --selectProjects unit --runTestsByPath a.test.ts 'b c.test.ts'",
  ],
  ['jest -c /project/jest/x.cjs', undefined, 'npx jest-profiler -c jest/x.cjs'],
])('repeatCommand after %p measures the same, or the given files', (command, files, expected) => {
  expect(repeatCommand({ displayRoot: '/project', command, engine: 'inspector' }, files)).toBe(expected)
  expect(repeatCommand({ displayRoot: '/project', command, engine: 'none' }, files)).toBe(
    expected.replace('npx jest-profiler', 'npx jest-profiler --engine none'),
  )
})

test('namePattern matches its name and no longer one', () => {
  fc.assert(
    fc.property(fc.string(), name => {
      expect(new RegExp(namePattern(name)).test(name)).toBe(true)
      expect(new RegExp(namePattern(name)).test(`${name}x`)).toBe(false)
    }),
  )
})

const onPosix = process.platform === 'win32' ? test.skip : test

onPosix('shellWord is read unchanged by a shell', () => {
  const words = ["it's", '$(date)', '`x`', 'a b', '"', '\\', 'plain/path.ts', '!', '*']
  const read = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`])
  expect(read.toString().split('\0').slice(0, -1)).toEqual(words)
})
