// Reports of set-ups that are not as ours: merged shards, coverage, runners of other kinds, lazy imports, foreign packages.

import { readFileSync, rmSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { recordRun } from './support/shop.js'
import { createSuite, JEST_MAJORS } from './support/suite.js'

const BURN = 'function burn(ms) { const end = Date.now() + ms; while (Date.now() < end); }\n'
const CORES = cpus().length

describe.each(JEST_MAJORS)('under Jest %s', jestMajor => {
  test('workers of merged shards are judged by the cores of their own machine', async () => {
    const names = Array.from({ length: 4 * CORES }, (_, index) => `${index}.test.js`)
    const suite = await createSuite(jestMajor, {
      title: 'merged-machines',
      files: {
        'package.json': '{ "name": "merged-machines", "private": true }',
        'jest.config.js': 'module.exports = { transform: {} }',
        ...Object.fromEntries(names.map(name => [name, `${BURN}test('burns', () => burn(400))`])),
      },
    })
    const shardWith = (shard: number, workers: number) => {
      // Jest runs in band what it remembers to be short.
      rmSync(join(suite.directory, '.jest-cache'), { recursive: true, force: true })
      return recordRun(suite, {
        outputDir: `shard-${shard}-of-${workers}`,
        args: [`--shard=${shard}/2`, '-w', String(workers)],
      })
    }
    const merged = async (second: string, into: string): Promise<Report> => {
      const first = `shard-1-of-${CORES}`
      expect(await suite.command(['merge', first, second, '-o', into])).toMatchObject({ exitCode: 0 })
      return JSON.parse(readFileSync(join(suite.directory, into, 'report.json'), 'utf8'))
    }
    const about = ({ findings }: Report) => findings.filter(({ id }) => id.startsWith('more-workers'))
    for (const shard of [1, 2]) await shardWith(shard, CORES)
    await shardWith(2, 2 * CORES)

    const fair = await merged(`shard-2-of-${CORES}`, 'fair')
    expect(fair.run.workers).toBe(2 * CORES)
    expect(about(fair)).toEqual([])

    const crowded = await merged(`shard-2-of-${2 * CORES}`, 'crowded')
    expect(about(crowded)).toMatchObject([{ title: `shard 2/2: ${2 * CORES} workers share ${CORES} cores` }])
  })
})
