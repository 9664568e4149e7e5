import { expect, test } from '@jest/globals'
import { rerunCommand } from '../../src/page/data/rerun.js'

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
])('after %p', (command, file, given, expected) => {
  expect(rerunCommand({ command }, file, given)).toBe(expected)
})
