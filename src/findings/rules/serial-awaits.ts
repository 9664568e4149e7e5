// Requests, files and processes that a loop awaits one after another. The source must show the loop: by its figures
// alone, work that starts at once and ends at different times would look the same.

import { group, max, sum } from 'd3-array'
import { at } from '../../profile/columns.js'
import type { WaitKind } from '../../recording/wait-kinds.js'
import type { CallReport } from '../../report/code-reports.js'
import { count, duration } from '../../report/views/figures.js'
import { firstLineOf } from '../evidence/call-sites.js'
import { areIterationsLinked, isForEach, iterationsOf } from '../evidence/loops.js'
import { type OwnWait, ownWaits, summedTimes, type WaitPart } from '../evidence/own-waits.js'
import { place, positionOf } from '../evidence/places.js'
import type { Facts, FindingDraft } from '../rule.js'
import type { SyntaxNode } from '../syntax.js'

const KINDS: ReadonlySet<WaitKind> = new Set([
  'HTTP request',
  'socket',
  'child process',
  'file system',
  'DNS',
  'worker',
])
/** The number of waits of one test, and their total time. */
const FEWEST_WAITS = 3
const LEAST_MS = 100

interface LoopedAwait {
  readonly call: CallReport
  /** The line that the loop starts on. */
  readonly loop: number
  readonly iterations: number | undefined
}

interface AwaitSeries extends LoopedAwait {
  readonly wait: OwnWait
  /** Parts long enough to be reported. */
  readonly parts: readonly WaitPart[]
}

export function serialAwaits(facts: Facts): FindingDraft[] {
  const found = ownWaits(facts).flatMap((wait): AwaitSeries[] => {
    const parts = wait.parts.filter(
      part => part.ofTest && part.count >= FEWEST_WAITS && part.totalMs >= LEAST_MS,
    )
    const awaited = KINDS.has(wait.kind) && parts.length > 0 ? awaitInLoop(facts, wait) : undefined
    return awaited === undefined ? [] : [{ ...awaited, wait, parts }]
  })
  return Array.from(group(found, ({ call }) => place(call)).values(), toFound)
}

/** The innermost call that is awaited once per iteration; undefined if there is none, or iterations depend on each other. */
function awaitInLoop(facts: Facts, { calls }: OwnWait): LoopedAwait | undefined {
  for (const call of calls) {
    const { loops, onLine } = facts.callSiteOf(call) ?? { loops: [], onLine: [] }
    const loop = loops.find(isForEach)
    if (loop === undefined || !onLine.some(node => isAwaitInBody(node, loop))) continue
    // `Promise.all` and similar methods await several things at once.
    if (onLine.some(({ type, name }) => type === 'Identifier' && name === 'Promise')) continue
    const iterations = iterationsOf(loop)
    const isTooShort = (iterations ?? FEWEST_WAITS) < FEWEST_WAITS
    return isTooShort || areIterationsLinked(loop) ? undefined : { call, loop: firstLineOf(loop), iterations }
  }
  return undefined
}

function isAwaitInBody({ type, start, end }: SyntaxNode, loop: SyntaxNode): boolean {
  const body = loop.body as SyntaxNode
  return type === 'AwaitExpression' && start >= body.start && end <= body.end
}

/** Milliseconds that would remain if each test awaited everything at once: as long as the longest await takes. */
function leastMs({ iterations, parts }: AwaitSeries): number {
  return sum(parts, ({ count, totalMs, longestMs }) =>
    // One await may be many waits, such as for the output of a process, chunk by chunk.
    Math.min(totalMs, Math.max(longestMs, totalMs / (iterations ?? count))),
  )
}

function toFound(series: readonly AwaitSeries[]): FindingDraft {
  const { call, loop, iterations } = at(series, 0)
  const parts = series.flatMap(entry => entry.parts)
  const totalMs = sum(parts, part => part.totalMs)
  const longestMs = max(parts, part => part.longestMs) ?? 0
  const kinds = [...new Set(series.map(({ wait }) => wait.kind))].toSorted()
  const { inHooks, inFiles } = summedTimes(series.map(({ wait }) => wait))
  return {
    id: `serial-awaits:${place(call)}`,
    confidence: 'low',
    title: `Sequential awaits in a loop at ${place(call)}`,
    evidence:
      `${duration(totalMs)} of waiting (${kinds.join(', ')}) in ${count(parts.length, 'test')}, ` +
      `at most ${duration(longestMs)} at a time: the await on line ${call.line} is in the loop on line ${loop}` +
      `${iterations === undefined ? '' : `, which has ${iterations} iterations`}.`,
    remedy:
      'If iterations are independent, start all of them at once: ' +
      '`await Promise.all(items.map(async item => …))`.',
    costMs: totalMs - sum(series, leastMs),
    savings: { files: inFiles },
    position: positionOf(call),
    shares: { inHooks },
  }
}
