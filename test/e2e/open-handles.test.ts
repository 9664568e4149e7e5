// What test files leave open is named, with the line and the test, where it keeps a process alive; what is only being closed is not.

import { describe, expect, test } from '@jest/globals'
import type { OpenHandleReport } from '../../src/report/handle-report.js'
import { NEWEST_NODE, OLDEST_NODE } from './support/node-versions.js'
import { createSuite, JEST_MAJORS, NEWEST_JEST } from './support/suite.js'

const OLDEST_JEST = JEST_MAJORS[0] ?? NEWEST_JEST

const LEAVES = {
  'jest.config.json': '{}',
  'src/conversation.js': 'exports.start = () => {\n  setTimeout(() => {}, 4000)\n}\n',
  'test/timer.test.js': `
const { start } = require('../src/conversation')
test('is fine', () => {})
test('listens', () => start())
`,
}

/** Everything that it opens is closed, some of it in the moment in which it ends, or keeps no process alive. */
const CLOSES = `
const http = require('node:http')
const { spawn } = require('node:child_process')
const { Worker } = require('node:worker_threads')
const agent = new http.Agent({ keepAlive: true })
const server = http.createServer((request, response) => response.end('yes'))
beforeAll(() => new Promise(resolve => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  server.close()
  server.closeIdleConnections()
})
test('asks', async () => {
  const { port } = server.address()
  await (await fetch('http://127.0.0.1:' + port)).text()
  await new Promise(resolve => http.get({ port, host: '127.0.0.1', agent }, response => response.resume().once('end', resolve)))
  spawn(process.execPath, ['-e', 'setTimeout(() => {}, 5000)']).kill()
  new Worker('setTimeout(() => {}, 5000)', { eval: true }).terminate()
  setInterval(() => {}, 1000).unref()
  clearTimeout(setTimeout(() => {}, 5000))
  process.stdout.write('')
})
`

const described = ({ kind, stack: [call], test: made, end, file, heldMs }: OpenHandleReport) =>
  `${kind} ${call === undefined ? file : `${call.file}:${call.line}`} ${made?.fullName ?? '-'} ${end} ${heldMs >= 100}`

describe('What keeps a process alive', () => {
  const workers = [
    { major: OLDEST_JEST, flags: ['-w', '2'], node: OLDEST_NODE },
    { major: NEWEST_JEST, flags: ['-w', '2', '--workerThreads'], node: NEWEST_NODE },
  ]
  test.each(workers)(
    'is named in workers: Jest $major, $flags, Node $node',
    async ({ major, flags, node }) => {
      const suite = await createSuite(major, {
        title: `open-handles-${major}`,
        files: {
          ...LEAVES,
          'test/server.test.js': "require('node:net').createServer().listen(0)\ntest('is fine', () => {})\n",
          'test/closes.test.js': CLOSES,
        },
      })
      const { stderr, report } = await suite.profile(flags, { node })
      expect(report().openHandles.map(described).toSorted()).toEqual([
        'server test/server.test.js:1 - force true',
        'timer src/conversation.js:2 listens force true',
      ])
      expect(stderr).toMatch(
        /timer +src\/conversation\.js:2:\d+ +by “listens” +Jest ended the worker by force/,
      )
    },
  )

  test('is named in band, while the process lives on and in the report', async () => {
    const suite = await createSuite(NEWEST_JEST, { title: 'open-handles-in-band', files: LEAVES })
    const { stderr, report } = await suite.profile(['-i'])
    expect(stderr).toMatch(/the process is kept alive by: timer src\/conversation\.js:2 \(test “listens”\)/)
    expect(report().openHandles.map(described)).toEqual(['timer src/conversation.js:2 listens exit true'])
  })

  test('has kind and file where waits are not recorded; healthy files have none', async () => {
    const suite = await createSuite(NEWEST_JEST, {
      title: 'open-handles-without-waits',
      files: { ...LEAVES, 'test/one.test.js': CLOSES, 'test/other.test.js': CLOSES },
    })
    const { report } = await suite.profile(['-w', '2'], { flags: ['--no-waits'] })
    expect(report().openHandles.map(described)).toEqual(['timer test/timer.test.js - force true'])
  })
})
