// Calls of the project's own code that dominate a run: a package's function, a matcher, the console. Loading of modules is the
// subject of other rules.

import { sum } from 'd3-array'
import { type CallKind, callsOf, type OutgoingCall } from '../../attribution/calls.js'
import { loadsModule } from '../../jest/frames.js'
import { at, getOrMake } from '../../profile/columns.js'
import { ANONYMOUS, RESUMED } from '../../profile/frame.js'
import { type Frame, NO_CALLER, type Profile, samplesOf, TIMES } from '../../profile/profile.js'
import { amountsByStack } from '../../profile/rank.js'
import type { CallRow } from '../../report/code-reports.js'
import { ownMs } from '../../report/views/busy-machine.js'
import { calleeKey, calleeName, namingCall } from '../../report/views/called-code.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { CALL_REMEDIES, type CallRemedy, EXPECTED_CALLS } from '../call-remedies.js'
import { MODULE_BODY } from '../evidence/call-sites.js'
import { byFileIn, isOfTests } from '../evidence/files.js'
import { testCaller } from '../evidence/test-callers.js'
import { type Facts, type FindingDraft, listed } from '../rule.js'
import { callsByHook, stacksOfCalls } from '../shared-time.js'
import { dominantHooks } from './dominant-hook.js'

/** Shares of CPU and blocked time: of what a remedy spares, of a call with a remedy in general, and of any other call. */
const LEAST_PART = 0.03
const LEAST_KNOWN = 0.05
const LEAST_OTHER = 0.1
/** Kinds of calls that something can be said about in general. */
const IN_GENERAL: ReadonlySet<CallKind> = new Set(['library', 'node', 'native'])
/** With fewer samples, the figure may be chance. */
const LEAST_SAMPLES = 20

export function costlyCalls(facts: Facts): FindingDraft[] {
  const { report, profile } = facts
  const { cpuMs, blockedMs } = report.totals
  const wholeMs = cpuMs + (blockedMs ?? 0)
  return groupsOf(report.calls).flatMap(calls => {
    const [first] = calls
    if (first === undefined || sum(calls, call => call.sampleCount) < LEAST_SAMPLES) return []
    const allMs = sum(calls, call => call.totalMs)
    // Most calls end here, before anything is looked up in all stacks.
    if (allMs < LEAST_KNOWN * wholeMs) return []
    // Modules that are loaded below a call are loaded once, however often it is made.
    const totalMs = allMs - loadedBelow(first, profile)
    const remedies = CALL_REMEDIES.filter(entry => fits(entry, first))
    const partOfCall = (entry: CallRemedy) => entry.part && partOf(entry.part, first, profile)
    // What spares only a small part is no advice; what is known of the whole call may be.
    const known = remedies.find(entry => (partOfCall(entry) ?? wholeMs) >= wholeMs * LEAST_PART)
    if (totalMs < wholeMs * (known === undefined ? LEAST_OTHER : LEAST_KNOWN)) return []
    if (known === undefined && (!IN_GENERAL.has(first.kind) || isExpected(first))) return []
    if (first.callee.function === ANONYMOUS || isUnexplained(namingCall(calls, first), known)) return []
    if (known === undefined && isPartOfHook(first, totalMs, facts)) return []
    const partMs = known && partOfCall(known)
    return [draftOf(calls, { first, totalMs, wholeMs, blockedMs, known, partMs, facts })]
  })
}

/** Of a call's time in a hook, at least; and of the hook's time, at most: then the hook is what there is to say. */
const MOST_OF_CALL = 0.8
const PART_OF_HOOK = 2 / 3

function isPartOfHook(call: CallRow, totalMs: number, facts: Facts): boolean {
  const times = callsByHook({ shares: { calls: positionsOf(call, facts.profile) } }, facts)
  return dominantHooks(facts.report).some(({ where, hook }) => {
    const inHook = times.get(where) ?? 0
    return inHook >= MOST_OF_CALL * totalMs && totalMs <= PART_OF_HOOK * ownMs(hook)
  })
}

/** Of the time of all calls, at least: then the most expensive caller is shown as the place. */
const LEAST_OF_PLACE = 0.2

/** Whether it is resumed work that no call of a test explains, or about which nothing is known: it may follow from any call. */
function isUnexplained({ callee }: CallRow, known: CallRemedy | undefined): boolean {
  return callee.function === RESUMED && (callee.writtenAs.length === 0 || known === undefined)
}

/** Calls of the same function, without `require`; the most expensive call first. */
function groupsOf(calls: readonly CallRow[]): CallRow[][] {
  const groups = new Map<string, CallRow[]>()
  for (const call of calls) {
    if (call.callee.function === 'require') continue
    getOrMake(groups, calleeKey(call), () => []).push(call)
  }
  return [...groups.values()]
}

function isExpected({ callee }: CallRow): boolean {
  return EXPECTED_CALLS.some(
    expected =>
      expected.package?.test(callee.package ?? '') === true &&
      [callee.function, ...callee.writtenAs].some(name => expected.function.test(name)),
  )
}

function fits({ kinds, package: owner, function: called }: CallRemedy, { kind, callee }: CallRow): boolean {
  const isOwners = owner === undefined || owner.test(callee.package ?? '')
  return (
    kinds.includes(kind) && isOwners && [callee.function, ...callee.writtenAs].some(name => called.test(name))
  )
}

interface MeasuredCall {
  readonly first: CallRow
  readonly totalMs: number
  readonly wholeMs: number
  readonly blockedMs: number | null
  readonly known: CallRemedy | undefined
  readonly partMs: number | undefined
  readonly facts: Facts
}

function draftOf(
  calls: readonly CallRow[],
  { first, totalMs, wholeMs, blockedMs, known, partMs, facts }: MeasuredCall,
): FindingDraft {
  const name = calleeName(namingCall(calls, first))
  const { caller, callee, kind } = first
  const [line = caller.line] = caller.lines
  const isNamed = calls.length === 1 && caller.function !== ANONYMOUS && caller.function !== MODULE_BODY
  const within = isNamed ? ` in \`${caller.function}\`` : ''
  const files = [...new Set(calls.map(call => call.caller.file))]
  const share = percent(totalMs, wholeMs)
  const { profile } = facts
  const shares = { calls: positionsOf(first, profile) }
  const test = testCaller(shares.calls, facts)
  const from = test === undefined ? '' : `, called from ${test}`
  const part = partMs === undefined ? '' : `, of it ${duration(partMs)} for ${known?.part?.does}`
  const spared = partMs === undefined ? '' : `, ${percent(partMs, wholeMs)} for ${known?.part?.does}`
  // One of many places is no place to look at.
  const isSpread = calls.length > 1 && first.totalMs < LEAST_OF_PLACE * totalMs
  const spread = isSpread ? `, in ${count(calls.length, 'function')} of ${count(files.length, 'file')}` : ''
  return {
    id: `costly-calls:${[kind, callee.package, callee.function].filter(text => text !== null).join(' ')}`,
    confidence: partMs === undefined ? 'low' : 'medium',
    title: `\`${name}\`${within} takes ${share} of ${whatRan(blockedMs)} time${spared}${spread}${from}`,
    evidence: `${duration(totalMs)} below the calls of ${count(calls.length, 'function')} in ${listed(files)}${part}.`,
    remedy:
      known?.remedy ??
      (isOfTests(caller.file, facts.report)
        ? 'See whether every test needs it: do it once in `beforeAll`, on a smaller input, or use a stub where it is not what the test is about.'
        : `Your code does it whenever it is called: keep the result between calls in ${caller.file}, give it less to do, or use a stub in tests that are not about it.`),
    ...(known?.patch === undefined ? {} : { patch: known.patch }),
    ...(known?.trial === undefined ? {} : { trial: known.trial.name }),
    costMs: partMs ?? totalMs,
    position: isSpread
      ? null
      : { file: caller.file, line, column: caller.lines.length > 0 ? 1 : caller.column },
    savings: { files: byFileIn(profile, stacksOfCalls({ shares }, profile)) },
    shares,
  }
}

function whatRan(blockedMs: number | null): string {
  return (blockedMs ?? 0) > 0 ? 'CPU and blocked' : 'CPU'
}

/** Milliseconds below such calls in the functions of the part, and in all that these call. */
function partOf(part: NonNullable<CallRemedy['part']>, call: CallRow, profile: Profile): number {
  const isPart = ({ name, package: owner = '' }: Frame) =>
    part.function.test(name) && part.package.test(owner)
  return timeOfPart(call, profile, isPart)
}

/** Milliseconds below such calls in these frames, and in all that these call. */
function timeOfPart(call: CallRow, profile: Profile, isMeant: (frame: Frame) => boolean): number {
  const { frames, stacks } = profile
  const { callOf } = callsOf(profile)
  const { weight } = amountsByStack(profile, samplesOf(profile, TIMES.cpu))
  const positions = positionsOf(call, profile)
  const isPart = frames.map(isMeant)
  const isWithin = new Uint8Array(stacks.frame.length)
  let total = 0
  for (let stack = 0; stack < stacks.frame.length; stack++) {
    const isIn = positions.has(callOf[stack] ?? NO_CALLER)
    const caller = at(stacks.caller, stack)
    // What is above the call is no part of it.
    const isBelow = isIn && caller !== NO_CALLER && isWithin[caller] === 1
    isWithin[stack] = isBelow || (isIn && isPart[at(stacks.frame, stack)] === true) ? 1 : 0
    if (isWithin[stack] === 1) total += at(weight, stack)
  }
  return total / 1000
}

/** Milliseconds of loading modules below such calls. */
function loadedBelow(call: CallRow, profile: Profile): number {
  return timeOfPart(call, profile, loadsModule)
}

/** The positions, in `callsOf`, of all calls of the same function. */
function positionsOf({ kind, callee }: CallRow, profile: Profile): ReadonlySet<number> {
  const isSame = ({ callee: other }: OutgoingCall) =>
    other.kind === kind && other.function === callee.function && (other.package ?? null) === callee.package
  return new Set(callsOf(profile).calls.flatMap((call, position) => (isSame(call) ? [position] : [])))
}
