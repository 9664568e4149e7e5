// The text of a result, and numbers in the form that tables show.

import { cpus, loadavg } from 'node:os'
import { markdownTable } from 'markdown-table'
import { median, quantile } from './statistics.mjs'

/** What a result depends on, besides the code. `jestVersion` is left out where Jest was not run. */
export function describeMachine(jestVersion) {
  const processors = cpus()
  const [load = 0] = loadavg()
  const facts = [
    `${processors[0]?.model.trim() ?? 'unknown CPU'}, ${processors.length} cores`,
    `${process.platform} ${process.arch}`,
    `Node ${process.versions.node}`,
    ...(jestVersion === undefined ? [] : [`Jest ${jestVersion}`]),
    new Date().toISOString().slice(0, 10),
    // Other work on the machine is measured as well.
    `load ${load.toFixed(1)}`,
  ]
  return facts.join(', ')
}

/** For the terminal. `machine`: what describeMachine returned; `notes`: what was measured and how often, a line each. */
export function resultText({ title, machine, notes, columns, rows }) {
  return [title, machine, ...notes, '', resultTable({ columns, rows }), ''].join('\n')
}

/** A Markdown table whose first column holds names, and all others numbers. */
export function resultTable({ columns, rows }) {
  const align = columns.map((_column, index) => (index === 0 ? 'l' : 'r'))
  return markdownTable([columns, ...rows], { align })
}

/** The median and, in parentheses, the quartiles. `format` writes one of them. */
export function withQuartiles(values, format) {
  const [low, high] = [quantile(values, 0.25), quantile(values, 0.75)]
  return `${format(median(values))} (${format(low)} … ${format(high)})`
}

/** One step of a long measurement, on stderr: stdout has the table alone. */
export function progress(text) {
  process.stderr.write(`bench: ${text}\n`)
}

export const decimals = digits => value => value.toFixed(digits).replace('-', '−')

/** A ratio such as 0.034 as `+3.4 %`. */
export function signedPercent(ratio) {
  return `${signedDecimals(1)(100 * ratio)} %`
}

export const signedDecimals = digits => value => `${value < 0 ? '' : '+'}${decimals(digits)(value)}`

/** `a sample every 5000 µs`; the interval is null without a profile. */
export function samplingText({ samplingIntervalMicros }) {
  return samplingIntervalMicros === null ? 'no profile' : `a sample every ${samplingIntervalMicros} µs`
}
