// Tests with one name, and tests that overlap, have separate times.

import { expect, test } from '@jest/globals'
import { createSuite, JEST_MAJORS } from '../support/suite.js'

test.each(JEST_MAJORS)('two tests with one name have separate wall times, under Jest %s', async jestMajor => {
  const suite = await createSuite(jestMajor, { name: 'lifecycle', title: 'lifecycle-twins' })
  const { report } = await suite.jest(['-i', 'test/outcomes', '-t', 'twins'])
  const [first, second] = report().files[0]?.tests.filter(({ fullName }) => fullName === 'twins') ?? []
  expect(second?.wallMs).toBeGreaterThan(1.5 * (first?.wallMs ?? 0))
})

test.each(JEST_MAJORS)(
  'concurrent tests have separate wall times, and their CPU time is counted once, under Jest %s',
  async jestMajor => {
    const suite = await createSuite(jestMajor, { name: 'lifecycle', title: 'lifecycle-concurrent' })
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
  },
)
