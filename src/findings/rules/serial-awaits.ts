// Requests, files and processes that a loop awaits one after another. That they are in series is read from the source:
// figures alone look the same for what runs at once and ends at different times.

import { increase } from '../../profile/columns.js'
import type { WaitKind } from '../../recording/wait-kinds.js'
import type { CallReport } from '../../report/code-reports.js'
import { count, duration } from '../../report/views/figures.js'
import { firstLineOf } from '../evidence/call-sites.js'
import { areRoundsLinked, isForEach, roundsOf } from '../evidence/loops.js'
import { type OwnWait, ownWaits } from '../evidence/own-waits.js'
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
/** Waits of one test, and what they take together. */
const FEWEST_WAITS = 3
const LEAST_MS = 100

interface AwaitSeries {
  readonly call: CallReport
  readonly loop: number
  readonly rounds: number | undefined
  readonly kinds: Set<WaitKind>
  readonly inHooks: Map<string, number>
  totalMs: number
  longestMs: number
  /** What would be left if each test awaited all at once: as long as the longest takes. */
  leastMs: number
  tests: number
}

export function serialAwaits(facts: Facts): FindingDraft[] {
  const found = new Map<string, AwaitSeries>()
  for (const wait of ownWaits(facts)) {
    const parts = wait.parts.filter(
      part => part.ofTest && part.count >= FEWEST_WAITS && part.totalMs >= LEAST_MS,
    )
    const awaited = KINDS.has(wait.kind) && parts.length > 0 ? awaitInLoop(facts, wait) : undefined
    if (awaited === undefined) continue
    const sets = { kinds: new Set<WaitKind>(), inHooks: new Map<string, number>() }
    const zero = { ...sets, totalMs: 0, longestMs: 0, leastMs: 0, tests: 0 }
    const series = found.get(place(awaited.call)) ?? { ...awaited, ...zero }
    found.set(place(awaited.call), series)
    series.kinds.add(wait.kind)
    series.tests += parts.length
    for (const [hook, ms] of wait.inHooks) increase(series.inHooks, hook, ms)
    for (const part of parts) {
      series.totalMs += part.totalMs
      series.longestMs = Math.max(series.longestMs, part.longestMs)
      // One await may be many waits, as for a process whose output comes piece by piece.
      const meanMs = part.totalMs / (awaited.rounds ?? part.count)
      series.leastMs += Math.min(part.totalMs, Math.max(part.longestMs, meanMs))
    }
  }
  return [...found.values()].map(toFound)
}

/** The innermost call that is awaited in a loop over things, one at a time, of which none needs the one before it. */
function awaitInLoop(
  facts: Facts,
  { calls }: OwnWait,
): Pick<AwaitSeries, 'call' | 'loop' | 'rounds'> | undefined {
  for (const call of calls) {
    const { loops, onLine } = facts.callSiteOf(call) ?? { loops: [], onLine: [] }
    const loop = loops.find(isForEach)
    if (loop === undefined || !onLine.some(node => isAwaitInBody(node, loop))) continue
    // `Promise.all` and its like await several things at once.
    if (onLine.some(({ type, name }) => type === 'Identifier' && name === 'Promise')) continue
    const rounds = roundsOf(loop)
    const isTooShort = (rounds ?? FEWEST_WAITS) < FEWEST_WAITS
    return isTooShort || areRoundsLinked(loop) ? undefined : { call, loop: firstLineOf(loop), rounds }
  }
  return undefined
}

function isAwaitInBody({ type, start, end }: SyntaxNode, loop: SyntaxNode): boolean {
  const body = loop.body as SyntaxNode
  const isInBody = Number(start) >= Number(body.start) && Number(end) <= Number(body.end)
  return type === 'AwaitExpression' && isInBody
}

function toFound({
  call,
  loop,
  rounds,
  kinds,
  totalMs,
  longestMs,
  leastMs,
  tests,
  inHooks,
}: AwaitSeries): FindingDraft {
  return {
    id: `serial-awaits:${place(call)}`,
    confidence: 'low',
    title: `Sequential awaits in a loop at ${place(call)}`,
    evidence:
      `${duration(totalMs)} of waiting (${[...kinds].toSorted().join(', ')}) in ${count(tests, 'test')}, ` +
      `at most ${duration(longestMs)} at a time: the await of line ${call.line} is in the loop of line ${loop}` +
      `${rounds === undefined ? '' : `, which has ${rounds} rounds`}.`,
    remedy:
      'If iterations are independent, start all of them at once: ' +
      '`await Promise.all(items.map(async item => …))`.',
    costMs: totalMs - leastMs,
    position: positionOf(call),
    ...(inHooks.size === 0 ? {} : { shares: { inHooks } }),
  }
}
