// Hot lines that read globals: in Jest every such read goes through the sandbox.

import { rollup, sum } from 'd3-array'
import { isOwnCode } from '../../profile/own-code.js'
import type { LineReport } from '../../report/code-reports.js'
import { relativeTo } from '../../report/relative-path.js'
import { duration } from '../../report/views/figures.js'
import { byFileBelow } from '../evidence/files.js'
import { place } from '../evidence/places.js'
import { type Facts, type FindingDraft, listed } from '../rule.js'

const LEAST_MS = 50
/** Jest refuses to inject falsy values. */
const NOT_INJECTABLE: ReadonlySet<string> = new Set(['NaN'])

interface HotLine extends LineReport {
  readonly names: readonly string[]
}

type LineFacts = Pick<Facts, 'readSource'> & {
  readonly report: Pick<Facts['report'], 'lines'>
  readonly record: Pick<Facts['record'], 'injectedGlobals'>
}

/** Names that `sandboxInjectedGlobals` may have, of the globals that hot lines read. */
export function injectableGlobals(facts: LineFacts): string[] {
  const names = new Set(hotLines(facts).flatMap(line => line.names))
  return [...names].filter(name => !NOT_INJECTABLE.has(name)).toSorted()
}

function hotLines({ report, record, readSource }: LineFacts): HotLine[] {
  return report.lines.flatMap((line): HotLine[] => {
    if (line.selfMs < LEAST_MS || !isOwnCode(line)) return []
    const text = readSource(line.file) ?? ''
    const reads = globalReads(text.split('\n')[line.line - 1] ?? '', text)
    const names = reads.filter(name => !record.injectedGlobals.includes(name))
    return names.length === 0 ? [] : [{ ...line, names }]
  })
}

export function sandboxGlobals(facts: Facts): FindingDraft[] {
  const hot = hotLines(facts)
  const [hottest] = hot
  if (hottest === undefined) return []
  const costMs = sum(hot, ({ selfMs }) => selfMs)
  const names = [...new Set(hot.flatMap(line => line.names))].toSorted()
  const lines = listed(hot.map(line => `${place(line)} (${duration(line.selfMs)})`))
  const toRelative = relativeTo(facts.report.run.displayRoot)
  const timesByPath = rollup(
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
      savings: { files: byFileBelow(facts.profile, ({ file }) => timesByPath.has(toRelative(file))) },
      position: { file: hottest.file, line: hottest.line, column: 1 },
      shares: { modules: new Map(timesByPath) },
    },
  ]
}

function remedyFor(names: readonly string[]): string {
  const injectable = names.filter(name => !NOT_INJECTABLE.has(name)).map(name => `"${name}"`)
  const store = 'Store what a loop needs in a constant before it, as in `const { sqrt } = Math`'
  if (injectable.length === 0) return `${store}.`
  return `${store}; or set \`sandboxInjectedGlobals: [${injectable.join(', ')}]\` in the Jest config, for CommonJS modules.`
}

// Milliseconds for 3 million reads in Jest 30.5 on Node 20: Math.sqrt 881, Infinity 851, NaN 870, globalThis 851,
// Array.isArray 831, Object.is 851, Number.isInteger 885, isNaN 582, parseInt 617, Symbol.iterator 589, Boolean() 570,
// Number() 618, instanceof Error 625, Date 618, BigInt 602, typeof window 692; undefined 6, a constant 5. Node 22 to 26
// take 500 to 800, Jest 29 some 450, jsdom 240 to 400, ES modules the same; injected, Math.sqrt takes 19, Infinity 6.
//
// V8 books the work of built-ins such as JSON.parse or `new Set` to the line that calls them, so lines with these prove
// nothing. Neither does Date.now: a loop that calls it waits for time to pass.

/** Uses that do almost no work. */
const CHEAP_USES: readonly string[] = [
  String.raw`(?<name>Math|Symbol)\.\w+`,
  String.raw`(?<name>Number)(?:\.\w+|\()`,
  String.raw`(?<name>Boolean|isNaN|isFinite|parseInt|parseFloat|BigInt)\(`,
  String.raw`(?<name>Array)\.isArray\(`,
  String.raw`(?<name>Object)\.(?:is|hasOwn)\(`,
  String.raw`(?<name>Infinity|NaN|globalThis)\b`,
  String.raw`(?<=\binstanceof\s)(?<name>Error|Array|Date|Map|Set|RegExp|Promise|Object)\b`,
]

/** Not part of a longer name, and not a property: a dot before it must belong to a spread. */
const FREE = String.raw`(?<![\w$#]|(?<!\.\.)\.)`
const USES = CHEAP_USES.map(use => new RegExp(FREE + use, 'g'))

/** Methods whose work may be the cost, also as prefixes of longer names. */
const HEAVY_METHODS = `sort toSorted reverse toReversed splice slice concat join flat fill copyWithin subarray
  shift unshift indexOf lastIndexOf includes find at keys values entries get set has add delete match replace split
  search test exec repeat pad trim substr startsWith endsWith normalize locale to from of parse stringify`

/** Calls of these methods and of expensive globals, and code that creates or spreads objects. */
const HEAVY = new RegExp(
  [
    String.raw`\bnew\b|\.{3}|\*\*|\b(?:JSON|Reflect|Promise|String)\b`,
    String.raw`\bObject\.(?!is\b|hasOwn\b)|\bArray\.(?!isArray\b)`,
    String.raw`\.(?:${HEAVY_METHODS.split(/\s+/).join('|')})(?:[A-Z]\w*)?\(`,
  ].join('|'),
)

/** Names in alphabetical order. `file`: the whole text, which may declare a variable of that name. */
export function globalReads(line: string, file: string): string[] {
  const code = withoutText(line)
  if (HEAVY.test(code)) return []
  const names = USES.flatMap(use => [...code.matchAll(use)].map(match => match.groups?.name ?? ''))
  return [...new Set(names)].filter(name => !declares(file, name)).toSorted()
}

/** Without comments and strings. Templates with expressions stay as they are. */
function withoutText(line: string): string {
  if (/^\s*(?:\*|\/\*)/.test(line)) return ''
  return line
    .replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`$]*`/g, "''")
    .replace(/\/\/.*$/, '')
    .replace(/\/\*.*?\*\//g, '')
}

function declares(file: string, name: string): boolean {
  const declaration = new RegExp(
    String.raw`\b(?:(?:const|let|var)\s+(?:${name}\b|\{[^}=]*\b${name}\b[^}=]*\}\s*=)|(?:function|class)\s+${name}\b|` +
      String.raw`import\s[^'"]*\b${name}\b[^'"]*\bfrom\b)`,
  )
  return declaration.test(file)
}
