// Every way in which a test can end, told as Jest tells it; and nothing of what Jest tells is changed.

import { describe, expect, test } from '@jest/globals'
import type { TestReport } from '../../../src/report/file-report.js'
import { createSuite, JEST_MAJORS, type JestMajor, type Suite } from '../support/suite.js'

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

describe.each(JEST_MAJORS)('under Jest %s', jestMajor => {
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
    const [first, second] = file?.tests.filter(({ fullName }) => fullName === 'twins') ?? []
    expect(second?.wallMs).toBeGreaterThan(1.5 * (first?.wallMs ?? 0))
    expect(file?.tests.find(({ fullName }) => fullName.startsWith('a block'))?.name).toHaveLength(3)
  })

  test('concurrent tests have their own wall times, and their CPU time is booked once', async () => {
    const suite = await lifecycle(jestMajor, 'concurrent')
    const { report } = await suite.jest(['-i', 'test/concurrent'])
    const [file] = report().files
    const wallOf = (name: string) => file?.tests.find(row => row.fullName === name)?.wallMs ?? 0
    expect(wallOf('together first')).toBeGreaterThanOrEqual(129)
    expect(wallOf('together second')).toBeGreaterThanOrEqual(49)
    expect(wallOf('together second')).toBeLessThan(wallOf('together first'))
    const concurrent = file?.tests.filter(row => row.concurrent) ?? []
    expect(concurrent.map(({ index, cpuMs }) => [index, cpuMs])).toEqual(
      [1, 2, 3, 4].map(index => [index, null]),
    )
    expect(file?.groups).toHaveLength(1)
    const [group] = file?.groups ?? []
    expect(group?.tests).toEqual(expect.arrayContaining([1, 2, 3, 4]))
    expect(group?.cpuMs).toBeGreaterThan(0.7 * 60)
    expect(group?.hotspots[0]?.function).toBe('burn')
    expect(file?.cpuMs).toBeGreaterThan(group?.cpuMs ?? Number.POSITIVE_INFINITY)
  })

  test("Jest's results, exit code and order are those of a run without us", async () => {
    const suite = await lifecycle(jestMajor, 'unchanged')
    suite.write({ 'plain.config.cjs': 'module.exports = { transform: {} }' })
    const plain = await resultsOf(suite, 'plain.config.cjs')
    expect(plain.exitCode).toBe(1)
    expect(await resultsOf(suite, 'jest.config.cjs')).toEqual(plain)
  })
})
