// What a test or hook that timed out waited for, and which ones nearly did.

import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import type { TimeLimitReport } from '../../src/report/time-limit-report.js'
import { NEWEST_NODE, OLDEST_NODE } from './support/node-versions.js'
import { createSuite, JEST_MAJORS, NEWEST_JEST } from './support/suite.js'

const OLDEST_JEST = JEST_MAJORS[0] ?? NEWEST_JEST

const FILES = {
  'jest.config.json': '{ "testTimeout": 400 }',
  'src/ask.js': `
const http = require('node:http')
exports.ask = port => new Promise((resolve, reject) => {
  http.get({ port, host: '127.0.0.1', agent: false }, resolve).on('error', reject)
})
`,
  'test/times.test.js': `
const { createServer } = require('node:http')
const { EventEmitter } = require('node:events')
const { ask } = require('../src/ask')
const server = createServer(() => {})
beforeAll(() => new Promise(resolve => server.listen(0, '127.0.0.1', resolve)), 5000)
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
test('asks', () => ask(server.address().port))
test('listens', done => { new EventEmitter().once('end', done) })
test('awaits', async () => { await new Promise(() => {}) })
test('sleeps', () => new Promise(resolve => setTimeout(resolve, 2000)))
test('computes at once', async () => { for (const end = Date.now() + 500; Date.now() < end; ); })
test('sleeps for most of its limit', () => new Promise(resolve => setTimeout(resolve, 4200)), 5000)
test('is fast', async () => {})
describe('block', () => {
  beforeEach(() => new Promise(() => {}))
  test('has a hook', () => {})
})
`,
  'test/healthy.test.js': "test('passes', () => new Promise(resolve => setTimeout(resolve, 10)))",
}

function described({ test: of, hook, timedOut, awaitsDone, open, limitMs }: TimeLimitReport): string {
  const [latest] = open ?? []
  const call = latest?.stack[0]
  const pending =
    open === null ? 'unknown' : call === undefined ? 'nothing' : `${latest?.kind} ${call.file}:${call.line}`
  return `${hook?.type ?? 'test'} ${of?.fullName} ${timedOut ? 'timed out' : 'passed'} ${limitMs} ${awaitsDone} ${pending}`
}

describe.each([
  { jestMajor: OLDEST_JEST, flags: ['-w', '2'], node: OLDEST_NODE },
  { jestMajor: NEWEST_JEST, flags: ['-w', '2', '--workerThreads'], node: NEWEST_NODE },
  { jestMajor: NEWEST_JEST, flags: ['-i'], node: undefined },
])('Time limits under Jest $jestMajor, $flags', ({ jestMajor, flags, node }) => {
  let report: Report

  beforeAll(async () => {
    const suite = await createSuite(jestMajor, { title: 'timed-out', files: FILES })
    const finished = await suite.profile(flags, node === undefined ? {} : { node })
    expect(finished.exitCode).toBe(1)
    report = finished.report()
  })

  test('are told of those that timed out, and nearly did', () => {
    expect(report.timeLimits.map(described).toSorted()).toEqual([
      'beforeEach block has a hook timed out 400 false nothing',
      'test asks timed out 400 false HTTP request src/ask.js:4',
      'test awaits timed out 400 false nothing',
      'test listens timed out 400 true nothing',
      'test sleeps for most of its limit passed 5000 false unknown',
      'test sleeps timed out 400 false timer test/times.test.js:14',
    ])
    for (const { lastedMs, limitMs } of report.timeLimits) expect(lastedMs).toBeGreaterThan(0.8 * limitMs)
  })

  test('are the first findings, with what was awaited and its line', () => {
    const found = report.findings.filter(({ failures }) => failures !== undefined)
    expect(report.findings.slice(0, found.length - 1)).toEqual(found.slice(0, -1))
    expect(found.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        '“asks” timed out: HTTP request src/ask.js:4 was pending',
        '“listens” timed out: `done` was never called',
        '“sleeps” timed out: timer test/times.test.js:14 was pending',
        '“sleeps for most of its limit” passes with less than a fifth of its time limit to spare',
      ]),
    )
  })

  test('end waits, which are no longer unexplained', () => {
    const place = report.waits.find(({ kind, startedAt }) => kind === 'time limit' && startedAt !== null)
    expect(place?.startedAt).toMatchObject({
      line: expect.any(Number),
      file: expect.stringMatching(/^(src\/ask|test\/times)/),
    })
  })
})

test('Without waits recorded, it is told how to find out', async () => {
  const suite = await createSuite(NEWEST_JEST, { title: 'timed-out-without-waits', files: FILES })
  const { stderr, report } = await suite.profile(['-i', '-t', 'sleeps$'], { flags: ['--no-waits'] })
  expect(report().findings[0]).toMatchObject({ id: 'timed-out:unknown', failures: { failed: 1, nearly: 0 } })
  expect(stderr).toMatch(/1 test failed +“sleeps” timed out: what it waited for was not recorded/)
})
