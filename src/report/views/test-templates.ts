// Tests that one line defines, as with `test.each` and loops: tables have one row for all of them.

import { group, sum } from 'd3-array'
import type { FileReport, TestReport } from '../file-report.js'
import { sumIfKnown } from '../rounding.js'

export interface TestRow {
  readonly file: FileReport
  /** The test, or the sums of several tests with what their names have in common. */
  readonly test: TestReport
  /** The tests that one line defines. */
  readonly rows: readonly TestReport[]
}

/** In the order of the files and of their tests. */
export function testRows(files: readonly FileReport[]): TestRow[] {
  return files.flatMap(file => templatesOf(file).map(rows => ({ file, test: summed(rows), rows })))
}

function templatesOf(file: FileReport): TestReport[][] {
  return [...group(file.tests, test => templateKey(test, file)).values()]
}

/** Each attempt at a test that was retried has its own key. */
function templateKey({ index, attempt, line, column, definedIn }: TestReport, { tests }: FileReport): string {
  const isRetried = attempt > 1 || tests.some(other => other.index === index && other.attempt > 1)
  const { file = '', ...place } = definedIn ?? { line, column }
  return isRetried || place.line === 0 ? `${index} ${attempt}` : `${file}:${place.line}:${place.column}`
}

function summed(rows: readonly TestReport[]): TestReport {
  const [first, ...others] = rows
  if (first === undefined) throw new RangeError('a template without tests')
  if (others.length === 0) return first
  const name = commonName(rows.map(test => test.name))
  const sums = SUMMED.map(key => [key, sumIfKnown(rows.map(test => test[key]))])
  return {
    ...first,
    name,
    fullName: name.join(' '),
    hotspots: [],
    hooks: [],
    status: rows.find(({ status }) => status === 'failed')?.status ?? first.status,
    startedAtMs: Math.min(...rows.map(({ startedAtMs }) => startedAtMs)),
    ...Object.fromEntries(sums),
    ...allocatedIn(rows),
  }
}

/** Left out if it is unknown of all. */
function allocatedIn(rows: readonly TestReport[]): Pick<TestReport, 'allocatedBytes'> {
  const known = rows.flatMap(({ allocatedBytes }) => allocatedBytes ?? [])
  return known.length === 0 ? {} : { allocatedBytes: sum(known) }
}

const TIMES = ['wallMs', 'cpuMs', 'readyMs', 'blockedMs', 'idleMs', 'gcMs', 'hooksMs', 'importsMs'] as const
const SUMMED = [...TIMES, 'uncertaintyMs', 'gcUncertaintyMs', 'sampleCount'] as const

/** `…` replaces what differs: in each part of the names, or in the whole names if they differ in their number of parts. */
function commonName(names: readonly (readonly string[])[]): string[] {
  const [first = []] = names
  const isSame = (depth: number) =>
    names.every(name => name.length === first.length && name[depth] === first[depth])
  if (names.every(({ length }) => length === first.length))
    return first.map((part, depth) => (isSame(depth) ? part : template(names.map(name => name[depth] ?? ''))))
  return [template(names.map(name => name.join(' ')))]
}

function template(texts: readonly string[]): string {
  const [first = ''] = texts
  const shortest = Math.min(...texts.map(({ length }) => length))
  let before = 0
  while (before < shortest && texts.every(text => text[before] === first[before])) before++
  let behind = 0
  while (
    behind < shortest - before &&
    texts.every(text => text[text.length - 1 - behind] === first[first.length - 1 - behind])
  )
    behind++
  return `${first.slice(0, before)}…${behind === 0 ? '' : first.slice(-behind)}`
}
