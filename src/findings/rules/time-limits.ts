// Tests and hooks that timed out, by what they waited for, and those that pass with little time to spare.

import { group } from 'd3-array'
import { at } from '../../profile/columns.js'
import type { HandleKind } from '../../recording/enums.js'
import type { Finding, Report } from '../../report/report.js'
import type { TimeLimitReport } from '../../report/time-limit-report.js'
import { count, duration } from '../../report/views/figures.js'
import { hookName, nameText } from '../../report/views/names.js'
import { madeAt } from '../../report/views/open-handles.js'
import { byPath } from '../evidence/files.js'
import { place, positionOf } from '../evidence/places.js'
import { type Facts, type FindingDraft, listed } from '../rule.js'

interface Reason {
  /** Stays the same from run to run. */
  readonly key: string
  /** After `timed out`. */
  readonly text: string
  readonly remedy: string
  readonly position?: Finding['position']
}

export function timedOutTests(facts: Facts): FindingDraft[] {
  const timedOut = facts.report.timeLimits.filter(limit => limit.timedOut)
  const reasons = timedOut.map(limit => ({ limit, reason: reasonFor(limit) }))
  return [...group(reasons, ({ reason }) => reason.key).values()].map(entries => {
    const { reason } = at(entries, 0)
    const limits = entries.map(({ limit }) => limit)
    return draft(facts, limits, {
      id: `timed-out:${reason.key}`,
      title: `${subject(limits)} timed out: ${reason.text}`,
      evidence: `${listed(limits.map(timesText))}.${doneText(limits)}${reason === COMPUTING ? othersText(limits, timedOut) : ''}`,
      remedy: reason.remedy,
      confidence: 'high',
      failures: { failed: limits.length, nearly: 0 },
      ...(reason.position === undefined ? {} : { position: reason.position }),
    })
  })
}

/** The share of its time limit in which a function had no core, or computed, that explains why the limit was exceeded. */
const MOST_OF_IT = 0.5

function reasonFor({ limitMs, cpuMs, readyMs, open, awaitsDone }: TimeLimitReport): Reason {
  if ((readyMs ?? 0) >= MOST_OF_IT * limitMs) return NO_CORE
  if ((cpuMs ?? 0) >= MOST_OF_IT * limitMs) return COMPUTING
  const pending = open?.flatMap(handle => {
    const call = madeAt(handle)
    return call === undefined ? [] : [{ kind: handle.kind, call }]
  })
  const [latest] = pending ?? []
  if (latest !== undefined) {
    const { kind, call } = latest
    return {
      key: place(call),
      text: `${kind} ${place(call)} was pending`,
      remedy: REMEDIES[kind] ?? OF_CONNECTIONS,
      position: positionOf(call),
    }
  }
  if (awaitsDone) return NOT_DONE
  if (open === null) return UNKNOWN
  const [unplaced] = open
  return unplaced === undefined ? NEVER_SETTLED : ofUnplaced(unplaced.kind)
}

const NO_CORE: Reason = {
  key: 'no core',
  text: 'for most of that time, no core was free',
  remedy:
    'Use fewer workers (`--maxWorkers`), or do less beside the tests. A longer time limit (`testTimeout`) hides it, at the price of slow runs.',
}
const COMPUTING: Reason = {
  key: 'computing',
  text: 'the time went into computing',
  remedy:
    'Make it faster: its own breakdown names the code. If it has to take that long, give it a longer limit, as the third argument of `test` or the second of a hook.',
}
const NOT_DONE: Reason = {
  key: 'done',
  text: '`done` was never called',
  remedy:
    'Call `done` on every path, with the error where there is one; or return a promise and remove the parameter.',
}
const NEVER_SETTLED: Reason = {
  key: 'promise',
  text: 'it awaits a promise that nothing settles',
  remedy:
    'Nothing that it started keeps the process alive: no timer, request, socket or child process. Look for an event that is not emitted, a mock that ' +
    'returns no value, or a promise whose `resolve` is not called. With fake timers, advance them.',
}
const UNKNOWN: Reason = {
  key: 'unknown',
  text: 'what it waited for was not recorded',
  remedy: 'Run it again with `--waits`, which names the line that started what it waits for.',
}

function ofUnplaced(kind: HandleKind): Reason {
  return {
    key: kind,
    text: `it awaits a ${kind} that its own code did not start`,
    remedy: REMEDIES[kind] ?? OF_CONNECTIONS,
  }
}

const OF_TIMERS =
  'If it only passes time, use fake timers. If it checks again and again, what it checks for did not happen. ' +
  'If it has to take that long, give it a longer limit, as the third argument of `test` or the second of a hook.'
const OF_CONNECTIONS =
  'Find out why there was no answer: a server that does not respond, or a host that tests cannot reach. Mock it, or give the call a ' +
  'time limit of its own that is shorter than the test’s, so that its error says what failed.'
const REMEDIES: Readonly<Partial<Record<HandleKind, string>>> = {
  timer: OF_TIMERS,
  interval: OF_TIMERS,
  'child process':
    'Find out why it does not end, for example because it waits for input, and end it in `afterEach`.',
}

export function nearTimeLimits(facts: Facts): FindingDraft[] {
  const near = facts.report.timeLimits.filter(limit => !limit.timedOut)
  if (near.length === 0) return []
  const isBusy = near.some(({ readyMs, lastedMs }) => (readyMs ?? 0) >= MOST_OF_IT * lastedMs)
  return [
    draft(facts, near, {
      id: 'near-time-limit',
      title: `${subject(near)} ${near.length === 1 ? 'passes' : 'pass'} with less than a fifth of ${near.length === 1 ? 'its' : 'their'} time limit to spare`,
      evidence: `${listed(near.map(timesText))}. On a slower or busier machine, they fail.`,
      remedy: `${isBusy ? 'Some had no core for most of their time: use fewer workers (`--maxWorkers`). ' : ''}Make them faster, or give them a longer limit: as the third argument of \`test\`, the second of a hook, or \`testTimeout\` for all.`,
      confidence: 'medium',
      failures: { failed: 0, nearly: near.length },
    }),
  ]
}

function draft(
  { report, record }: Facts,
  limits: readonly TimeLimitReport[],
  said: Omit<FindingDraft, 'costMs' | 'savings'>,
): FindingDraft {
  const files = byPath(
    { report, record },
    limits.map(({ file, lastedMs }) => [file, lastedMs]),
  )
  const position = said.position ?? definitionOf(at(limits, 0), report)
  return { ...said, position, costMs: 0, savings: { files } }
}

/** `“replies”`, `2 tests`, `2 tests and 1 hook`. */
function subject(limits: readonly TimeLimitReport[]): string {
  const [first] = limits
  if (first !== undefined && limits.length === 1) return nameOf(first)
  const hooks = limits.filter(({ hook }) => hook !== null).length
  const parts = [
    ...(limits.length > hooks ? [count(limits.length - hooks, 'test')] : []),
    ...(hooks > 0 ? [count(hooks, 'hook')] : []),
  ]
  return parts.join(' and ')
}

function nameOf({ test, hook, file }: TimeLimitReport): string {
  const ofTest = test === null ? '' : `“${nameText(test.name)}”`
  if (hook === null) return ofTest
  if (ofTest !== '') return `${hook.type} of ${ofTest}`
  return hook.describe.length === 0 ? `${hook.type} of ${file}` : hookName(hook)
}

/** `“replies” 5.00 s of 5.00 s (CPU 12 ms, no core 4.10 s)`. */
function timesText(limit: TimeLimitReport): string {
  const { lastedMs, limitMs, cpuMs, readyMs } = limit
  const parts = [
    ...(cpuMs === null ? [] : [`CPU ${duration(cpuMs)}`]),
    ...(readyMs === null ? [] : [`no core ${duration(readyMs)}`]),
  ]
  return `${nameOf(limit)} ${duration(lastedMs)} of ${duration(limitMs)}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`
}

function doneText(limits: readonly TimeLimitReport[]): string {
  const waiting = limits.filter(({ awaitsDone }) => awaitsDone)
  if (waiting.length === 0) return ''
  const where = limits.length === 1 ? '' : ` in ${waiting.length} of them`
  return ` \`done\` was never called${where}.`
}

/** Jest goes on while the code of a test that timed out still runs. */
function othersText(limits: readonly TimeLimitReport[], timedOut: readonly TimeLimitReport[]): string {
  const isOther = ({ file, project, test }: TimeLimitReport) =>
    limits.some(
      limit => limit.file === file && limit.project === project && limit.test?.index !== test?.index,
    )
  return timedOut.some(isOther)
    ? ' Code of another test of the file that timed out may have run in that time.'
    : ''
}

/** Where the test or hook is defined. */
function definitionOf(
  { test, hook, file, project }: TimeLimitReport,
  { files }: Report,
): Finding['position'] {
  if (hook !== null) return positionOf(hook)
  const found = files
    .find(known => known.path === file && known.project === project)
    ?.tests.find(({ index }) => index === test?.index)
  if (found === undefined) return null
  const { line, column, definedIn } = found
  return definedIn ?? positionOf({ file, line, column })
}
