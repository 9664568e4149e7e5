// `report.md`: the summary for a pull request, a CI step, or a coding agent.

import { isOwnCode, isUserCode } from '../../profile/own-code.js'
import type { FunctionReport, Hotspot } from '../../report/code-reports.js'
import type { FileReport, TestReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'
import { busyMachineText } from '../../report/views/busy-machine.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { hotCode } from '../../report/views/hot-code.js'
import { processorsText } from '../../report/views/machines.js'
import { groupMissing, type MissingGroup } from '../../report/views/missing-groups.js'
import { slowestTests as slowest } from '../sections.js'
import {
  busyMs,
  cpuTime,
  headline,
  outcome,
  pathName,
  plain,
  position,
  selectionText,
  testCount,
  testName,
  testPlace,
} from '../wording.js'
import { findings, hooks, imports, leaks, phases, transforms, waits } from './markdown-accounts.js'
import { askedTestSections } from './markdown-asked-tests.js'
import { budgets } from './markdown-budgets.js'
import { asText, code, section } from './markdown-text.js'

export interface MarkdownOptions {
  /** Rows of each table. */
  readonly topN: number
}

export function toMarkdown(report: Report, { topN }: MarkdownOptions): string {
  const { scope, time, quality } = headline(report)
  const { run } = report
  const machine = `Jest ${run.jestVersion}, Node ${run.nodeVersion}, ${processorsText(run)}, engine ${run.engine}`
  const parts = [
    `# Test profile\n\n${scope}  \n${time}  \n${quality}  \n${asText(machine)}, run \`${run.id}\``,
    asText(busyMachineText(report.totals)),
    asText(selectionText(report)),
    budgets(report),
    ...askedTestSections(report),
    findings(report, topN),
    phases(report),
    categories(report),
    hotFunctions(report, topN),
    slowestTests(report, topN),
    imports(report, topN),
    transforms(report, topN),
    hooks(report, topN),
    waits(report, topN),
    leaks(report, topN),
    slowestFiles(report, topN),
    hottestLines(report, topN),
    packages(report, topN),
    missing(report, topN),
    limits(report),
    truncated(report),
  ]
  return `${parts.filter(part => part !== '').join('\n\n')}\n`
}

function categories(report: Report): string {
  const busy = busyMs(report)
  const rows = Object.entries(report.categories)
    .filter(([, selfMs]) => selfMs > 0)
    .toSorted(([, a], [, b]) => b - a)
    .map(([category, selfMs]) => [duration(selfMs), percent(selfMs, busy), category])
  return section('Whose code ran', { head: ['self', 'of CPU', 'category'], rightAligned: 2 }, rows)
}

function hotFunctions(report: Report, topN: number): string {
  const busy = busyMs(report)
  const rows = hotCode(report)
    .slice(0, topN)
    .map(row => {
      const times = [duration(row.selfMs), percent(row.selfMs, busy)]
      if (row.kind === 'package') {
        const { package: name, totalMs, functions } = row.package
        return [...times, duration(totalMs), asText(name), count(functions, 'function'), '']
      }
      const { hotspot } = row
      return [
        ...times,
        duration(hotspot.totalMs),
        asText(hotspot.function),
        where(hotspot),
        costliestTests(hotspot),
      ]
    })
  const head = ['self', 'of CPU', 'total', 'function or package', 'where', 'costs most in']
  return section('Hot functions', { head, rightAligned: 3 }, rows)
}

function where(row: Pick<FunctionReport, 'file' | 'line' | 'column' | 'generated'>): string {
  return code(position(row)) + (row.generated ? ' (generated position: no source map)' : '')
}

function costliestTests({ tests, files }: Hotspot): string {
  if (tests.length === 0) return `outside of tests, in ${count(files, 'file')}`
  return tests
    .slice(0, 3)
    .map(({ name, totalMs }) => `${asText(testName(name))} (${duration(totalMs)})`)
    .join(', ')
}

function slowestTests(report: Report, topN: number): string {
  const rows = slowest(report)
    .slice(0, topN)
    .map(({ file, test, rows: { length } }) => [
      ...times(test),
      test.hooksMs === null ? '–' : duration(test.hooksMs),
      test.sampleCount === null ? '–' : String(test.sampleCount),
      asText(testName(test.name)) + (length > 1 ? ` ×${length.toLocaleString('en-US')}` : ''),
      [...outcome(test, file.tests), ...(test.concurrent ? ['concurrent'] : [])].join(', ') || 'passed',
      code(testPlace({ ...test, file: file.path }, path => path)) +
        (file.project === '' ? '' : ` ${asText(file.project)}`),
      test.hotspots.filter(isUserCode).slice(0, 2).map(hottest).join(', '),
    ])
  const head = [
    'wall',
    'CPU',
    'no core',
    'blocked',
    'waiting',
    'hooks',
    'samples',
    'test',
    'status',
    'where',
    'hottest functions (self)',
  ]
  return section('Slowest tests', { head, rightAligned: 7 }, rows)
}

function times(row: FileReport | TestReport): string[] {
  const others = [row.readyMs, row.blockedMs, row.idleMs].map(ms => (ms === null ? '–' : duration(ms)))
  return [duration(row.wallMs), cpuTime(row), ...others]
}

function hottest(row: FunctionReport): string {
  return `${asText(row.function)} ${code(position(row))} (${duration(row.selfMs)})`
}

function slowestFiles(report: Report, topN: number): string {
  const rows = report.files
    .slice(0, topN)
    .map(file => [
      ...times(file),
      code(pathName(file.path)),
      asText(file.project),
      String(testCount(file)),
      file.worker === null ? 'not recorded' : String(file.worker),
    ])
  const head = ['wall', 'CPU', 'no core', 'blocked', 'waiting', 'file', 'project', 'tests', 'worker']
  return section('Slowest files', { head, rightAligned: 5 }, rows)
}

function hottestLines({ lines }: Report, topN: number): string {
  const rows = lines
    .filter(isOwnCode)
    .slice(0, topN)
    .map(({ selfMs, file, line }) => [duration(selfMs), code(plain(`${file}:${line}`))])
  return section('Hot lines of your own code', { head: ['self', 'line'], rightAligned: 1 }, rows)
}

function packages(report: Report, topN: number): string {
  const rows = report.packages
    .slice(0, topN)
    .map(row => [duration(row.selfMs), duration(row.totalMs), asText(row.package), row.category])
  return section('Packages', { head: ['self', 'total', 'package', 'category'], rightAligned: 2 }, rows)
}

function missing(report: Report, topN: number): string {
  const groups = groupMissing(report.missing)
  const rows = groups
    .slice(0, topN)
    .map(group => [filesOf(group), asText(group.reason), asText(group.remedy)])
  const others = groups.slice(topN).reduce((sum, { files }) => sum + files.length, 0)
  const more = others > 0 ? `\n\n${count(others, 'more file')} in report.json.` : ''
  return section('Not fully profiled', { head: ['file', 'why', 'what to do'], rightAligned: 0 }, rows) + more
}

function filesOf(group: MissingGroup): string {
  const named = group.files.slice(0, NAMED_FILES).map(file => code(pathName(file)))
  if (group.files.length === 1) return named.join('')
  const more = group.files.length > named.length ? ', …' : ''
  return `${count(group.files.length, 'file')}: ${named.join(', ')}${more}`
}

const NAMED_FILES = 3

function limits({ limits: sentences }: Report): string {
  if (sentences.length === 0) return ''
  return `## Not known\n\n${sentences.map(sentence => `- ${asText(sentence)}`).join('\n')}`
}

function truncated({ truncated: cuts }: Report): string {
  if (cuts.length === 0) return ''
  const rows = cuts.map(({ table, kept, total }) => `- ${table}: the costliest ${kept} of ${total}`)
  return `## Cut in report.json\n\n${rows.join('\n')}`
}
