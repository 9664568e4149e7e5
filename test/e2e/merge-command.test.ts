// `jest-profiler merge` makes one run of Jest's shards.

import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { createShop, recordRun } from './support/shop.js'
import { NEWEST_JEST, type Suite } from './support/suite.js'

describe('jest-profiler merge', () => {
  let suite: Suite
  beforeAll(async () => {
    suite = await createShop(NEWEST_JEST, 'merge-command')
    for (const shard of ['1', '2'])
      await recordRun(suite, {
        outputDir: `shard-${shard}`,
        args: [`--shard=${shard}/2`],
      })
  })

  const reportIn = (folder: string) =>
    JSON.parse(readFileSync(join(suite.directory, folder, 'report.json'), 'utf8')) as Report

  test('makes one run with the sums of both shards, in any order of shards', async () => {
    const forwards = await suite.command(['merge', 'shard-1', 'shard-2', '-o', 'all'])
    expect(forwards).toMatchObject({ exitCode: 0, stdout: '' })
    expect(forwards.stderr).toContain('2 files · 5 tests · 2 workers on 2 machines')
    expect(forwards.stderr).toContain(` Report  ${join('all', 'report.html')} `)
    expect(forwards.stderr).not.toContain('jest-profiler: ')
    expect(await suite.command(['merge', 'shard-2', 'shard-1', '-o', 'same'])).toMatchObject({ exitCode: 0 })
    const text = (name: string) => readFileSync(join(suite.directory, name, 'report.json'), 'utf8')
    expect(text('same').replaceAll('"same"', '"all"')).toBe(text('all'))

    const [all, ...shards] = [reportIn('all'), reportIn('shard-1/latest'), reportIn('shard-2/latest')]
    expect(all.run).toMatchObject({
      id: 'all',
      mergedFrom: shards.map(({ run: { id, startedAt, shard, cpuCount } }) => ({
        ...{ id, startedAt, shard, cpuCount },
      })),
    })
    for (const figure of ['cpuMs', 'idleMs', 'sampleCount', 'tests', 'testFiles'] as const)
      expect(all.totals[figure]).toBeCloseTo(
        shards.reduce((sum, { totals }) => sum + totals[figure], 0),
        2,
      )
    expect(all.missing).toEqual([])
    // The merged run can be read like any other.
    expect(JSON.parse((await suite.command(['show', 'all', '--json'])).stdout)).toEqual(all)
  })

  test('names a shard that is missing, and one that is given twice', async () => {
    const half = await suite.command(['merge', 'shard-2', '-o', 'half'])
    expect(half.exitCode).toBe(0)
    expect(half.stderr).toContain(
      'jest-profiler: shard 1/2 is not among the merged runs, so its test files are missing. Look for its job and its artifact, and merge again.\n',
    )
    expect(reportIn('half').missing).toMatchObject([{ file: 'shard 1/2' }])
    const { id } = reportIn('shard-1/latest').run
    const twice = await suite.command(['merge', 'shard-1', 'shard-2', `shard-1/${id}`, '-o', 'twice'])
    expect(twice.exitCode).toBe(0)
    expect(twice.stderr).toContain(`jest-profiler: Run ${id} was given twice and is used once.\n`)
    expect(reportIn('twice').totals.tests).toBe(5)
  })

  test('reads folders without their link to the latest run', async () => {
    cpSync(join(suite.directory, 'shard-1'), join(suite.directory, 'artifact'), { recursive: true })
    rmSync(join(suite.directory, 'artifact/latest'), { recursive: true })
    const { exitCode } = await suite.command(['merge', 'artifact', 'shard-2', '-o', 'from-artifact'])
    expect(exitCode).toBe(0)
    expect(reportIn('from-artifact').totals.tests).toBe(5)
  })
})
