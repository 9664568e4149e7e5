// What every bench prints: the machine and the day, then a Markdown table that can be pasted as it is.

import { cpus, loadavg } from 'node:os'
import { markdownTable } from 'markdown-table'
import { median, quantile } from './statistics.mjs'

/** `notes`: what was measured and how often, a line each. */
export function printResult({ title, jestVersion, notes, columns, rows }) {
  const processors = cpus()
  const [load = 0] = loadavg()
  const machine = [
    `${processors[0]?.model.trim() ?? 'unknown CPU'}, ${processors.length} cores`,
    `Node ${process.versions.node}`,
    `Jest ${jestVersion}`,
    new Date().toISOString().slice(0, 10),
    // A machine that does other work as well measures that work too.
    `load ${load.toFixed(1)}`,
  ]
  const align = columns.map((_column, index) => (index === 0 ? 'l' : 'r'))
  const table = markdownTable([columns, ...rows], { align })
  console.log([`${title}`, machine.join(', '), ...notes, '', table, ''].join('\n'))
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
