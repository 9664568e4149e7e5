// Benches generate recordings, so they depend on their format. Running small ones to their end shows that they still work
// before somebody wants to measure.

import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from './support/cache.js'
import { runOrThrow } from './support/commands.js'

const bench = (...args: string[]) => runOrThrow(process.execPath, [join(ROOT, 'bench/main.mjs'), ...args])

test('bench merge generates shards that merge accepts', async () => {
  const { stdout } = await bench('merge', '--recordings', '4', '--shards', '2')
  expect(stdout).toMatch(/^\| peak memory, MiB +\| +\d+ \(/m)
})

test('bench source-maps generates recordings whose positions are all found', async () => {
  const { stdout } = await bench('source-maps', '--maps', '20', '--files', '2')
  expect(stdout.match(/^\| \d+ /gm)).toHaveLength(3)
})

test('bench boundaries measures files and tests of a suite, and synthetic events', async () => {
  const { stdout } = await bench('boundaries', '--runs', '1', '--files', '2')
  expect(stdout).toMatch(/^\| 1 ms: ending a worker's first recording, ms +\|/m)
  expect(stdout).toMatch(/^\| synthetic: one event, µs +\| +\d+ \|/m)
})
