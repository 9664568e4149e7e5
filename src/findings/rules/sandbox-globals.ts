// Hot lines that read globals: in Jest every such read goes through the sandbox.

import { rollups, sum } from 'd3-array'
import { isOwnCode } from '../../profile/own-code.js'
import type { LineReport } from '../../report/code-reports.js'
import { duration } from '../../report/views/figures.js'
import { globalReads } from '../evidence/global-reads.js'
import { place } from '../evidence/places.js'
import { type Facts, type FindingDraft, listed } from '../rule.js'

const LEAST_MS = 50
/** Jest refuses to inject falsy values. */
const NOT_INJECTABLE: ReadonlySet<string> = new Set(['NaN'])

interface HotLine extends LineReport {
  readonly names: readonly string[]
}

export function sandboxGlobals(facts: Facts): FindingDraft[] {
  const hot = facts.report.lines.flatMap((line): HotLine[] => {
    if (line.selfMs < LEAST_MS || !isOwnCode(line)) return []
    const text = facts.readSource(line.file) ?? ''
    const reads = globalReads(text.split('\n')[line.line - 1] ?? '', text)
    const names = reads.filter(name => !facts.record.injectedGlobals.includes(name))
    return names.length === 0 ? [] : [{ ...line, names }]
  })
  const [hottest] = hot
  if (hottest === undefined) return []
  const costMs = sum(hot, ({ selfMs }) => selfMs)
  const names = [...new Set(hot.flatMap(line => line.names))].toSorted()
  const lines = listed(hot.map(line => `${place(line)} (${duration(line.selfMs)})`))
  const timesOfFiles = rollups(
    hot,
    ofFile => sum(ofFile, ({ selfMs }) => selfMs),
    ({ file }) => file,
  )
  return [
    {
      id: 'sandbox-globals',
      // The lines' time includes whatever else they do.
      confidence: 'medium',
      title: `Hot lines read ${names.join(', ')} through Jest's sandbox`,
      evidence:
        `At most ${duration(costMs)}: the self time of lines that read such a global, ${lines}. ` +
        'In the sandbox a read takes about 0.2 µs, a hundred times as long as outside.',
      remedy: remedyFor(names),
      costMs,
      position: { file: hottest.file, line: hottest.line, column: 1 },
      shares: { modules: new Map(timesOfFiles) },
    },
  ]
}

function remedyFor(names: readonly string[]): string {
  const injectable = names.filter(name => !NOT_INJECTABLE.has(name)).map(name => `"${name}"`)
  const store = 'Store what a loop needs in a constant before it, as in `const { sqrt } = Math`'
  if (injectable.length === 0) return `${store}.`
  return `${store}; or set \`sandboxInjectedGlobals: [${injectable.join(', ')}]\` in the Jest config, for CommonJS modules.`
}
