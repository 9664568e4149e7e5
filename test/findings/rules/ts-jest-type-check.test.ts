import { expect, test } from '@jest/globals'
import { tsJestTypeCheck } from '../../../src/findings/rules/ts-jest-type-check.js'
import { fileKey } from '../../../src/profile/paths.js'
import type { TransformReport } from '../../../src/report/account-reports.js'
import { factsOf } from '../../support/facts.js'
import { profileFromText } from '../../support/profile-from-text.js'

const tsJest: TransformReport = {
  ...{
    transformer: 'ts-jest',
    extension: '.ts',
    files: 10,
    cacheMisses: 4,
    totalMs: 50,
    missMs: 50,
    loadMs: 0,
    missLoadMs: 0,
    uncached: 0,
  },
}

const checked = profileFromText(
  `
  -                                         -                                         -                           -
  process[transform:ts-jest]                process[transform:ts-jest]                process[transform:ts-jest]  A
  synchronizeHostData[transform:typescript] getEmitOutput[transform:typescript]       read[transform]
  createTypeChecker[transform:typescript]   checkSourceFile[transform:typescript]
`,
  { weight: 100_000 },
)

/** The stacks of `transpileModule`, which ts-jest uses with `isolatedModules`. */
const transpiled = profileFromText(
  `
  -                                       -
  transpileModule[transform:typescript]   transpileModule[transform:typescript]
  checkSourceFile[transform:typescript]   createProgram[transform:typescript]
`,
  { weight: 100_000 },
)

test('tsJestTypeCheck finds time in TypeScript’s language service, each part once', () => {
  expect(tsJestTypeCheck(factsOf({ profile: checked, report: { transforms: [tsJest] } }))).toEqual([
    {
      id: 'ts-jest-type-check',
      confidence: 'medium',
      title: 'ts-jest builds a program to check types while tests run',
      evidence:
        "200 ms, 4 % of CPU time, went into TypeScript's language service, to build the program and check types; " +
        'transforms that were not cached: 4.',
      remedy: expect.stringContaining('`isolatedModules: true`'),
      costMs: 200,
      savings: { files: new Map([[fileKey({ project: '', file: '/project/a.test.js' }), 200_000]]) },
    },
  ])
})

test('tsJestTypeCheck suggests the tsconfig of jest-preset-angular, which is built on ts-jest', () => {
  const transforms = [{ ...tsJest, transformer: 'jest-preset-angular' }]
  expect(tsJestTypeCheck(factsOf({ profile: checked, report: { transforms } }))).toMatchObject([
    {
      id: 'ts-jest-type-check',
      title: 'jest-preset-angular builds a program to check types while tests run',
      remedy: expect.stringMatching(/`isolatedModules: true` .* tsconfig\.spec\.json .*`tsc --noEmit`/),
      costMs: 200,
    },
  ])
})

test('tsJestTypeCheck ignores isolated modules, which also enter TypeScript’s checker', () => {
  expect(tsJestTypeCheck(factsOf({ profile: transpiled, report: { transforms: [tsJest] } }))).toEqual([])
})

test('tsJestTypeCheck ignores TypeScript in a run without ts-jest', () => {
  const transforms = [
    { ...tsJest, transformer: 'babel-jest' },
    { ...tsJest, transformer: 'constructor' },
  ]
  expect(tsJestTypeCheck(factsOf({ profile: checked, report: { transforms } }))).toEqual([])
})

test.each([
  ['29.2.6', 'in the options of ts-jest,'],
  ['29.3.0', 'in the tsconfig that ts-jest uses,'],
  ['29.4.1', 'in the tsconfig that ts-jest uses,'],
])('tsJestTypeCheck of ts-jest %s says where its option is', (version, where) => {
  const sources = { 'node_modules/ts-jest/package.json': JSON.stringify({ version }) }
  const [found] = tsJestTypeCheck(factsOf({ profile: checked, sources, report: { transforms: [tsJest] } }))
  expect(found?.remedy).toContain(where)
})
