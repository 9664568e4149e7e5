// The engine 'none' records everything but a V8 profile: what outputs show, what commands refuse, and what is comparable.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Comparison } from '../../src/compare/comparison.js'
import type { TestReport } from '../../src/report/file-report.js'
import type { Report } from '../../src/report/report.js'
import { createSuite, NEWEST_JEST, type Suite, WARNING } from './support/suite.js'

/** Milliseconds. */
const LONG = 300

const FILES = {
  'jest.config.cjs': "module.exports = { setupFilesAfterEnv: ['./after-env.js'] }",
  'after-env.js': 'beforeEach(() => {})',
  'src/library.js': 'module.exports = { wait: ms => new Promise(done => setTimeout(done, ms)) }',
  'test/times.test.js': `
const { wait } = require('../src/library')
beforeAll(() => wait(${LONG}))
test('waits', () => wait(${LONG}))
test('is blocked', () => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${LONG}) })
test('computes', () => { const end = process.cpuUsage().user + ${LONG * 1000}; while (process.cpuUsage().user < end); })
test('makes garbage', () => { let kept; for (let i = 0; i < 3e6; i++) kept = [kept?.[1], { i }] })
`,
  'test/others.test.js': "test('passes', () => {})\ntest('is nothing', () => {})",
}

const NONE = ['--engine', 'none']
const SAID = /(?<!--)engine none|engine 'none'/g
const seesBlockedTime = process.platform === 'linux'

function testNamed({ files }: Report, wanted: string): TestReport {
  const found = files.flatMap(({ tests }) => tests).find(({ fullName }) => fullName === wanted)
  if (found === undefined) throw new Error(`no test ${wanted}`)
  return found
}

const sum = (values: readonly (number | null)[]) =>
  values.reduce<number>((all, value) => all + (value ?? 0), 0)

/** On a busy machine, the thread gets no core for a part of the time that its timer takes. */
function expectToWait(part: Pick<TestReport, 'idleMs' | 'readyMs'> | undefined): void {
  expect(part?.idleMs).toBeGreaterThan(0.3 * LONG)
  expect(sum([part?.idleMs ?? null, part?.readyMs ?? null])).toBeGreaterThan(0.7 * LONG)
}

describe.each([
  { how: 'in workers', jestMajor: '30', args: ['-w', '2'] },
  { how: 'in worker threads', jestMajor: '29', args: ['-w', '2', '--workerThreads'] },
  { how: 'in band', jestMajor: '30', args: ['-i'] },
] as const)('engine none under Jest $jestMajor, $how', ({ how, jestMajor, args }) => {
  let report: Report
  let stderr: string

  beforeAll(async () => {
    const suite = await createSuite(jestMajor, {
      title: `without-profile-${how}`.replaceAll(' ', '-'),
      files: FILES,
    })
    const finished = await suite.profile(args, { flags: [...NONE, '--waits'] })
    expect(finished.exitCode).toBe(0)
    report = finished.report()
    stderr = finished.stderr
  })

  test('records no functions, lines, packages and categories, and states its engine', () => {
    const { run, hotspots, lines, packages, categories, missing, totals } = report
    expect(run).toMatchObject({ engine: 'none', samplingIntervalMicros: null })
    expect({ hotspots, lines, packages, missing }).toEqual({
      hotspots: [],
      lines: [],
      packages: [],
      missing: [],
    })
    expect(new Set(Object.values(categories))).toEqual(new Set([null]))
    expect(totals.sampleCount).toBe(0)
    const tests = report.files.flatMap(file => file.tests)
    expect(tests.map(({ sampleCount, hotspots: own }) => ({ sampleCount, own }))).toEqual(
      tests.map(() => ({ sampleCount: null, own: [] })),
    )
  })

  test('says so once, without warnings', () => {
    expect(stderr.match(SAID)).toHaveLength(1)
    expect(stderr).not.toMatch(/no samples|sampled/i)
    expect(stderr).not.toMatch(WARNING)
  })

  test('tells waiting, blocked and CPU time apart', () => {
    const waits = testNamed(report, 'waits')
    expectToWait(waits)
    expect(waits.cpuMs).toBeLessThan(0.5 * LONG)
    const blocked = testNamed(report, 'is blocked')
    expect(blocked.idleMs).toBeLessThan(0.1 * LONG)
    if (seesBlockedTime) expect(blocked.blockedMs).toBeGreaterThan(0.7 * LONG)
    else expect(report.limits.join()).toContain('synchronous calls that wait')
    const computes = testNamed(report, 'computes')
    expect(computes.cpuMs).toBeGreaterThan(0.5 * LONG)
    expect(sum([computes.idleMs, computes.blockedMs])).toBeLessThan(0.2 * LONG)
    for (const part of [...report.files, ...report.files.flatMap(({ tests }) => tests)])
      expect(sum([part.cpuMs, part.readyMs, part.blockedMs, part.idleMs])).toBeCloseTo(part.wallMs, 1)
  })

  test('measures garbage collections exactly', () => {
    const { gcMs, gcUncertaintyMs } = testNamed(report, 'makes garbage')
    expect(gcMs).toBeGreaterThan(0)
    expect(gcUncertaintyMs).toBe(0)
    expect(report.totals.gcMs).toBeGreaterThanOrEqual(gcMs ?? Number.NaN)
  })

  test('has phases, imports, hooks and waits', () => {
    const { phases, imports, hooks, waits, totals } = report
    expect(
      sum(Object.entries(phases).map(([phase, { wallMs }]) => (phase === 'betweenFiles' ? 0 : wallMs))),
    ).toBeCloseTo(totals.fileWallMs, 1)
    expect(imports.map(({ module }) => module)).toContain('src/library.js')
    expectToWait(hooks.find(({ type }) => type === 'beforeAll'))
    const [timer] = waits.filter(({ kind }) => kind === 'timer')
    expect(timer).toMatchObject({ startedAt: { file: 'src/library.js', line: 1 }, count: 2 })
    expect(timer?.totalMs).toBeGreaterThan(1.4 * LONG)
  })
})

describe('the commands, for a run without a profile', () => {
  let suite: Suite
  const runDirectory = (name: string) => join(suite.directory, name, 'latest')
  const record = async (outputDir: string, { flags = NONE as readonly string[], args = ['-i'] } = {}) =>
    suite.profile(args, { flags: ['--output-dir', outputDir, ...flags] })

  beforeAll(async () => {
    suite = await createSuite(NEWEST_JEST, { title: 'without-profile-commands', files: FILES })
    await record('none')
    await record('profiled', { flags: [] })
  })

  test('report.md says once that there is no profile, and has no empty tables and columns', () => {
    const text = readFileSync(join(runDirectory('none'), 'report.md'), 'utf8')
    expect(text.match(SAID)).toHaveLength(1)
    expect(text).not.toMatch(/sample|hottest|Packages|Whose code ran/i)
    expect(text).toContain('<summary>Slowest tests</summary>')
  })

  test('show summarizes the run, and says it once', async () => {
    const { stdout } = await suite.command(['show', runDirectory('none')])
    expect(stdout.match(SAID)).toHaveLength(1)
    expect(stdout).not.toMatch(/sample/)
  })

  test.each(['function', 'line', 'file', 'package', 'category'])(
    'show --by %s refuses in one line',
    async by => {
      const shown = await suite.command(['show', runDirectory('none'), '--by', by])
      expect(shown).toMatchObject({ exitCode: 2, stdout: '' })
      expect(shown.stderr).toMatch(
        new RegExp(
          `^jest-profiler: show --by ${by} needs a profile, .* \\(engine 'none'\\)\\. .*--engine inspector.*\\n$`,
        ),
      )
    },
  )

  test.each(['test', 'test-file', 'import', 'hook', 'wait', 'phase'])('show --by %s has rows', async by => {
    const { stdout, exitCode } = await suite.command(['show', runDirectory('none'), '--by', by, '--json'])
    expect(exitCode).toBe(0)
    expect((JSON.parse(stdout) as { rows: unknown[] }).rows.length).toBeGreaterThan(0)
  })

  test.each(['cpuprofile', 'speedscope', 'pprof', 'firefox', 'trace', 'collapsed'])(
    'export --format %s refuses in one line, and writes nothing',
    async format => {
      const out = join(suite.directory, `exported.${format}`)
      const exported = await suite.command(['export', runDirectory('none'), '--format', format, '-o', out])
      expect(exported).toMatchObject({ exitCode: 2, stdout: '' })
      expect(exported.stderr).toMatch(
        /^jest-profiler: export --format \w+ needs a profile, .*--engine inspector.*\n$/,
      )
      expect(existsSync(out)).toBe(false)
    },
  )

  test('artifacts that are profiles are left out with one line, and Jest passes', async () => {
    const { exitCode, stderr } = await record('artifacts', {
      flags: [...NONE, '--artifacts', 'json,cpuprofile,pprof', '--per-test', 'all'],
    })
    expect(exitCode).toBe(0)
    expect(stderr.match(/^jest-profiler: .*$/gm)).toEqual([
      "jest-profiler: not written, because this run has no profile (engine 'none'): profile.cpuprofile, profile.pb.gz.",
    ])
    const there = ['report.json', 'profile.cpuprofile', 'tests'].map(name =>
      existsSync(join(runDirectory('artifacts'), name)),
    )
    expect(there).toEqual([true, false, false])
  })

  test('budgets fail the run', async () => {
    const { exitCode, stderr } = await record('budgets', {
      flags: [...NONE, '--budgets', `testWallMs=${LONG / 2}`],
    })
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^ Budgets .*\(run fails\)/m)
    expect(stderr).toMatch(/ > 150 ms +testWallMs +waits +test\/times\.test\.js:\d+/)
  })

  test('diff compares two such runs, but no functions', async () => {
    await record('again')
    const { stdout } = await suite.command(['diff', 'none', 'again', '--json'])
    const { tables, notes, context } = JSON.parse(stdout) as Comparison
    expect(tables).toMatchObject({ functions: [], packages: [] })
    expect(tables.tests.map(({ entity }) => entity.name.at(-1))).toContain('waits')
    expect(tables.modules.map(({ entity }) => entity.file)).toContain('src/library.js')
    expect(notes.filter(note => note.includes("engine 'none'"))).toHaveLength(1)
    expect(context.map(({ key }) => key)).not.toContain('engine')
  })

  test('diff compares a run with and one without a profile in what both have', async () => {
    const { stdout } = await suite.command(['diff', 'profiled', 'none', '--json'])
    const { tables, notes, context, drift } = JSON.parse(stdout) as Comparison
    expect(tables).toMatchObject({ functions: [], packages: [] })
    const ofWaits = tables.tests.find(
      ({ entity, measure }) => entity.name.at(-1) === 'waits' && measure === 'wall',
    )
    expect(ofWaits?.base?.medianMs).toBeGreaterThan(0.7 * LONG)
    expect(ofWaits?.head?.medianMs).toBeGreaterThan(0.7 * LONG)
    expect(notes.filter(note => note.includes("engine 'none'"))).toHaveLength(1)
    expect(context.map(({ key }) => key)).toContain('engine')
    expect(context.map(({ key }) => key)).not.toContain('sampling interval')
    expect(drift).toBeNull()
    const refused = await suite.command(['diff', 'profiled', 'none', '--by', 'function'])
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).toMatch(/^jest-profiler: diff --by function compares profiles, .*\n$/)
  })

  test('merge takes shards of both kinds, and says which files have no profile', async () => {
    await record('shard-1', { args: ['-i', '--shard=1/2'] })
    await record('shard-2', { flags: ['--sampling-interval-micros', '1000'], args: ['-i', '--shard=2/2'] })
    const merged = await suite.command(['merge', 'shard-1', 'shard-2', '-o', 'merged'])
    expect(merged.exitCode).toBe(0)
    expect(merged.stderr).toContain('The shards ran on different engines: inspector, none.')
    const report = JSON.parse(readFileSync(join(suite.directory, 'merged/report.json'), 'utf8')) as Report
    expect(report.run).toMatchObject({ engine: 'inspector', samplingIntervalMicros: 1000 })
    expect(report.limits.filter(limit => limit.includes("engine 'none'"))).toHaveLength(1)
    const [unprofiled, ...others] = report.files.filter(({ sampleCount }) => sampleCount === null)
    expect(others).toEqual([])
    const [ofMerged, ofPart] = await Promise.all([
      suite.command(['export', 'merged', '--format', 'cpuprofile']),
      suite.command(['export', 'merged', '--format', 'cpuprofile', '--file', unprofiled?.path ?? '']),
    ])
    expect(ofMerged.exitCode).toBe(0)
    expect(ofPart).toMatchObject({ exitCode: 2, stdout: '' })
    expect(ofPart.stderr).toMatch(/needs a profile, but this part of run merged was recorded without one/)
  })
})
