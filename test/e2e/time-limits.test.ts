// A wait is attributed to what ended it: for a poll that timed out, to its time limit and not to the poll.

import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { createSuite, JEST_MAJORS } from './support/suite.js'

const WAIT_FOR = `
exports.waitFor = function waitFor(condition, { timeout, interval }) {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => { clearInterval(poll); reject(new Error('timed out')) }, timeout)
    const poll = setInterval(() => {
      if (!condition()) return
      clearInterval(poll)
      clearTimeout(limit)
      resolve()
    }, interval)
  })
}
`

const TESTS = `
const { waitFor } = require('./wait-for')
const sleep = ms => new Promise(done => setTimeout(done, ms))
test.each(['one', 'two'])('%s never comes', async () => {
  await expect(waitFor(() => false, { timeout: 1000, interval: 20 })).rejects.toThrow('timed out')
})
test('comes in time', async () => {
  const { port1, port2 } = new MessageChannel()
  let ready = false
  port2.once('message', () => { ready = true })
  await waitFor(() => ready || !port1.postMessage('soon'), { timeout: 1000, interval: 20 })
  await waitFor(() => true, { timeout: 1000, interval: 400 })
  port1.close()
})
test('beats while it sleeps', async () => {
  const heart = setInterval(() => undefined, 20)
  await sleep(600)
  clearInterval(heart)
})
`

/** jsdom implements intervals as timers that are set again. */
const DOM_TESTS = `/** @jest-environment jsdom */
const { waitFor } = require('./wait-for')
test('never comes in the document', async () => {
  const absent = () => document.querySelector('b') !== null
  await expect(waitFor(absent, { timeout: 900, interval: 20 })).rejects.toThrow('timed out')
})
`

describe.each(JEST_MAJORS)('waits with time limits under Jest %s', jestMajor => {
  test('a poll that times out waited for its limit, and a sleep beside a heartbeat waited for the sleep', async () => {
    const files = { 'wait-for.js': WAIT_FOR, 'limits.test.js': TESTS, 'dom.test.js': DOM_TESTS }
    const suite = await createSuite(jestMajor, { title: 'time-limits', files })
    const finished = await suite.profile()
    expect(finished.exitCode).toBe(0)
    const { waits, findings }: Report = finished.report()
    const msIn = (title: string, isMeant: (wait: Report['waits'][number]) => boolean) =>
      waits
        .filter(isMeant)
        .flatMap(({ tests }) => tests)
        .filter(({ fullName }) => fullName === title)
        .reduce((sum, { totalMs }) => sum + totalMs, 0)
    const isLimit = ({ kind }: { kind: string }) => kind === 'time limit'
    for (const title of ['one never comes', 'two never comes'])
      expect(msIn(title, isLimit)).toBeGreaterThan(800)
    // The end of a wait at the boundary of two tests is sampled late.
    expect(msIn('never comes in the document', isLimit)).toBeGreaterThan(700)
    expect(msIn('comes in time', isLimit)).toBeLessThan(50)
    expect(msIn('beats while it sleeps', isLimit)).toBeLessThan(50)
    const sleepLine = TESTS.split('\n').findIndex(line => line.includes('const sleep')) + 1
    expect(msIn('beats while it sleeps', ({ stack }) => stack[0]?.line === sleepLine)).toBeGreaterThan(450)
    expect(findings.find(({ id }) => id === 'timed-out-waits:waitFor')).toMatchObject({
      title: '`waitFor` timed out in 3 tests',
    })
    expect(findings.filter(({ id }) => id.startsWith('polling'))).toEqual([])
  })
})
