// Each value is computed once, in the Report, and every output prints that value. Rows are found by the name and position
// that they show, and their values are compared with those of report.json.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { toJson } from '../../src/formats/json.js'
import { toMarkdown } from '../../src/formats/markdown/markdown.js'
import { toTableJson, toTableText } from '../../src/formats/shown-table.js'
import { toTerminal } from '../../src/formats/terminal/terminal.js'
import { PHASES } from '../../src/profile/profile.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import type { PhaseTimes, TestReport } from '../../src/report/file-report.js'
import type { Report } from '../../src/report/report.js'
import { duration } from '../../src/report/views/figures.js'
import { type ShownRow, shownTable } from '../../src/tables/shown-table.js'
import type { TableName } from '../../src/tables/table.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'
import { ordinaryReport } from '../support/drawn-reports.js'
import { drawnRun } from '../support/drawn-run.js'

const EVERY_ROW = 1000

/** The factor by which recordings are slowed, so that few values are too small to be shown. */
const SLOWED = 20

/** The recording with two hooks at the start of each test that is long enough. */
function withOwnHooks(recording: ResolvedRecording): ResolvedRecording {
  const { tests } = recording
  const runs: ResolvedRecording['hooks']['runs'] = { definition: [], start: [], end: [], test: [] }
  tests.forEach(({ start, end, concurrent }, position) => {
    if (concurrent || end - start < 4) return
    for (const definition of [0, 1]) {
      const quarter = Math.floor((end - start) / 4)
      runs.definition.push(definition)
      runs.start.push(start + definition * quarter)
      runs.end.push(start + (definition + 1) * quarter)
      runs.test.push(position)
    }
  })
  const definitions = ['one', 'other'].map(block => ({
    ...{ type: 'beforeEach' as const, describe: [block], site: -1 },
  }))
  return { ...recording, hooks: { definitions, runs } }
}

/** The recording with all times that these outputs show multiplied by SLOWED. */
function slowed(recording: ResolvedRecording): ResolvedRecording {
  const scale = (times: readonly number[]) => times.map(time => (time < 0 ? time : time * SLOWED))
  const { header, tests, phases, hooks, modules, samples, waits, clock } = recording
  return {
    ...recording,
    header: { ...header, wallMicros: header.wallMicros * SLOWED },
    tests: tests.map(span => ({ ...span, start: span.start * SLOWED, end: span.end * SLOWED })),
    phases: phases.map(({ phase, start }) => ({ phase, start: start * SLOWED })),
    hooks: { ...hooks, runs: { ...hooks.runs, start: scale(hooks.runs.start), end: scale(hooks.runs.end) } },
    modules: modules && {
      ...modules,
      loads: {
        ...modules.loads,
        ...{ start: scale(modules.loads.start), end: scale(modules.loads.end) },
        ...{ resolve: scale(modules.loads.resolve), transform: scale(modules.loads.transform) },
      },
      lookups: {
        ...modules.lookups,
        ...{ start: scale(modules.lookups.start), resolve: scale(modules.lookups.resolve) },
        mock: scale(modules.lookups.mock),
      },
    },
    samples: { ...samples, time: scale(samples.time) },
    waits: waits && {
      ...waits,
      wakes: { ...waits.wakes, time: scale(waits.wakes.time), since: scale(waits.wakes.since) },
      contexts: waits.contexts && { ...waits.contexts, time: scale(waits.contexts.time) },
    },
    clock: clock && { ...clock, time: scale(clock.time), cpu: scale(clock.cpu) },
  }
}

const anyRun = anyRecordingsInTwoOrders.map(([recordings]) =>
  drawnRun(recordings.map(recording => slowed(withOwnHooks(recording)))),
)

type Run = ReturnType<typeof drawnRun>

/** The number of comparisons by kind of row: a property that compares nothing would also hold. */
type Count = Map<string, number>

function counted(compared: Count, what: string): void {
  compared.set(what, (compared.get(what) ?? 0) + 1)
}

const shownMs = (ms: number | null) => (ms === null ? '–' : duration(ms))
const uncertain = (text: string | undefined) => text?.replace(/^~/, '')

/** Markdown leaves out columns in which every value is unknown. */
const UNKNOWN = { CPU: '–', 'no core': '–', blocked: '–', waiting: '–', hooks: '–' }

/** The rows of the folded Markdown table with a title such as `Slowest tests`, keyed by column titles. */
function markdownRows(text: string, title: string): Record<string, string>[] {
  const [, section = ''] = text.split(`<summary>${title}</summary>\n\n`)
  const table = section === '' ? [] : (section.split('\n\n')[0]?.split('\n') ?? [])
  const cells = (line: string) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map(cell => cell.trim())
  const [head = [], , ...rows] = table.map(cells)
  return rows.map(row => ({
    ...UNKNOWN,
    ...Object.fromEntries(head.map((column, index) => [column, row[index] ?? ''])),
  }))
}

/** The rows of the terminal's section with that title, as cells. */
function terminalRows(text: string, title: string): string[][] {
  const lines = text.split('\n')
  const start = lines.findIndex(line => line.startsWith(` ${title}`))
  if (start < 0) return []
  const rows = lines.slice(start + 1)
  const end = rows.indexOf('')
  return rows.slice(0, end).map(line => line.trim().split(/ {2,}/))
}

interface Outputs {
  readonly written: Report
  readonly terminal: string
  readonly markdown: string
  readonly json: (by: TableName) => ShownRow[]
  readonly table: (by: TableName) => string[]
}

function outputsOf({ profile, report }: Run): Outputs {
  const options = {
    topN: EVERY_ROW,
    columns: 400,
    colors: false,
    links: false,
    cwd: '/project',
    reportPath: undefined,
  }
  const tableOf = (by: TableName) => shownTable(by, { profile, report })
  return {
    written: JSON.parse(toJson(report)),
    terminal: toTerminal(report, { ...options, toShown: path => path }),
    markdown: toMarkdown(report, { topN: EVERY_ROW }),
    json: byKind(by => JSON.parse(toTableJson(tableOf(by), report, EVERY_ROW)).rows),
    table: byKind(by =>
      toTableText(tableOf(by), report, { ...options, top: EVERY_ROW, next: [] }).split('\n'),
    ),
  }
}

/** `compute`, called at most once per kind of table. */
function byKind<Result>(compute: (by: TableName) => Result): (by: TableName) => Result {
  const results = new Map<TableName, () => Result>()
  return by => {
    const result = results.get(by) ?? once(() => compute(by))
    results.set(by, result)
    return result()
  }
}

/** Only a few runs are small enough that outputs break down each test. */
const RUNS = 200

/** Runs are generated once for all kinds of rows. Failing runs are not shrunk, because that takes too long. */
const seed = Date.now() % 2 ** 31
const drawnOutputs: (() => Outputs)[] = []

function outputsOfRuns(count: number): Outputs[] {
  if (drawnOutputs.length === 0)
    for (const run of fc.sample(anyRun, { seed, numRuns: RUNS }))
      drawnOutputs.push(once(() => outputsOf(run)))
  return drawnOutputs.slice(0, count).map(draw => draw())
}

function once<Result>(compute: () => Result): () => Result {
  let result: { value: Result } | undefined
  return () => {
    result ??= { value: compute() }
    return result.value
  }
}

/** The line of a table's text that starts with the row's id and contains these texts. */
function lineOf(lines: readonly string[], id: string, ...texts: string[]): string | undefined {
  return lines
    .map(line => `${line} `)
    .find(line => line.trimStart().startsWith(`${id} `) && texts.every(text => line.includes(text)))
}

function expectFunctions({ written, terminal, markdown, json, table }: Outputs, compared: Count): void {
  const rows = json('function')
  const ofMarkdown = markdownRows(markdown, 'Hot functions')
  const ofTerminal = terminalRows(terminal, 'Hot functions')
  for (const row of written.hotspots) {
    const isRow = (other: ShownRow) =>
      other.function === row.function && other.file === row.file && other.category === row.category
    const [found] = rows.filter(isRow)
    if (row.selfMs > 0)
      expect(found).toMatchObject({ selfMs: row.selfMs, totalMs: row.totalMs, sampleCount: row.sampleCount })
    if (found === undefined) continue
    const line = lineOf(table('function'), found.id, ` ${row.category} `)
    expect(line).toContain(` ${duration(row.selfMs)} `)
    counted(compared, 'function')
    const place = `${row.file}:${row.line}:${row.column}`
    const [inMarkdown] = ofMarkdown.filter(other => other.where === `\`${place}\``)
    // Functions of several categories, or of a package, have rows that their position does not distinguish.
    if (inMarkdown === undefined || row.category !== 'source') continue
    expect([inMarkdown.self, inMarkdown.total]).toEqual([duration(row.selfMs), duration(row.totalMs)])
    expect(ofTerminal.find(cells => cells.includes(place))?.[0]).toBe(duration(row.selfMs))
    counted(compared, 'function for people')
  }
}

function expectWaits({ written, terminal, markdown, json, table }: Outputs, compared: Count): void {
  const rows = json('wait')
  const [ofMarkdown, ofTerminal] = [markdownRows(markdown, 'Waits'), terminalRows(terminal, 'Waits')]
  for (const wait of written.waits) {
    const { function: name = null, file = '', line = 0 } = wait.startedAt ?? {}
    const isWait = (row: ShownRow) =>
      row.kind === wait.kind && row.function === name && row.file === file && row.line === line
    const found = rows.filter(isWait)
    expect(found).toMatchObject([{ totalMs: wait.totalMs, count: wait.count }])
    expect(found[0]?.callers).toHaveLength(wait.callers.length)
    const id = found[0]?.id ?? ''
    expect(lineOf(table('wait'), id, wait.kind)).toContain(` ${duration(wait.totalMs)} `)
    counted(compared, 'wait')
    if (wait.startedAt === null) continue
    // Tables for people start with the position, and more calls may follow.
    const starter = `${name} ${file}:${line}:`
    const inMarkdown = ofMarkdown.filter(
      row =>
        row['waits for'] === wait.kind && row['started by']?.startsWith(`\`${name}\` \`${file}:${line}:`),
    )
    const inTerminal = ofTerminal.filter(cells => cells[2] === wait.kind && cells[3]?.startsWith(starter))
    if (inMarkdown.length === 0) continue
    expect(inMarkdown).toMatchObject([{ time: duration(wait.totalMs) }])
    expect(inTerminal.map(([time]) => time)).toEqual([duration(wait.totalMs)])
    counted(compared, 'wait for people')
  }
}

/** Whether a row is that attempt: attempts of a retried test share a name, so the outcome distinguishes them. */
function isAttempt(
  { attempt, status, concurrent }: TestReport,
  outcome: string,
  isRetried: boolean,
): boolean {
  const parts = [
    ...(isRetried ? [`attempt ${attempt}`] : []),
    ...(status === 'passed' ? [] : [status]),
    ...(concurrent ? ['concurrent'] : []),
  ]
  return outcome === (parts.join(', ') || 'passed')
}

function expectTests({ written, terminal, markdown, json, table }: Outputs, compared: Count): void {
  const rows = json('test')
  const [ofMarkdown, ofTerminal] = [
    markdownRows(markdown, 'Slowest tests'),
    terminalRows(terminal, 'Slowest tests'),
  ]
  for (const { path, tests } of written.files) {
    for (const one of tests) {
      const ownHooks = one.hooks.filter(({ isAround }) => !isAround)
      const hooksMs = ownHooks.reduce((sum, { wallMs }) => sum + wallMs, 0)
      if (one.hooksMs !== null && !one.concurrent) expect(one.hooksMs).toBeCloseTo(hooksMs, 6)
      const { id, wallMs, cpuMs, readyMs, blockedMs, idleMs } = one
      const figures = {
        wallMs,
        cpuMs,
        readyMs,
        blockedMs,
        idleMs,
        hooksMs: one.hooksMs,
        importsMs: one.importsMs,
      }
      expect(rows.filter(row => row.id === id && row.attempt === one.attempt)).toMatchObject([figures])
      const line = lineOf(table('test'), id, ` ${shownMs(wallMs)} `)?.replaceAll(' ~', ' ')
      for (const ms of [cpuMs, readyMs, blockedMs, idleMs]) expect(line).toContain(` ${shownMs(ms)} `)
      counted(compared, 'test')
      const isRetried = tests.filter(({ index }) => index === one.index).length > 1
      const ofOne = ofMarkdown.filter(
        row =>
          row.test === `\`${one.fullName}\`` &&
          row.where === `\`${path}\`` &&
          isAttempt(one, row.status ?? '', isRetried),
      )
      if (wallMs === 0) expect(ofOne).toEqual([])
      else {
        expect(ofOne).toHaveLength(1)
        const [{ wall, CPU, 'no core': ready, blocked, waiting, hooks } = {} as Record<string, string>] =
          ofOne
        expect([wall, uncertain(CPU), ready, blocked, waiting, hooks]).toEqual(
          [wallMs, cpuMs, readyMs, blockedMs, idleMs, one.hooksMs].map(shownMs),
        )
        const label = isRetried ? `${one.fullName} (attempt ${one.attempt}` : one.fullName
        const cells = ofTerminal.find(row => row[2]?.startsWith(label) && row[3] === path)
        expect(cells?.[0]).toBe(duration(wallMs))
        if (cells?.[1]?.startsWith('CPU ')) expect(uncertain(cells[1].slice(4))).toBe(shownMs(cpuMs))
        counted(compared, 'test for people')
      }
    }
  }
}

function expectAskedTests({ written, terminal, markdown }: Outputs, compared: Count): void {
  const lines = terminal.split('\n')
  for (const { path, tests } of written.files) {
    for (const one of tests) {
      const isLast = tests.every(({ index, attempt }) => index !== one.index || attempt <= one.attempt)
      const heading = lines.findIndex(
        line => line.startsWith(` ${one.fullName}`) && line.endsWith(`   ${path}`),
      )
      if (!isLast || heading < 0) continue
      const [split = ''] = lines.slice(heading + 1)
      expect(split.trim()).toMatch(new RegExp(`^${duration(one.wallMs)}: CPU ~?${shownMs(one.cpuMs)}(?: |$)`))
      const parts: [what: string, ms: number | null][] = [
        ['· no core', one.readyMs],
        ['· blocked', one.blockedMs],
        ['including imports', one.importsMs],
        [one.importsMs !== null && one.importsMs >= 1 ? 'and hooks' : 'including hooks', one.hooksMs],
      ]
      for (const [what, ms] of parts)
        if (ms !== null && ms >= 1) expect(`${split} `).toContain(`${what} ${duration(ms)} `)
      expect(markdown.replaceAll('\\', '')).toContain(split.trim())
      counted(compared, 'test that was asked for')
    }
  }
}

function expectPhases({ written, terminal, markdown, json, table }: Outputs, compared: Count): void {
  const rows = json('phase')
  const ofMarkdown = markdownRows(markdown, 'Where the time went')
  const names = (text = '') => text.replace(/ \(importing .*\)$/, '')
  const shown = terminal.slice(terminal.indexOf('Where the time went'))
  for (const phase of PHASES) {
    const times: PhaseTimes = written.phases[phase]
    if (times.wallMs === 0) continue
    const found = rows.filter(row => row.phase === phase)
    expect(found).toMatchObject([{ ...times }])
    const line = lineOf(table('phase'), found[0]?.id ?? '', phase)
    const figures = [times.wallMs, times.cpuMs, times.readyMs, times.blockedMs, times.idleMs].map(shownMs)
    for (const figure of figures) expect(line).toContain(` ${figure} `)
    const inMarkdown = ofMarkdown.filter(row => names(row.phase) === phase)
    expect(
      inMarkdown.map(({ wall, CPU, 'no core': ready, blocked, waiting }) => [
        ...[wall, CPU, ready, blocked, waiting],
      ]),
    ).toEqual([figures])
    // The terminal omits phases below a hundredth of the time.
    if (times.wallMs >= written.totals.fileWallMs / 100)
      expect(shown.replaceAll(/ +/g, ' ')).toMatch(
        new RegExp(` ${phase}(?: \\(importing .*?\\))? ${figures[0]} `),
      )
    counted(compared, 'phase')
  }
}

function expectHooks({ written, terminal, markdown, json, table }: Outputs, compared: Count): void {
  const rows = json('hook')
  const [ofMarkdown, ofTerminal] = [markdownRows(markdown, 'Hooks'), terminalRows(terminal, 'Hooks')]
  for (const hook of written.hooks) {
    const name = [hook.type, ...(hook.describe.length > 0 ? ['of', hook.describe.join(' › ')] : [])].join(' ')
    const { wallMs, cpuMs, readyMs, blockedMs, idleMs } = hook
    const found = rows.filter(row => row.hook === name && row.file === hook.file)
    expect(found).toMatchObject([{ wallMs, cpuMs, readyMs, blockedMs, idleMs, count: hook.count }])
    expect(lineOf(table('hook'), found[0]?.id ?? '', name)).toContain(` ${duration(wallMs)} `)
    counted(compared, 'hook')
    const inMarkdown = ofMarkdown.filter(
      row => row.hook === `\`${name}\`` && row.where === `\`${hook.file}\``,
    )
    const [row] = inMarkdown
    if (row === undefined) continue
    expect([row.wall, row.CPU, row['no core'], row.blocked, row.waiting]).toEqual(
      [wallMs, cpuMs, readyMs, blockedMs, idleMs].map(shownMs),
    )
    expect(ofTerminal.find(cells => cells[2] === name && cells[3] === hook.file)?.[0]).toBe(duration(wallMs))
    counted(compared, 'hook for people')
  }
}

describe('report.json, the terminal, Markdown and tables show the same values', () => {
  test.each([
    ['functions', expectFunctions, 30, ['function', 'function for people']],
    ['waits', expectWaits, 30, ['wait', 'wait for people']],
    ['tests', expectTests, 30, ['test', 'test for people']],
    ['tests that were asked for', expectAskedTests, RUNS, ['test that was asked for']],
    ['phases', expectPhases, 30, ['phase']],
    ['hooks', expectHooks, 30, ['hook']],
  ] as const)('of %s', (_what, expectSame, runs, kinds) => {
    const compared: Count = new Map()
    for (const [index, outputs] of outputsOfRuns(runs).entries()) {
      try {
        expectSame(outputs, compared)
      } catch (cause) {
        throw new Error(`run ${index} of seed ${seed} has different figures`, { cause })
      }
    }
    for (const kind of kinds) expect(compared.get(kind) ?? 0).toBeGreaterThan(5)
  })
})

test('The comparison of formats detects a format that shows a different value', () => {
  const report = ordinaryReport()
  const { profile } = drawnRun([])
  const [file] = report.files
  const [one] = file?.tests ?? []
  if (file === undefined || one === undefined) throw new Error('nothing was drawn')
  const outputs = outputsOf({ profile, report })
  const wrong = {
    ...outputs,
    markdown: outputs.markdown.replaceAll(`| ${duration(one.wallMs)} |`, '| 171 ms |'),
  }
  expect(wrong.markdown).not.toBe(outputs.markdown)
  // The position shown to people includes the test's line.
  const withoutPlaces = ({ markdown, ...others }: Outputs): Outputs => ({
    ...others,
    markdown: markdown.replace(/(test\.ts):\d+:\d+`/g, '$1`'),
    terminal: others.terminal.replace(/(test\.ts):\d+:\d+/g, '$1'),
  })
  const named = (of: Outputs): Outputs => ({
    ...withoutPlaces(of),
    written: {
      ...of.written,
      files: of.written.files.map(row => ({
        ...row,
        tests: row.tests.map(own => ({ ...own, fullName: own.name.join(' › ') })),
      })),
    },
  })
  expect(() => expectTests(named(outputs), new Map())).not.toThrow()
  expect(() => expectTests(named(wrong), new Map())).toThrow()
})
