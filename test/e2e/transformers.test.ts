// Transformers that are expensive to load, or that block their thread.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { ImportReport } from '../../src/report/account-reports.js'
import type { Report } from '../../src/report/report.js'
import { JEST_MAJORS, NEWEST_JEST } from './support/suite.js'
import { BURN, suiteWithTransformer, TRANSFORMER } from './support/transformer-suite.js'

/** A package that is known to be a transformer, regardless of its caller. */
const PACKAGE = 'node_modules/esbuild-jest/index.js'
const LOADING = `loading the transformer ${TRANSFORMER}`

function importOf({ imports }: Report, isMeant: (row: ImportReport) => boolean): ImportReport {
  const found = imports.filter(isMeant)
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} imports are meant`)
  return found[0]
}

describe.each(JEST_MAJORS)('a transformer that is expensive to load, under Jest %s', jestMajor => {
  test('has its own row, once per worker, and is not part of the first transformed file', async () => {
    const suite = await suiteWithTransformer(jestMajor, 'loading', {
      process: "require('./preset.js')",
      files: { 'tools/preset.js': `${BURN}burn(400)` },
    })
    const finished = await suite.profile(['-w', '2'])
    expect(finished).toMatchObject({ exitCode: 0 })
    const report = finished.report()
    const loading = importOf(report, ({ transformer }) => transformer !== null)
    expect(loading).toMatchObject({ transformer: TRANSFORMER, module: TRANSFORMER, category: 'transform' })
    const workers = new Set(report.files.map(({ worker }) => worker)).size
    expect(loading.files).toBe(workers)
    expect(loading.selfMs).toBeGreaterThan(workers * 350)
    const setUp = importOf(report, ({ module }) => module === 'setup.js')
    for (const ms of [setUp.selfMs, setUp.savedMs, setUp.totalMs, setUp.transformMs])
      expect(ms).toBeLessThan(loading.selfMs / 4)
    const transforms = report.transforms.filter(({ transformer }) => transformer === TRANSFORMER)
    const sum = (amountOf: (row: (typeof transforms)[number]) => number) =>
      transforms.reduce((total, row) => total + amountOf(row), 0)
    expect(sum(row => row.loadMs)).toBeGreaterThan(workers * 350)
    expect(sum(row => row.totalMs)).toBeLessThan(sum(row => row.loadMs) / 2)
    expect(finished.stderr).toMatch(new RegExp(`transforms .*${LOADING} `))
    expect(finished.stderr).toMatch(new RegExp(`^.*self.*${LOADING} +once per worker`, 'm'))
    expect(readFileSync(join(finished.runDirectory, 'report.md'), 'utf8')).toContain(LOADING)
    const { stdout } = await suite.command(['show', '--by', 'import'])
    expect(stdout).toContain(LOADING)
  })
})

test('the extra time of a transformer’s first call is part of its load', async () => {
  const suite = await suiteWithTransformer(NEWEST_JEST, 'first-call', {
    module: 'let isReady = false',
    process: 'if (!isReady) burn(400); isReady = true',
  })
  const report = (await suite.profile(['-i'])).report()
  const loading = importOf(report, ({ transformer }) => transformer === TRANSFORMER)
  const setUp = importOf(report, ({ module }) => module === 'setup.js')
  expect(loading.selfMs).toBeGreaterThan(350)
  expect(setUp.savedMs).toBeLessThan(loading.selfMs / 4)
  expect(loading.files).toBe(1)
})

describe.each(JEST_MAJORS)('a blocking transformer, under Jest %s', jestMajor => {
  const CHILD = "require('child_process').spawnSync(process.execPath, ['-e', 'setTimeout(() => {}, 300)'])"
  const ATOMICS = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)'

  test.each([
    // The kind and the position are found independently of each other.
    ['child process (synchronous)', CHILD, TRANSFORMER],
    ['Atomics.wait (synchronous)', ATOMICS, PACKAGE],
  ])('has a %s wait at its own line', async (kind, process, transformer) => {
    const suite = await suiteWithTransformer(jestMajor, 'blocked', { process, transformer, tests: 1 })
    const report = (await suite.profile(['-i', '--no-cache'])).report()
    const waits = report.waits.filter(wait => wait.kind === kind)
    expect(waits).toHaveLength(1)
    const [wait] = waits
    // The transforms of the set-up file, the test file, and the file that it requires.
    expect(wait?.totalMs).toBeGreaterThan(750)
    expect(wait?.blocking).toBe(true)
    expect(wait?.stack[0]).toMatchObject({ function: 'process', file: transformer })
    expect(report.totals.blockedMs).toBeGreaterThan(750)
  })
})
