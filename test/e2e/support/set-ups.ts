// Both ways to profile a suite, so that one test can use either, and a report in a few lines.

import { JEST_MAJORS, type JestMajor, type Suite } from './suite.js'

const SET_UPS = ['withProfiler', 'npx jest-profiler'] as const
export type SetUp = (typeof SET_UPS)[number]

interface Cell {
  readonly jestMajor: JestMajor
  readonly setUp: SetUp
}

/**
 * Both set-ups and both Jest versions in two cells rather than four: `set-up.test.ts` and `launch.test.ts` test each set-up under
 * each Jest, and both use the same environment and reporter.
 */
export const CELLS: readonly Cell[] = cellsFrom(SET_UPS)

/** The other two combinations. */
export const OTHER_CELLS: readonly Cell[] = cellsFrom(SET_UPS.toReversed())

function cellsFrom(setUps: readonly SetUp[]): Cell[] {
  return JEST_MAJORS.flatMap((jestMajor, index) => {
    const setUp = setUps[index]
    return setUp === undefined ? [] : [{ jestMajor, setUp }]
  })
}

const BY_NAME = `
const { default: Sequencer } = require('@jest/test-sequencer')
module.exports = class extends Sequencer { sort(tests) { return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1)) } }`

/** Config files of a suite for `runAs`, with additional settings of Jest; test files run in alphabetical order. */
export function configs(settings = ''): Readonly<Record<string, string>> {
  return {
    'by-name.js': BY_NAME,
    'plain.config.js': `module.exports = { transform: {}, testSequencer: './by-name.js', ${settings} }`,
    'ours.config.js': "module.exports = require('jest-profiler').withProfiler(require('./plain.config.js'))",
  }
}

export type SuiteRun = Awaited<ReturnType<Suite['jest']>>

/** Runs the suite with the given set-up, or without the profiler when that is undefined. */
export function runAs(
  setUp: SetUp | undefined,
  suite: Suite,
  args: readonly string[],
  options: Parameters<Suite['jest']>[1] = {},
): Promise<SuiteRun> {
  if (setUp === 'withProfiler') return suite.jest(['-c', 'ours.config.js', ...args], options)
  const plain = ['-c', 'plain.config.js', ...args]
  return setUp === undefined ? suite.jest(plain, options) : suite.profile(plain, options)
}

/** Each file with the outcomes of its tests, and each missing file with its reason. */
export function outline({ files, missing }: ReturnType<SuiteRun['report']>) {
  return {
    files: files
      .map(({ path, status, tests }) => `${path} ${status}: ${tests.map(row => row.status).join(', ')}`)
      .toSorted(),
    missing: missing.map(({ file, reason }) => `${file}: ${reason}`).toSorted(),
  }
}
