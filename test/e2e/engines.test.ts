// Both engines give the same report for the same work. v8-profiler-next is compiled when it is installed; without a compiler, the test
// is skipped with a reason. On CI it must run.

import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { cached } from './support/cache.js'
import { npm, run } from './support/commands.js'
import { createSuite } from './support/suite.js'

const ADDON = 'v8-profiler-next'
const VERSION = '1.10.0'

/** The node_modules folder with the addon, or the reason why it cannot be installed. */
async function installAddon(): Promise<{ modules: string } | { reason: string }> {
  const directory = await cached('v8-profiler-next', `${VERSION} ${process.version}`, async folder => {
    const manifest = { private: true, dependencies: { [ADDON]: VERSION }, allowScripts: { [ADDON]: true } }
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
    mkdirSync(join(folder, 'node_modules'))
    const { exitCode, stderr } = await run(npm, ['install', '--no-audit', '--no-fund'], { cwd: folder })
    if (exitCode !== 0) writeFileSync(join(folder, 'failure.txt'), stderr)
  })
  const modules = join(directory, 'node_modules')
  const loads = await run(process.execPath, ['-e', `require(${JSON.stringify(join(modules, ADDON))})`])
  return loads.exitCode === 0
    ? { modules }
    : { reason: loads.stderr.split('\n').find(line => /Error/.test(line)) ?? '' }
}

const addon = await installAddon()
if ('reason' in addon) {
  const message = `${ADDON} could not be built here, so that its test is skipped: ${addon.reason}`
  if (process.env.CI) throw new Error(message)
  process.stderr.write(`jest-profiler: ${message}. It needs python3 and a C++ compiler.\n`)
}
const testWithAddon = 'reason' in addon ? test.skip : test

function hottest({ files }: Report): unknown {
  return files
    .map(({ project, tests }) => ({ project, tests: tests.map(row => functionOf(row.hotspots[0])) }))
    .toSorted((a, b) => a.project.localeCompare(b.project))
}

function functionOf(
  row: Report['hotspots'][number] | Report['files'][number]['tests'][number]['hotspots'][number] | undefined,
) {
  return `${row?.function} ${row?.file}:${row?.line}:${row?.column} ${row?.category} ${row?.package}`
}

// An engine depends on the kind of process or thread that loads it, so each kind is tested once.
testWithAddon.each([
  { how: 'in workers', jestMajor: '30', args: ['-w', '2'] },
  { how: 'in worker threads', jestMajor: '29', args: ['-w', '2', '--workerThreads'] },
  { how: 'in band', jestMajor: '30', args: ['-i'] },
] as const)(
  'both engines name the same functions, under Jest $jestMajor, $how',
  async ({ how, jestMajor, args }) => {
    const title = `engines-${how}`.replaceAll(' ', '-')
    const suite = await createSuite(jestMajor, { name: 'positions', title })
    if ('modules' in addon)
      cpSync(addon.modules, join(suite.directory, 'node_modules'), {
        recursive: true,
        verbatimSymlinks: true,
      })
    const reports: Report[] = []
    for (const engine of ['inspector', ADDON]) {
      const finished = await suite.jest(args, { env: { ENGINE: engine } })
      expect(finished).toMatchObject({ exitCode: 0 })
      reports.push(finished.report())
    }
    const [inspector, other] = reports
    expect([inspector?.run.engine, other?.run.engine]).toEqual(['inspector', ADDON])
    if (inspector === undefined || other === undefined) throw new Error('a report is missing')
    expect(hottest(other)).toEqual(hottest(inspector))
    expect(other.totals.cpuMs / inspector.totals.cpuMs).toBeGreaterThan(0.4)
    expect(other.totals.cpuMs / inspector.totals.cpuMs).toBeLessThan(2.5)
    expect(existsSync(join(suite.directory, '.jest-profiler/latest/report.html'))).toBe(true)
  },
)
