// The README's first command: the example project, profiled from the packed tarball, shows what each of its files
// says it should show.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { FileReport, Report } from '../../src/report/report.js'
import { ROOT } from './support/cache.js'
import { type Finished, run } from './support/commands.js'

const EXAMPLE = join(ROOT, 'example-project')

let finished: Finished
let report: Report

beforeAll(async () => {
  finished = await run(process.execPath, [join(ROOT, 'scripts/example.mjs')], { cwd: ROOT })
  if (finished.exitCode !== 0)
    throw new Error(`npm run example failed:\n${finished.stdout}${finished.stderr}`)
  report = JSON.parse(readFileSync(join(EXAMPLE, '.jest-profiler/latest/report.json'), 'utf8')) as Report
})

function fileOf(name: string): FileReport {
  const file = report.files.find(({ path }) => path === `test/${name}.test.ts`)
  if (file === undefined) throw new Error(`${name} is not in the report`)
  return file
}

function totalMs(name: string): number {
  return report.hotspots.find(row => row.function === name)?.totalMs ?? 0
}

describe('npm run example', () => {
  test('ends with the hotspots and the path of the report', () => {
    const lines = finished.stderr.split('\n')
    expect(lines.some(line => line.startsWith(' Hot functions'))).toBe(true)
    expect(finished.stderr).toMatch(/ Report {2}\.jest-profiler\/latest\/report\.md/)
    expect(existsSync(join(EXAMPLE, '.jest-profiler/latest/report.md'))).toBe(true)
    expect(report.missing).toEqual([])
  })

  test('names the functions that are hot in their own code, at their own lines', () => {
    const source = readFileSync(join(EXAMPLE, 'src/price-rules.ts'), 'utf8').split('\n')
    const hotspot = report.hotspots.find(row => row.function === 'cheapestPrice')
    expect(hotspot).toMatchObject({ file: 'src/price-rules.ts', category: 'source' })
    expect(source[(hotspot?.line ?? 0) - 1]).toContain('cheapestPrice')
    expect(hotspot?.tests[0]?.file).toBe('test/price-rules.test.ts')
  })

  test('books the parser to its package, and not to the project', () => {
    const parser = report.packages.find(row => row.package === 'js-yaml')
    expect(parser?.category).toBe('dependency')
    expect(parser?.totalMs).toBeGreaterThan(50)
  })

  test('finds what is expensive at import in every file that imports it, and outside of tests', () => {
    const hotspot = report.hotspots.find(row => row.function === 'shortestDistances')
    expect(hotspot).toMatchObject({ files: 3, tests: [] })
    expect(totalMs('shortestDistances')).toBeGreaterThan(100)
  })

  test('tells waiting from working', () => {
    const [slowest] = fileOf('payment').tests.toSorted((a, b) => b.wallMs - a.wallMs)
    expect(slowest?.wallMs).toBeGreaterThan(300)
    expect(slowest?.idleMs).toBeGreaterThan(0.8 * (slowest?.wallMs ?? 0))
    expect(slowest?.cpuMs).toBeLessThan(0.2 * (slowest?.wallMs ?? 0))
  })

  test('books a beforeEach to the tests that it runs for', () => {
    const { tests } = fileOf('order-book')
    expect(tests.length).toBeGreaterThan(5)
    for (const row of tests) expect(row.hotspots[0]?.file).toBe('src/order-book.ts')
  })

  test('shows concurrent tests as a group, and a retried test by its attempts', () => {
    expect(fileOf('suppliers').groups).toHaveLength(1)
    const attempts = fileOf('stock').tests.filter(({ attempt }) => attempt > 1)
    expect(attempts).toMatchObject([{ attempt: 2, status: 'passed' }])
    expect(new Set(fileOf('stock').tests.map(({ status }) => status))).toEqual(
      new Set(['passed', 'failed', 'skipped', 'todo']),
    )
  })
})
