// Tests that one line defines, as `test.each` and loops do: in tables they are one row, which opens to the single ones.

import { group } from 'd3-array'
import type { FileReport, TestReport } from '../file-report.js'
import { sumIfKnown } from '../rounding.js'

export interface TestRow {
  readonly file: FileReport
  /** The sums of several tests, under what their names have in common. */
  readonly test: TestReport
  /** The single ones. */
  readonly rows: readonly TestReport[]
}

/** In the order of the files and of their tests. */
export function testRows(files: readonly FileReport[]): TestRow[] {
  return files.flatMap(file => templatesOf(file).map(rows => ({ file, test: summed(rows), rows })))
}

function templatesOf(file: FileReport): TestReport[][] {
  return [...group(file.tests, test => templateKey(test, file)).values()]
}

/** A test that was tried again stands for itself, with each attempt. */
function templateKey({ index, attempt, line, column, definedIn }: TestReport, { tests }: FileReport): string {
  const isRetried = attempt > 1 || tests.some(other => other.index === index && other.attempt > 1)
  const { file = '', ...place } = definedIn ?? { line, column }
  return isRetried || place.line === 0 ? `${index} ${attempt}` : `${file}:${place.line}:${place.column}`
}

function summed(rows: readonly TestReport[]): TestReport {
  const [first, ...others] = rows
  if (first === undefined) throw new RangeError('a template without tests')
  if (others.length === 0) return first
  const sum = (amountOf: (test: TestReport) => number | null) => sumIfKnown(rows.map(amountOf))
  const name = commonName(rows.map(test => test.name))
  return {
    ...first,
    name,
    fullName: name.join(' '),
    hotspots: [],
    hooks: [],
    status: rows.find(({ status }) => status === 'failed')?.status ?? first.status,
    startedAtMs: Math.min(...rows.map(({ startedAtMs }) => startedAtMs)),
    wallMs: sum(test => test.wallMs) ?? 0,
    cpuMs: sum(test => test.cpuMs),
    readyMs: sum(test => test.readyMs),
    blockedMs: sum(test => test.blockedMs),
    idleMs: sum(test => test.idleMs),
    gcMs: sum(test => test.gcMs),
    uncertaintyMs: sum(test => test.uncertaintyMs),
    gcUncertaintyMs: sum(test => test.gcUncertaintyMs),
    hooksMs: sum(test => test.hooksMs),
    importsMs: sum(test => test.importsMs),
    sampleCount: sum(test => test.sampleCount),
  }
}

/** `…` replaces what differs: in each part of the name, or in the whole names if they have other numbers of parts. */
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
