// Test environments that cost less: `node` in place of a DOM, and happy-dom where it is installed.

import { sum } from 'd3-array'
import { docblockEnvironment, resolveEnvironment } from '../../jest/environment-module.js'
import { count, duration } from '../../report/views/figures.js'
import { type Candidate, type DoctorFacts, fileLines, type SuiteFile, wallOf } from '../candidate.js'

const LEAST_SHARE = 0.01

interface OtherEnvironment {
  readonly name: string
  /** As Jest's configs and docblocks name it. */
  readonly environment: string
  readonly title: string
}

const OTHERS: readonly OtherEnvironment[] = [
  { name: 'environment-node', environment: 'node', title: 'test environment node' },
  { name: 'happy-dom', environment: '@happy-dom/jest-environment', title: 'test environment happy-dom' },
]

export function environments(facts: DoctorFacts): Candidate[] {
  // A docblock overrides what a config says, and is not changed by a trial.
  const files = facts.files.filter(
    ({ file, config }) => hasDom(config) && docblockEnvironment(file, config) === undefined,
  )
  const costMs = sum(files, environmentMs)
  if (costMs < LEAST_SHARE * facts.report.totals.fileWallMs) return []
  return OTHERS.flatMap(other => candidateOf(other, files, { costMs, facts }))
}

function hasDom({ testEnvironment }: SuiteFile['config']): boolean {
  return !/jest-environment-node[\\/]/.test(testEnvironment)
}

function environmentMs({ report: { phases } }: SuiteFile): number {
  return phases === null ? 0 : phases.environment.wallMs + phases.teardown.wallMs
}

function candidateOf(
  { name, environment, title }: OtherEnvironment,
  files: readonly SuiteFile[],
  { costMs, facts }: { costMs: number; facts: DoctorFacts },
): Candidate[] {
  const resolved = new Map(
    files.map(({ config }) => [config, resolveEnvironment(environment, config.rootDir, config.runner)]),
  )
  const other = files.filter(
    ({ config }) => resolved.get(config) !== undefined && resolved.get(config) !== config.testEnvironment,
  )
  if (other.length === 0) return []
  return [
    {
      name,
      title,
      reason: `building and closing the environment takes ${duration(costMs)} in ${count(files.length, 'test file')}`,
      files: other.map(({ key }) => key),
      scope: 'files',
      group: 'environment',
      mostMs: wallOf(costMs, facts),
      change: {
        options: config => {
          const testEnvironment = resolveEnvironment(environment, config.rootDir, config.runner)
          return testEnvironment === undefined ? {} : { testEnvironment }
        },
      },
      patch: (passing, isAll) =>
        isAll
          ? `// in the Jest config\ntestEnvironment: '${environment}'`
          : `/** @jest-environment ${environment} */\n// at the top of\n${fileLines(passing)}`,
    },
  ]
}
