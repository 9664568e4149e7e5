// Every outcome of a test is reported as by Jest, and Jest reports the same as without the profiler.

import { describe, expect, test } from '@jest/globals'
import type { TestReport } from '../../src/report/file-report.js'
import { createSuite, JEST_MAJORS, type JestMajor, type Suite } from './support/suite.js'

interface JestResult {
  testResults: {
    name: string
    status: string
    assertionResults: { fullName: string; status: string; ancestorTitles: string[]; title: string }[]
  }[]
}

async function resultsOf(
  suite: Suite,
  config: string,
): Promise<{ exitCode: number | null; results: unknown }> {
  const { exitCode, stdout } = await suite.jest(['-w', '2', '--json', '-c', config])
  const { testResults } = JSON.parse(stdout) as JestResult
  const results = testResults
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(file => file.assertionResults.map(({ fullName, status }) => `${status} ${fullName}`))
  return { exitCode, results }
}

function outline({ index, fullName, status, attempt }: TestReport): string {
  return `${index} ${fullName} #${attempt} ${status}`
}

async function lifecycle(jestMajor: JestMajor, title: string): Promise<Suite> {
  return createSuite(jestMajor, { name: 'lifecycle', title: `lifecycle-${title}` })
}

describe.each(JEST_MAJORS)('outcomes of tests under Jest %s', jestMajor => {
  test('every test and attempt is listed with its outcome', async () => {
    const suite = await lifecycle(jestMajor, 'outcomes')
    const { report } = await suite.jest(['-i', 'test/outcomes'])
    const { files, missing } = report()
    expect(missing).toEqual([])
    const [file] = files
    expect(file?.tests.map(outline)).toEqual([
      '0 passes #1 passed',
      '1 throws #1 failed',
      '1 throws #2 failed',
      '2 passes when tried again #1 failed',
      '2 passes when tried again #2 passed',
      '3 fails as it should #1 passed',
      '4 takes too long #1 failed',
      '4 takes too long #2 failed',
      '5 is skipped #1 skipped',
      '6 is to be done #1 todo',
      '7 row 1 #1 passed',
      '8 row 2 #1 passed',
      '9 twins #1 passed',
      '10 twins #1 passed',
      '11 a block within a block has its chain of names #1 passed',
      '12 with a failing beforeAll never runs #1 failed',
      '13 a skipped block is skipped with it #1 skipped',
    ])
    expect(file?.tests.find(({ fullName }) => fullName.startsWith('a block'))?.name).toHaveLength(3)
  })

  test('Jest’s results, exit code and order are the same as without the profiler', async () => {
    const suite = await lifecycle(jestMajor, 'unchanged')
    suite.write({ 'plain.config.cjs': 'module.exports = { transform: {} }' })
    const plain = await resultsOf(suite, 'plain.config.cjs')
    expect(plain.exitCode).toBe(1)
    expect(await resultsOf(suite, 'jest.config.cjs')).toEqual(plain)
  })
})
