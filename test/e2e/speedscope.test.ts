// speedscope shows a profile for each test file, stacks, positions, and names as text.

import { expect, test } from '@jest/globals'
import { foldRecording } from '../../src/attribution/fold-recording.js'
import { toCollapsed } from '../../src/formats/profiles/collapsed.js'
import { toSpeedscope } from '../../src/formats/profiles/speedscope.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { HOSTILE } from '../support/drawn-reports.js'
import { resolvedFromText, span } from '../support/recording.js'
import { reportOf } from '../support/run-record.js'
import { describeInChromium } from './support/chromium.js'
import { exportedProfiles, openInSpeedscope, shownFrames, shownProfiles } from './support/speedscope-page.js'

const CART = resolvedFromText(
  `
  0        20000    50000                60000 100000   130000
  C[test]  C[test]  C[test]              idle  C[test]  gc
           A        L[dependency:lodash]       A
  `,
  {
    header: { testPath: '/project/cart.test.js', wallMicros: 150_000, samplingIntervalMicros: 30_000 },
    tests: [span({ index: 0, name: ['cart', 'adds; up'], start: 15_000, end: 140_000 })],
  },
)
const API = resolvedFromText('0\nB', {
  header: { testPath: '/project/api.test.js', project: 'unit', projectId: 'p2', wallMicros: 25_000 },
})
const RECORDINGS = [CART, API]
/** Sampled time of the run in microseconds. */
const SAMPLED = 175_000

function builtFrom(recordings: typeof RECORDINGS) {
  const builder = new ProfileBuilder()
  for (const recording of recordings) foldRecording(builder, recording)
  return builder.build()
}

const PROFILE = builtFrom(RECORDINGS)
const REPORT = reportOf(RECORDINGS)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describeInChromium('speedscope', openPage => {
  test('shows the whole run first, and lists every test file with its time', async () => {
    const page = await openPage()
    await openInSpeedscope(page, 'profile.speedscope.json', toSpeedscope(PROFILE, REPORT))
    expect(await page.title()).toBe(`jest-profiler ${REPORT.run.id} - speedscope`)
    expect(await page.getByText('whole run, 2 test files (1/3)').isVisible()).toBe(true)
    expect(await page.locator('canvas').first().isVisible()).toBe(true)
    expect(await shownProfiles(page)).toEqual([
      '1 | whole run, 2 test files | 175.00ms',
      '2 | cart.test.js | 150.00ms',
      '3 | unit: api.test.js | 25.00ms',
    ])
    const frames = await shownFrames(page)
    const selfMs = frames.map(row => Number(/\| ([\d.]+)(?:ms|ns) /.exec(row)?.[1]))
    expect(frames).toContain('80.00ms (46%) | 60.00ms (34%) | A')
    expect(sum(selfMs) * 1000).toBe(SAMPLED)
  })

  test('reads the stacks, positions and weights that were written', async () => {
    const page = await openPage()
    await openInSpeedscope(page, 'profile.speedscope.json', toSpeedscope(PROFILE, REPORT))
    const [run, cart, api, ...others] = await exportedProfiles(page)
    const inTest = 'C a.test.js:1:1'
    expect(others).toEqual([])
    expect(run).toMatchObject({ unit: 'microseconds', total: SAMPLED })
    expect(run?.stacks).toEqual([
      `${inTest} > A src/A.js:1:1 > (garbage collector) 20000`,
      `${inTest} > A src/A.js:1:1 60000`,
      `${inTest} > L node_modules/lodash/index.js:1:1 10000`,
      `${inTest} 20000`,
      '(idle) 40000',
      'B src/B.js:1:1 25000',
    ])
    expect(cart).toMatchObject({ name: 'cart.test.js', total: 150_000 })
    expect(cart?.stacks).toEqual([
      `${inTest} 20000`,
      `${inTest} > A src/A.js:1:1 30000`,
      `${inTest} > L node_modules/lodash/index.js:1:1 10000`,
      '(idle) 40000',
      `${inTest} > A src/A.js:1:1 30000`,
      `${inTest} > A src/A.js:1:1 > (garbage collector) 20000`,
    ])
    expect(api).toMatchObject({ name: 'unit: api.test.js', total: 25_000, stacks: ['B src/B.js:1:1 25000'] })
  })

  test('shows names as text, even if they contain markup', async () => {
    const page = await openPage()
    const hostile = resolvedFromText('0\nA', {
      header: { testPath: `/project/${HOSTILE}`, wallMicros: 5000 },
    })
    const frames = hostile.frames.map(frame => (frame.name === 'A' ? { ...frame, name: HOSTILE } : frame))
    const recordings = [{ ...hostile, frames }]
    const text = toSpeedscope(builtFrom(recordings), reportOf(recordings))
    await openInSpeedscope(page, 'profile.speedscope.json', text)
    expect((await shownProfiles(page))[1]).toBe(`2 | ${HOSTILE} | 5.00ms`)
    expect(await shownFrames(page)).toEqual([`5.00ms (100%) | 5.00ms (100%) | ${HOSTILE}`])
    expect(await page.locator('img').count()).toBe(0)
  })

  test('reads all collapsed stacks with their times', async () => {
    const page = await openPage()
    await openInSpeedscope(page, 'profile.collapsed.txt', toCollapsed(PROFILE, REPORT))
    const [folded, ...others] = await exportedProfiles(page)
    expect(others).toEqual([])
    expect(folded).toMatchObject({ name: 'profile.collapsed.txt', unit: 'none', total: SAMPLED })
    const inTest = 'cart.test.js > cart › adds, up'
    expect(folded?.stacks).toEqual([
      'cart.test.js > (other) > C a.test.js:1 20000',
      `${inTest} > (idle) 40000`,
      `${inTest} > C a.test.js:1 > A src/A.js:1 60000`,
      `${inTest} > C a.test.js:1 > A src/A.js:1 > (garbage collector) 20000`,
      `${inTest} > C a.test.js:1 > L node_modules/lodash/index.js:1 10000`,
      'unit: api.test.js > (other) > B src/B.js:1 25000',
    ])
  })
})
