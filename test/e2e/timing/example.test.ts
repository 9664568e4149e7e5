// The README's first command: the example project, profiled from the packed tarball, shows what each of its files
// does on purpose. Times are compared with each other, because machines differ.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { ImportReport, WaitReport } from '../../../src/report/account-reports.js'
import type { FileReport, TestReport } from '../../../src/report/file-report.js'
import type { Report } from '../../../src/report/report.js'
import { ROOT } from '../support/cache.js'
import { type Finished, run } from '../support/commands.js'
import { NODE_MAJORS, nodeBinary } from '../support/node-versions.js'

const EXAMPLE = join(ROOT, 'example-project')

/** The oldest Node, and the first one on which waits are recorded by default. */
const NODES = new Set([NODE_MAJORS[0], NODE_MAJORS.find(recordsWaits)].filter(major => major !== undefined))

function recordsWaits(major: string): boolean {
  return Number(major) >= 24
}

interface Profiled {
  readonly finished: Finished
  readonly report: Report
  readonly markdown: string
}

let isInstalled = false

/**
 * Runs `npm run example`, or only its last step once everything was built, packed and installed, which does not depend on the version
 * of Node.
 */
async function runExample(node: string, ...args: string[]): Promise<Profiled> {
  const isWhole = !isInstalled || args.length > 0
  const script = isWhole ? 'scripts/example.mjs' : 'example-project/node_modules/jest/bin/jest.js'
  const finished = await run(await nodeBinary(node), [join(ROOT, script), ...args], {
    cwd: isWhole ? ROOT : EXAMPLE,
  })
  if (finished.exitCode !== 0)
    throw new Error(`npm run example failed:\n${finished.stdout}${finished.stderr}`)
  isInstalled = true
  const read = (name: string) => readFileSync(join(EXAMPLE, '.jest-profiler/latest', name), 'utf8')
  return { finished, report: JSON.parse(read('report.json')) as Report, markdown: read('report.md') }
}

/** The lines of `jest-profiler show --top 20`, which are not limited. */
async function showExample(node: string): Promise<string[]> {
  const cli = join(EXAMPLE, 'node_modules/.bin/jest-profiler')
  const { exitCode, stdout, stderr } = await run(await nodeBinary(node), [cli, 'show', '--top', '20'], {
    cwd: EXAMPLE,
  })
  if (exitCode !== 0) throw new Error(`show failed:\n${stdout}${stderr}`)
  return stdout.split('\n')
}

/** The 1-based number of the line with the given text; throws unless exactly one line has it. */
function lineOf(path: string, text: string): number {
  const lines = readFileSync(join(EXAMPLE, path), 'utf8').split('\n')
  const found = lines.flatMap((line, index) => (line.includes(text) ? [index + 1] : []))
  const [line] = found
  if (line === undefined || found.length > 1)
    throw new Error(`${path} has "${text}" in ${found.length} lines`)
  return line
}

function fileOf({ files }: Report, name: string): FileReport {
  const file = files.find(({ path }) => path === `test/${name}.test.ts`)
  if (file === undefined) throw new Error(`${name} is not in the report`)
  return file
}

function testOf(report: Report, name: string, fullName: string): TestReport {
  const found = fileOf(report, name).tests.find(row => row.fullName === fullName)
  if (found === undefined) throw new Error(`${name} has no test "${fullName}"`)
  return found
}

function importOf({ imports }: Report, path: string): ImportReport {
  const row = imports.find(({ module }) => module === path)
  if (row === undefined) throw new Error(`${path} is not among the imports`)
  return row
}

/** Waits that the project's own code started at a line. */
function waitsAt({ waits }: Report, path: string, line: number): WaitReport[] {
  return waits.filter(({ stack: [call] }) => call?.file === path && call.line === line)
}

function sum<Row>(rows: readonly Row[], amountOf: (row: Row) => number | null): number {
  return rows.reduce((total, row) => total + (amountOf(row) ?? 0), 0)
}

function findingOf({ findings }: Report, id: string) {
  const finding = findings.find(row => row.id === id)
  if (finding === undefined)
    throw new Error(`${id} is not among ${findings.map(row => row.id).join(', ') || 'no findings'}`)
  return finding
}

/** The lines of the summary, from the empty line before its header to the path of the report. */
function summaryOf({ stderr }: Finished): string[] {
  const lines = stderr.split('\n')
  const start = lines.findIndex(line => line.startsWith(' Test profile'))
  const end = lines.findIndex(line => line.startsWith(' Report  '))
  if (start < 1 || end < start) throw new Error(`no summary in:\n${stderr}`)
  return lines.slice(start - 1, end + 1)
}

describe.each([...NODES])('npm run example on Node %s', node => {
  let finished: Finished
  let report: Report
  let markdown: string
  let shown: string[]

  beforeAll(async () => {
    ;({ finished, report, markdown } = await runExample(node))
    shown = await showExample(node)
    expect(report.run.nodeVersion).toMatch(`v${node}.`)
    expect(report.missing).toEqual([])
  })

  describe('output', () => {
    test('the summary has at most 40 lines, and ends with the path of the report', () => {
      const lines = summaryOf(finished)
      expect(lines.at(-1)).toMatch(/^ Report {2}\.jest-profiler\/latest\/report\.html /)
      expect(lines.length).toBeLessThanOrEqual(40)
    })

    test.each(['Where the time went', 'What to change', 'Slowest tests', 'Waits'])(
      'the summary has a section "%s"',
      title => {
        expect(summaryOf(finished).filter(line => line.startsWith(` ${title}`))).toHaveLength(1)
      },
    )

    // A line before the tables, such as that the machine was busy, takes the room of the last table in the summary's 40 lines.
    test.each([
      'Where the time went',
      'What to change',
      'Slowest tests',
      'Most expensive imports (time saved if removed)',
      'Hooks',
      'Waits',
    ])('`show --top 20` and report.md have a section "%s"', title => {
      expect(shown.filter(line => line.startsWith(` ${title}`))).toHaveLength(1)
      expect(
        markdown.split('\n').filter(line => [`## ${title}`, `<summary>${title}</summary>`].includes(line)),
      ).toHaveLength(1)
    })

    test('the summary and report.md have a section for hot functions', () => {
      expect(summaryOf(finished).filter(line => line.startsWith(' Hot functions   self time'))).toHaveLength(
        1,
      )
      expect(markdown).toContain('\n<summary>Hot functions</summary>\n')
    })
  })

  describe('phases', () => {
    test('the phases of each file add up to its wall time, CPU time and idle time', () => {
      for (const { phases, wallMs, cpuMs, idleMs } of report.files) {
        const times = Object.values(phases ?? {})
        expect(Math.abs(sum(times, row => row.wallMs) - wallMs)).toBeLessThan(1)
        expect(Math.abs(sum(times, row => row.cpuMs) - (cpuMs ?? Number.NaN))).toBeLessThan(1)
        expect(Math.abs(sum(times, row => row.idleMs) - (idleMs ?? Number.NaN))).toBeLessThan(1)
      }
    })

    test('the phases of the run add up to the wall time of its files', () => {
      const { betweenFiles: _, ...ofFiles } = report.phases
      const wallMs = sum(Object.values(ofFiles), row => row.wallMs)
      expect(Math.abs(wallMs - report.totals.fileWallMs)).toBeLessThan(report.files.length)
      expect(Math.abs(sum(report.files, row => row.wallMs) - wallMs)).toBeLessThan(report.files.length)
    })

    test('the longest of imports, hooks and tests is the one that each file slows down on purpose', () => {
      const longest = (name: string) => {
        const { imports, hooks, tests } = fileOf(report, name).phases ?? {}
        const times = Object.entries({ imports, hooks, tests })
        return times.toSorted(([, a], [, b]) => (b?.wallMs ?? 0) - (a?.wallMs ?? 0))[0]?.[0]
      }
      expect(['delivery', 'checkout', 'receipt', 'labels'].map(longest)).toEqual(Array(4).fill('imports'))
      expect(longest('order-book')).toBe('hooks')
      expect(['catalogue', 'payment', 'price-rules'].map(longest)).toEqual(Array(3).fill('tests'))
    })
  })

  describe('CPU time', () => {
    test('functions with much self time are named, with their lines', () => {
      const hotspot = report.hotspots.find(row => row.function === 'cheapestPrice')
      expect(hotspot).toMatchObject({
        ...{ file: 'src/price-rules.ts', category: 'source' },
        line: lineOf('src/price-rules.ts', 'export function cheapestPrice('),
      })
      expect(hotspot?.tests[0]?.file).toBe('test/price-rules.test.ts')
    })

    test('a parser’s time belongs to its package, and not to the project', () => {
      const parser = report.packages.find(row => row.package === 'js-yaml')
      expect(parser?.category).toBe('dependency')
      expect(parser?.totalMs).toBeGreaterThan(0.3 * (fileOf(report, 'catalogue').phases?.tests.cpuMs ?? 0))
    })

    test('a beforeEach hook’s time belongs to the tests that it runs for', () => {
      const { tests } = fileOf(report, 'order-book')
      expect(tests).toHaveLength(10)
      const ofHook = tests.filter(({ hotspots }) => hotspots[0]?.file === 'src/order-book.ts')
      expect(ofHook.length).toBeGreaterThan(5)
    })

    test('waiting is idle time, and work is not', () => {
      const waiting = testOf(report, 'payment', 'a pending payment is asked for until it is settled')
      expect(waiting.idleMs).toBeGreaterThan(0.5 * waiting.wallMs)
      const working = fileOf(report, 'price-rules')
      expect(working.idleMs).toBeLessThan(0.2 * working.wallMs)
    })

    test('waiting in a synchronous call is blocked time, and not idle time', () => {
      const { wallMs, idleMs, blockedMs } = testOf(
        ...([report, 'receipt-printer', 'a receipt is printed while the customer looks on'] as const),
      )
      expect(blockedMs).toBeGreaterThan(0.5 * wallMs)
      expect(idleMs).toBeLessThan(0.2 * wallMs)
      const [printing, ...others] = report.waits.filter(({ blocking }) => blocking)
      expect(others).toEqual([])
      expect(printing).toMatchObject({
        kind: 'child process (synchronous)',
        tests: [{ file: 'test/receipt-printer.test.ts', index: 0 }],
      })
      expect(printing?.stack[0]).toMatchObject({
        ...{ function: 'printNow', file: 'src/receipt-printer.ts' },
        line: lineOf('src/receipt-printer.ts', 'export function printNow('),
      })
    })

    test('concurrent tests are a group, which takes less time than the sum of its tests', () => {
      const { tests, groups } = fileOf(report, 'suppliers')
      expect(groups).toMatchObject([{ tests: [0, 1, 2] }])
      const concurrent = tests.filter(row => row.concurrent)
      expect(concurrent.map(({ index }) => index)).toEqual([0, 1, 2])
      expect(sum(concurrent, row => row.wallMs)).toBeGreaterThan(groups[0]?.wallMs ?? Number.NaN)
      expect(groups[0]?.hotspots.map(({ file }) => file)).toContain('src/suppliers.ts')
    })

    test('a retried test is listed with its attempts', () => {
      const { tests } = fileOf(report, 'stock')
      expect(tests.filter(({ attempt }) => attempt > 1)).toMatchObject([{ attempt: 2, status: 'passed' }])
      expect(new Set(tests.map(({ status }) => status))).toEqual(
        new Set(['passed', 'failed', 'skipped', 'todo']),
      )
    })
  })

  describe('imports', () => {
    test('an expensive module has one row, with its cost in all files together', () => {
      const row = importOf(report, 'src/delivery-zones.ts')
      expect(row).toMatchObject({ files: 3, loads: 3, importers: [{ module: 'src/delivery.ts', files: 3 }] })
      const hotspots = report.hotspots.filter(({ file }) => file === 'src/delivery-zones.ts')
      expect(hotspots[0]).toMatchObject({ function: 'shortestDistances', files: 3, tests: [] })
      expect(row.savedMs).toBeGreaterThan(0.7 * sum(hotspots, ({ selfMs }) => selfMs))
      expect(row.evaluateMs).toBeGreaterThan(0.5 * row.savedMs)
      expect(row.chain.slice(-2)).toEqual(['src/delivery.ts', 'src/delivery-zones.ts'])
    })

    test('a barrel costs what it loads, and almost nothing by itself', () => {
      const [barrel, barcodes] = ['index', 'barcode'].map(name => importOf(report, `src/labels/${name}.ts`))
      expect(barrel).toMatchObject({ files: 2, loads: 2 })
      expect(barrel?.importers.map(({ module }) => module).toSorted()).toEqual([
        'src/receipt-printer.ts',
        'test/labels.test.ts',
      ])
      expect(barrel?.selfMs).toBeLessThan(0.3 * (barrel?.savedMs ?? 0))
      expect(barcodes?.savedMs).toBeGreaterThan(0.6 * (barrel?.savedMs ?? Number.NaN))
      expect(barcodes?.savedMs).toBeLessThanOrEqual(barrel?.savedMs ?? 0)
    })

    test('a finding names the barrel, and what to import instead', () => {
      const { costMs, position, evidence, remedy } = findingOf(report, 'barrel:src/labels/index.ts')
      const { file = '', line = 0 } = position ?? {}
      expect(line).toBe(lineOf(file, "/labels'"))
      expect(evidence).toContain('src/receipt-printer.ts imports heading')
      expect(evidence).toContain('test/labels.test.ts imports priceTag')
      expect(remedy).toMatch(/labels\/(?:heading|price-tag)'/)
      // A finding's cost leaves out the time in which no core was free, which an import's time contains.
      const { wallMs, readyMs } = report.phases.imports
      const share = 1 - (readyMs ?? 0) / wallMs
      expect(costMs).toBeGreaterThan(0.7 * share * importOf(report, 'src/labels/barcode.ts').selfMs)
    })
  })

  describe('hooks', () => {
    test('a slow beforeEach has one row, with its line, its number of runs and its CPU time', () => {
      const line = lineOf('test/order-book.test.ts', 'beforeEach(')
      const rows = report.hooks.filter(({ file }) => file === 'test/order-book.test.ts')
      const describes = ['a book of 30,000 orders']
      expect(rows).toMatchObject([{ type: 'beforeEach', describe: describes, line, count: 10, files: 1 }])
      const [hook] = rows
      const { phases } = fileOf(report, 'order-book')
      const { cpuMs = 0, wallMs = Number.NaN, readyMs = null } = hook ?? {}
      expect(cpuMs).toBeGreaterThan(0.9 * (wallMs - (readyMs ?? 0)))
      expect(hook?.wallMs).toBeGreaterThan(0.9 * (phases?.hooks.wallMs ?? Number.NaN))
    })
  })

  if (recordsWaits(node)) {
    describe('waits', () => {
      test('sleeping is attributed to the timer in the source', () => {
        const rows = waitsAt(report, 'src/payment.ts', lineOf('src/payment.ts', 'await sleep('))
        expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['timer']))
        const waited = sum(rows, row => row.totalMs)
        expect(waited).toBeGreaterThan(0.7 * (fileOf(report, 'payment').idleMs ?? Number.NaN))
      })

      test('requests are attributed to the line that sends them', () => {
        const rows = waitsAt(report, 'src/exchange-rates.ts', lineOf('src/exchange-rates.ts', 'await fetch('))
        expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['HTTP request']))
        const { phases } = fileOf(report, 'exchange-rates')
        expect(sum(rows, row => row.totalMs)).toBeGreaterThan(0.7 * (phases?.tests.idleMs ?? Number.NaN))
      })

      test('waiting for a child process is attributed to the line that starts it', () => {
        const line = lineOf('src/receipt-printer.ts', 'await promisify(execFile)(')
        const rows = waitsAt(report, 'src/receipt-printer.ts', line)
        expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['child process']))
        const { phases } = fileOf(report, 'receipt-printer')
        expect(sum(rows, row => row.totalMs)).toBeGreaterThan(0.7 * (phases?.tests.idleMs ?? Number.NaN))
      })

      test('at most 20 % of idle time is unexplained', () => {
        expect(report.totals.idleMs).toBeGreaterThan(1000)
        expect(report.totals.unexplainedMs).toBeLessThan(0.2 * report.totals.idleMs)
      })

      test('findings name the loop that polls, and the requests that could be sent at once', () => {
        const polling = lineOf('src/payment.ts', 'await sleep(')
        expect(findingOf(report, `polling:src/payment.ts:${polling}`).position).toMatchObject({
          ...{ file: 'src/payment.ts', line: polling },
        })
        const requests = lineOf('src/exchange-rates.ts', 'await rateOf(')
        const { position, costMs } = findingOf(report, `serial-awaits:src/exchange-rates.ts:${requests}`)
        expect(position).toMatchObject({ file: 'src/exchange-rates.ts', line: requests })
        const { wallMs } = testOf(report, 'exchange-rates', 'tells the rates of four currencies')
        expect(costMs).toBeGreaterThan(0.3 * wallMs)
        expect(costMs).toBeLessThan(0.9 * wallMs)
      })

      test('the busy one of several concurrent tests has the most CPU time', () => {
        const [slow, quick, busy] = fileOf(report, 'suppliers').tests.map(({ cpuMs }) => cpuMs ?? Number.NaN)
        expect(busy).toBeGreaterThan(slow ?? Number.NaN)
        expect(busy).toBeGreaterThan(quick ?? Number.NaN)
      })

      test('leaked work is shown with the test that left it behind, and the test in which it ran', () => {
        expect(report.leaks).toMatchObject([
          {
            kind: 'timer',
            test: { file: 'test/opening-hours.test.ts', index: 0 },
            during: [{ file: 'test/opening-hours.test.ts', index: 1 }],
          },
        ])
        const [leak] = report.leaks
        expect(leak?.stack[0]).toMatchObject({
          ...{ function: 'WindowSign', file: 'src/opening-hours.ts' },
          line: lineOf('src/opening-hours.ts', 'setInterval('),
        })
        expect(leak?.count).toBeGreaterThan(2)
        expect(leak?.cpuMs).toBeGreaterThan(0)
        expect(leak?.cpuMs).toBeLessThan(fileOf(report, 'opening-hours').wallMs)
        expect(markdown).toContain('<summary>Work leaked by finished tests</summary>')
      })
    })
  }
})

describe('npm run example -- order-book', () => {
  test('profiles only that file, and finds that its hook dominates', async () => {
    const { report } = await runExample(NODE_MAJORS[0] ?? '', 'order-book')
    expect(report.files.map(({ path }) => path)).toEqual(['test/order-book.test.ts'])
    const line = lineOf('test/order-book.test.ts', 'beforeEach(')
    const finding = findingOf(report, `dominant-hook:beforeEach:test/order-book.test.ts:${line}`)
    expect(finding.position).toMatchObject({ file: 'test/order-book.test.ts', line })
    const { wallMs = 0, readyMs = null } = report.hooks[0] ?? {}
    expect(finding.costMs).toBeCloseTo(wallMs - (readyMs ?? 0), 2)
  })
})
