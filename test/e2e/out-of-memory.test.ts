// Processes that run out of memory, with the option `memory`: what is known of them though they can say nothing at the end.

import { expect, test } from '@jest/globals'
import { NEWEST_NODE, NODE_MAJORS, OLDEST_NODE } from './support/node-versions.js'
import { createSuite, NEWEST_JEST } from './support/suite.js'

const GROWING = {
  'jest.config.json': '{}',
  'src/grow.js': `const kept = []
const pause = new Int32Array(new SharedArrayBuffer(4))
exports.grow = function grow() {
  for (;;) kept.push(Array.from({ length: 1000 }, (_, i) => ({ i }))), kept.length % 10 || Atomics.wait(pause, 0, 0, 2)
}
`,
  'test/grow.test.js': `const { grow } = require('../src/grow')
test('is fine', () => {})
test('grows', () => { grow() })
`,
  'test/fine.test.js': "test('is fine', () => {})\n",
}
const flags = ['--memory', '--stall-seconds', '0']
const env = { NODE_OPTIONS: '--max-old-space-size=128' }
const LAST_SEEN =
  /; last seen with [\d.]+ MB of at most \d+ MB on its heap, in (grow )?src\/grow\.js:4; (grow )?src\/grow\.js:[34] had allocated most \([\d.]+ MB of [\d.]+ MB\)$/

// V8's young generation, which its limit includes, differs between them.
test.each(NODE_MAJORS)(
  'On Node %s, a worker that runs out of memory has its test, the line, and what allocated most',
  async node => {
    const suite = await createSuite(NEWEST_JEST, { title: 'out-of-memory', files: GROWING })
    const finished = await suite.profile(['-w', '2'], { node, flags, env })
    const { missing } = finished.report()
    const [{ file, reason, remedy } = { file: '', reason: '', remedy: '' }, ...others] = missing
    expect({ file, others }).toEqual({ file: 'test/grow.test.js', others: [] })
    expect(reason).toMatch(/^the worker died in test “grows”: .*out of memory and crashed;/)
    expect(reason).toMatch(LAST_SEEN)
    expect(remedy).toMatch(/max-old-space-size/)
    expect(remedy).not.toMatch(/--memory/)
  },
)

test.each([OLDEST_NODE, NEWEST_NODE])(
  'On Node %s, a worker thread that runs out of memory has the same, though only it dies',
  async node => {
    const suite = await createSuite(NEWEST_JEST, { title: 'out-of-memory-thread', files: GROWING })
    const finished = await suite.profile(['-w', '2', '--workerThreads'], { node, flags, env })
    const [{ file, reason } = { file: '', reason: '' }, ...others] = finished.report().missing
    expect({ file, others }).toEqual({ file: 'test/grow.test.js', others: [] })
    expect(reason).toMatch(/^the worker died in test “grows”: /)
    expect(reason).toMatch(LAST_SEEN)
    expect(finished.stderr).not.toMatch(/debugger/i)
  },
)

test('In band, where Jest itself dies with them, the next command tells the same', async () => {
  const suite = await createSuite(NEWEST_JEST, { title: 'out-of-memory-in-band', files: GROWING })
  await suite.profile(['-i', 'fine'], { flags: ['--artifacts', 'json'] })
  const { exitCode } = await suite.profile(['-i'], { flags, env })
  expect(exitCode).not.toBe(0)
  const { stdout } = await suite.command(['show', '--json'])
  const grown = JSON.parse(stdout).missing.find(({ file }: { file: string }) => file === 'test/grow.test.js')
  expect(grown?.reason).toMatch(/^interrupted( after .*)? in test “grows”/)
  expect(grown?.reason).toMatch(LAST_SEEN)
  expect(grown?.remedy).toMatch(/^If it ran out of memory/)
})
