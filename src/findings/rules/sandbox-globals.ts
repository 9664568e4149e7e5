// Hot lines that read globals: in Jest each such read goes through the sandbox.

import { rollups, sum } from 'd3-array'
import { isOwnCode } from '../../profile/own-code.js'
import type { LineReport } from '../../report/code-reports.js'
import { duration } from '../../report/views/figures.js'
import { globalReads } from '../evidence/global-reads.js'
import { place } from '../evidence/places.js'
import type { Facts, FindingDraft } from '../rule.js'

const LEAST_MS = 50
/** Lines that are named. */
const SHOWN = 3
/** Jest refuses to inject what is falsy. */
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
  const lines = hot.slice(0, SHOWN).map(line => `${place(line)} (${duration(line.selfMs)})`)
  const timesOfFiles = rollups(
    hot,
    ofFile => sum(ofFile, ({ selfMs }) => selfMs),
    ({ file }) => file,
  )
  const more = hot.length > SHOWN ? ` and ${hot.length - SHOWN} more` : ''
  return [
    {
      id: 'sandbox-globals',
      // What else these lines do is in their time too.
      confidence: 'medium',
      title: `Hot lines read ${names.join(', ')} through Jest's sandbox`,
      evidence:
        `At most ${duration(costMs)}: the self time of lines that read such a global, ${lines.join(', ')}${more}. ` +
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
  const take = 'Copy what the loop needs into a constant before it, as in `const { sqrt } = Math`'
  if (injectable.length === 0) return `${take}.`
  return `${take}; or set \`sandboxInjectedGlobals: [${injectable.join(', ')}]\` in the Jest config, for CommonJS modules.`
}
