// Very many waits: a test has the same result as without the profiler, and the report says which waits were not recorded.

import { expect, test } from '@jest/globals'
import type { TestReport } from '../../src/report/file-report.js'
import type { Report } from '../../src/report/report.js'
import { NEWEST_NODE, OLDEST_NODE } from './support/node-versions.js'
import { createSuite } from './support/suite.js'

const REQUESTS = 200_000
/** The limit of recorded stacks for one type, in a file that runs for some seconds. */
const MOST_STACKS = 10_000
/** Jest's default time limit for a test, which a stack for each request exceeded on every machine. */
const LIMIT = 5000

const SLEEP_MS = 400

const FLOOD = `
const { lstat } = require('node:fs')
const look = () => new Promise((done, fail) => lstat(__filename, error => (error ? fail(error) : done())))
test('looks at a file very often', async () => {
  await Promise.all(Array.from({ length: ${REQUESTS} }, look))
}, 60_000)
test('sleeps', () => new Promise(done => setTimeout(done, ${SLEEP_MS})))
`

function testOf({ files }: Report, name: string): TestReport {
  const found = files[0]?.tests.find(({ fullName }) => fullName === name)
  if (found === undefined) throw new Error(`there is no test "${name}"`)
  return found
}

function durationOf(report: Report): number {
  return testOf(report, 'looks at a file very often').cpuMs ?? Number.NaN
}

// async_hooks depend on Node, and not on Jest.
test.each([...new Set([OLDEST_NODE, NEWEST_NODE])])(
  'recording 200,000 requests in one test takes little extra CPU time, on Node %s',
  async node => {
    const suite = await createSuite('30', { title: 'flood', files: { 'flood.test.js': FLOOD } })
    const without = await suite.profile([], { node, flags: ['--no-waits'] })
    const withWaits = await suite.profile([], { node, flags: ['--waits'] })
    expect([without.exitCode, withWaits.exitCode]).toEqual([0, 0])
    // With a stack for each request, it was four to eight times as much.
    const [least, most] = [durationOf(without.report()), durationOf(withWaits.report())]
    expect(most).toBeLessThan(2 * least)
  },
)

test('the report states which share of waits was recorded, and waits after the flood are recorded', async () => {
  const suite = await createSuite('30', { title: 'flood-share', files: { 'flood.test.js': FLOOD } })
  const { report } = await suite.profile([], { flags: ['--waits'] })
  const { limits, waits, findings } = report()
  const [stated = ''] = limits.filter(limit => limit.includes('file system'))
  const [, kept = ''] = /file system [\d.]+ % \(([\d,]+) of [\d,]+\)/.exec(stated) ?? []
  expect(Number(kept.replaceAll(',', ''))).toBeGreaterThan(0)
  expect(Number(kept.replaceAll(',', ''))).toBeLessThan(MOST_STACKS)
  const slept = waits
    .filter(({ kind }) => ['timer', 'not recorded (too many at once)'].includes(kind))
    .flatMap(({ tests }) => tests.filter(({ fullName }) => fullName === 'sleeps'))
  expect(slept).toHaveLength(1)
  const { idleMs, readyMs } = testOf(report(), 'sleeps')
  expect(slept[0]?.totalMs).toBeGreaterThan(0.95 * (idleMs ?? Number.NaN))
  // On a busy machine, a thread that computed for seconds may have no core while its timer is running.
  expect((idleMs ?? 0) + (readyMs ?? 0)).toBeGreaterThan(SLEEP_MS - 50)
  expect(findings.filter(({ id }) => id.startsWith('leaked-work'))).toEqual([])
})

test('recording of waits is paused in a file that it would slow down', async () => {
  const spinning = `
    const { AsyncResource } = require('node:async_hooks')
    test('makes resources without end', () => {
      const end = Date.now() + ${LIMIT / 5}
      while (Date.now() < end) for (let i = 0; i < 1000; i++) new AsyncResource('SPIN')
    })
  `
  const suite = await createSuite('30', { title: 'spinning', files: { 'spinning.test.js': spinning } })
  const finished = await suite.profile([], { flags: ['--waits'] })
  expect(finished.exitCode).toBe(0)
  expect(finished.report().limits).toEqual(
    expect.arrayContaining([expect.stringMatching(/^In 1 file recording waits was paused for /)]),
  )
})

/** A number of files with which waits are recorded only where that is cheap. */
const MANY_FILES = 11
/** With the flag, Node calls a hook for each promise of the file before: up to 60 ms on a slow machine, and twice that on a busy one, in which the thread is not idle. */
const LONG_SLEEP_MS = 400
const SPARING_NODE = Number(NEWEST_NODE) >= 24 ? NEWEST_NODE : '24'

test('waits are recorded with --detectOpenHandles, and a finding states the cost of the flag', async () => {
  const sleeping = `
    test('sleeps', () => new Promise(done => setTimeout(done, ${LONG_SLEEP_MS})))
    test('awaits', async () => { for (let i = 0; i < 50_000; i++) await i })
  `
  const names = Array.from({ length: MANY_FILES }, (_, index) => [`sleep-${index}.test.js`, sleeping])
  const suite = await createSuite('30', { title: 'open-handles', files: Object.fromEntries(names) })
  const { exitCode, report } = await suite.profile(['--detectOpenHandles'], { node: SPARING_NODE })
  expect(exitCode).toBe(0)
  const { waits, findings, limits, run } = report()
  expect(run.detectOpenHandles).toBe(true)
  expect(limits.filter(limit => limit.startsWith('What idle time waited for was not recorded'))).toEqual([])
  const timers = waits.filter(({ kind }) => kind === 'timer').reduce((sum, { totalMs }) => sum + totalMs, 0)
  expect(timers).toBeGreaterThan((MANY_FILES * LONG_SLEEP_MS) / 2)
  expect(findings.map(({ id }) => id)).toContain('open-handle-detection')
})
