// `jest-profiler show` prints a saved run, or a part of one.

import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { withFindings } from '../../src/findings/find.js'
import { toJson } from '../../src/formats/json.js'
import { toTrace } from '../../src/formats/profiles/trace.js'
import { buildReport } from '../../src/report/build/build-report.js'
import { RunBuilder } from '../../src/report/record/run-builder.js'
import { toSavedRun } from '../../src/report/record/saved-run.js'
import type { Report } from '../../src/report/report.js'
import { createRunFolder } from '../../src/storage/run-folder.js'
import { RunStore } from '../../src/storage/run-store.js'
import { MOST_OTHER_LINES, TABLE_NAMES } from '../../src/tables/table.js'
import { largeRun } from '../support/large-run.js'
import { recordedFile, runRecord } from '../support/run-record.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { createShop, recordRun } from './support/shop.js'
import type { Suite } from './support/suite.js'

let suite: Suite
/** Folders of two runs of the same suite. */
let runs: [string, string]
/** The output of the second run. */
let printed = ''

/** Outputs of `show` by arguments; the runs do not change, so each command runs once. */
const shown = new Map<string, Promise<string>>()

function show(...args: string[]): Promise<string> {
  const key = args.join('\n')
  const known = shown.get(key) ?? printedBy(args)
  shown.set(key, known)
  return known
}

async function printedBy(args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await suite.command(['show', ...args])
  expect({ args, exitCode, stderr }).toEqual({ args, exitCode: 0, stderr: '' })
  return stdout
}

interface ShownTable {
  by: string
  total: number
  rows: Record<string, unknown>[]
}

async function table(...args: string[]): Promise<ShownTable> {
  return JSON.parse(await show(...args, '--json'))
}

beforeAll(async () => {
  suite = await createShop('30', 'show-command')
  const first = await recordRun(suite)
  const { stderr } = await suite.profile()
  printed = stderr
  const { id } = suite.savedRun().report().run
  runs = [first, join(suite.directory, '.jest-profiler', id)]
})

describe('jest-profiler show', () => {
  test('prints the latest run exactly as the run did, from any folder of the project', async () => {
    const summary = await show()
    // The time to exit was unknown when the run printed its summary.
    const untilReport = (text: string) =>
      text
        .replace(/\n +whole command .*/, '')
        // The bar of the whole command.
        .replace(/\n +│.*│/, '')
        .replace(/ wall \d[^·\n]*·/, ' wall ·')
        .replaceAll(/ of the command's \d.*? \(\d.*?\)/g, ' of the command')
    expect(summary).toMatch(/\n +whole command \d/)
    expect(untilReport(printed)).toContain(untilReport(summary))
    expect(summary.split('\n').length).toBeLessThanOrEqual(41)
    const [, path = ''] = /^ Report {2}(\S*)/m.exec(summary) ?? []
    expect(existsSync(join(suite.directory, path))).toBe(true)
    const below = await suite.command(['show', '--by', 'test-file'], { cwd: join(suite.directory, 'src') })
    expect(below.stdout).toBe(await show('--by', 'test-file'))
  })

  test('has the same values as report.json', async () => {
    const { directory } = suite
    expect(JSON.parse(await show('--json'))).toEqual(suite.savedRun().report())
    const [older] = runs
    const report = JSON.parse(readFileSync(join(older, 'report.json'), 'utf8')) as Report
    expect(JSON.parse(await show(older, '--json'))).toEqual(report)
    // Selects the run by its id as well, and by its relative path.
    expect(JSON.parse(await show(report.run.id, '--json'))).toEqual(report)
    expect(JSON.parse(await show(older.slice(directory.length + 1), '--json'))).toEqual(report)
  })

  test('shows the same with and without report.json, which spares the reading of the recordings', async () => {
    const [older] = runs
    const copy = join(temporaryFolder(), 'run')
    cpSync(older, copy, { recursive: true })
    rmSync(join(copy, 'report.json'))
    expect(JSON.parse(await show(copy, '--json'))).toEqual(JSON.parse(await show(older, '--json')))
    // The command to show more names the run.
    const textOf = async (run: string, by: string) => (await show(run, '--by', by)).replaceAll(run, 'run')
    for (const by of ['call', 'import', 'test']) expect(await textOf(copy, by)).toBe(await textOf(older, by))
    // A report that is not whole, and one of another run.
    const report = readFileSync(join(older, 'report.json'), 'utf8')
    for (const text of [report.slice(0, -9), report.replace(/"id": ?"[^"]+"/, '"id":"other"')]) {
      writeFileSync(join(copy, 'report.json'), text)
      const { stdout } = await suite.command(['show', copy, '--json'])
      expect(JSON.parse(stdout)).toEqual(JSON.parse(report))
    }
  })

  // The heap needs a run with memory: see memory.test.ts.
  test.each(TABLE_NAMES.filter(by => by !== 'heap' && by !== 'allocation'))(
    'ranks by %s, as text within its limits and as JSON with the same rows',
    async by => {
      const [text, { rows, total, ...rest }] = await Promise.all([show('--by', by), table('--by', by)])
      expect(rest).toMatchObject({ schemaVersion: 1, by, run: expect.any(String) })
      expect(rows.length).toBe(Math.min(10, total))
      expect(rows.length).toBeGreaterThan(0)
      const lines = text.split('\n')
      expect(lines.length - 1).toBeLessThanOrEqual(rows.length + MOST_OTHER_LINES)
      expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(200)
      const shown = lines.flatMap(line => /^ {2}([a-z]+-[0-9a-f]{8}) /.exec(line)?.[1] ?? [])
      expect(shown).toEqual(rows.map(({ id }) => id))
      expect(text).not.toMatch(/\b(?:undefined|NaN)\b|\[object|:0\b/)
    },
  )

  test('shows no more rows than requested, and says how to see more', async () => {
    const { total } = await table('--by', 'function')
    expect((await table('--by', 'function', '--top', '3')).rows).toHaveLength(3)
    expect(await show('--by', 'function', '--top', '2')).toContain(`   2 of ${total}, more with --top 20\n`)
    expect(await show('--by', 'test', '--top', '4')).toContain('   4 of 5, all with --top 5\n')
    expect((await show('--by', 'function', '--top', '100')).split('\n').length).toBeLessThanOrEqual(
      100 + MOST_OTHER_LINES,
    )
  })

  test('uses the same ids for the same things in another run', async () => {
    for (const by of ['test', 'test-file', 'hook', 'import'] as const) {
      const [one, other] = await Promise.all(runs.map(run => table(run, '--by', by, '--top', '100')))
      const ids = ({ rows }: ShownTable) => rows.map(({ id }) => id).toSorted()
      expect(ids(one as ShownTable)).toEqual(ids(other as ShownTable))
    }
    const burns = await Promise.all(
      runs.map(async run => {
        const { rows } = await table(run, '--by', 'function', '--top', '100')
        return rows.find(row => row.function === 'burn')?.id
      }),
    )
    expect(burns).toEqual([expect.stringMatching(/^fn-/), burns[0]])
  })

  test('suggests commands that work as they are', async () => {
    for (const by of ['test', 'test-file', 'import'] as const) {
      const text = await show('--by', by)
      const commands = [...text.matchAll(/^ {2}npx jest-profiler (.*)$/gm)].map(([, rest = '']) => rest)
      expect(commands.length).toBeGreaterThan(0)
      const ends = await Promise.all(commands.map(command => suite.command(command.split(' '))))
      expect(ends.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(
        commands.map(() => ({ exitCode: 0, stderr: '' })),
      )
    }
  })
})

describe('jest-profiler show of a part of a run', () => {
  const names = ({ rows }: ShownTable) => rows.map(({ test }) => test).toSorted()
  const CARD = 'checkout › pays by card'

  test.each([
    ['a name as Jest prints it', CARD],
    ['a name as Jest joins it', 'checkout pays by card'],
    ['a title', 'pays by card'],
    ['a part of a name in any case', 'BY CARD'],
  ])('selects %s', async (_, typed) => {
    expect(names(await table('--test', typed, '--by', 'test'))).toEqual([CARD])
  })

  test('selects an id, which distinguishes two tests with one name', async () => {
    const { rows } = await table('--by', 'test', '--test', 'twice')
    expect(rows.map(({ index }) => index).toSorted()).toEqual([2, 3])
    for (const { id, index } of rows) {
      const found = await table('--by', 'test', '--test', String(id))
      expect(found.rows.map(row => row.index)).toEqual([index])
    }
  })

  test.each(['test/rates.test.js', 'rates.test.js', './test/rates.test.js', 'test/r*.js', 'rates'])(
    'selects %s as a file',
    async file => {
      expect(names(await table('--file', file, '--by', 'test'))).toEqual(['asks for the rates'])
    },
  )

  test('shows only the values of that part, and says so', async () => {
    const report = suite.savedRun().report()
    const [whole] = report.files
      .flatMap(({ tests }) => tests)
      .filter(({ fullName }) => fullName.includes('card'))
    const part = JSON.parse(await show('--test', CARD, '--json')) as Report
    expect(part.run.selection).toEqual({ test: CARD })
    expect(part.totals).toMatchObject({ tests: 1, testFiles: 1, sampleCount: whole?.sampleCount })
    expect(part.totals.cpuMs).toBe(whole?.cpuMs)
    const summary = await show('--test', CARD)
    expect(summary).toContain(`Only test "${CARD}": all values are for that part of the run.`)
    expect(summary).not.toMatch(/Report {2}|asks for the rates|weigh/)
    expect(await show('--file', 'rates', '--by', 'hook')).toContain('hooks by wall time: none')
  })
})

describe('jest-profiler show --check', () => {
  const check = async (budget: string, env: NodeJS.ProcessEnv = {}) =>
    suite.command(['show', '--by', 'test', '--check', '--budgets', budget], { env })

  test('exits with 1 when a budget is exceeded, and names the excess', async () => {
    const { exitCode, stdout, stderr } = await check('testWallMs=5 tests=card')
    expect(exitCode).toBe(1)
    expect(stdout).toContain('tests by wall time')
    expect(stderr).toMatch(
      /^jest-profiler: budget exceeded: testWallMs .* > 5\.0 ms .*: checkout › pays by card, test\/checkout\.test\.js:\d+:\d+\..*\n$/,
    )
  })

  test('exits with 0 when no budget is exceeded', async () => {
    expect(await check('{"testWallMs": 60000}')).toMatchObject({
      exitCode: 0,
      stderr: 'jest-profiler: all budgets met (1 checked).\n',
    })
  })

  test('annotates the lines of exceeded budgets on GitHub', async () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: suite.directory }
    const { exitCode, stderr } = await check('testWallMs=5 tests=card', env)
    expect(exitCode).toBe(1)
    expect(stderr.split('\n')[0]).toMatch(
      /^::error file=test\/checkout\.test\.js,line=7,col=3,title=Budget exceeded%3A testWallMs::/,
    )
  })

  test('is refused without budgets', async () => {
    expect(await suite.command(['show', '--check'])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr:
        'jest-profiler: --check found no budgets: the run has none. Pass limits, such as --budgets testWallMs=500.\n',
    })
  })
})

describe('jest-profiler show of a run so large that a second thread reads half of it', () => {
  const recordings = largeRun({ files: 600, testsOfEach: 3, samplesOfEach: 30, stacksOfEach: 20, workers: 2 })
  const folder = createRunFolder(temporaryFolder(), 'large')
  const store = new RunStore(folder)
  const names = recordings.map(recording => store.save(recording))
  const builder = new RunBuilder()
  const files = recordings.map((recording, index) =>
    recordedFile(recording, { recording: builder.add(recording, names[index] ?? '') }),
  )
  const { profile, modules, transforms } = builder.build()
  const record = runRecord({ files, modules, transforms })
  store.saveRun(toSavedRun(record))

  const expected = withFindings(buildReport(profile, record), profile, record)

  test('prints the same as when one thread reads the run', async () => {
    expect(await show(folder.directory, '--json')).toBe(toJson(expected))
  })

  test('keeps the timestamp of each sample, whichever thread read it', async () => {
    const path = join(temporaryFolder(), 'large.trace.json.gz')
    const args = ['export', folder.directory, '--format', 'trace', '-o', path]
    expect(await suite.command(args)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(gunzipSync(readFileSync(path)).toString() === toTrace(profile, expected)).toBe(true)
  })

  test('names a damaged recording, whichever thread read it', async () => {
    const [first = '', last = ''] = [names[0], names.at(-1)]
    for (const name of [last, first]) {
      writeFileSync(join(folder.recordings, name), 'no recording')
      const { exitCode, stdout, stderr } = await suite.command(['show', folder.directory])
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
      expect(stderr).toMatch(/^jest-profiler: [^\n]+ is damaged [^\n]+\n$/)
      expect(stderr).toContain(name)
    }
  })
})
