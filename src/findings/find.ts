// Facts of a run → findings, the most expensive first.

import { resolve } from 'node:path'
import type { Profile } from '../profile/profile.js'
import type { RunRecord } from '../report/record/run-record.js'
import type { CommandReport, Finding, Report } from '../report/report.js'
import { roundMs } from '../report/rounding.js'
import { sourceTexts } from '../resolve/source-texts.js'
import { withCallLines } from './evidence/call-lines.js'
import { callSiteFinder, moduleReader } from './evidence/call-sites.js'
import { withoutOverlaps } from './overlaps.js'
import { type Facts, type FindingDraft, leastCostMs, type Rule } from './rule.js'
import { barrels } from './rules/barrels.js'
import { cacheNeverWarms } from './rules/cache-never-warms.js'
import { coldCache } from './rules/cold-cache.js'
import { COMMAND_FINDINGS, commandParts } from './rules/command-parts.js'
import { costlyCalls } from './rules/costly-calls.js'
import { coverageCost } from './rules/coverage-cost.js'
import { dominantHook } from './rules/dominant-hook.js'
import { failingModules } from './rules/failing-modules.js'
import { garbageCollection } from './rules/garbage-collection.js'
import { leakedWork } from './rules/leaked-work.js'
import { longPole } from './rules/long-pole.js'
import { moreWorkersThanCores } from './rules/more-workers-than-cores.js'
import { openHandleDetection } from './rules/open-handle-detection.js'
import { polling } from './rules/polling.js'
import { realTimers } from './rules/real-timers.js'
import { sandboxGlobals } from './rules/sandbox-globals.js'
import { serialAwaits } from './rules/serial-awaits.js'
import { setUpMatchers } from './rules/set-up-matchers.js'
import { timedOutWaits } from './rules/timed-out-waits.js'
import { tsJestTypeCheck } from './rules/ts-jest-type-check.js'
import { unusedJsdom } from './rules/unused-jsdom.js'
import { workerRestarts } from './rules/worker-restarts.js'

const RULES: readonly Rule[] = [
  barrels,
  cacheNeverWarms,
  coldCache,
  ({ report }) => commandParts(report),
  costlyCalls,
  coverageCost,
  dominantHook,
  failingModules,
  garbageCollection,
  leakedWork,
  longPole,
  moreWorkersThanCores,
  openHandleDetection,
  polling,
  realTimers,
  sandboxGlobals,
  serialAwaits,
  setUpMatchers,
  timedOutWaits,
  tsJestTypeCheck,
  unusedJsdom,
  workerRestarts,
]

/** The same report with its findings. Rules read sources if they still exist. */
export function withFindings(report: Report, profile: Profile, record: RunRecord): Report {
  const textOf = sourceTexts()
  const readSource = (path: string) => textOf(resolve(report.run.displayRoot, path))
  const bodyOf = moduleReader(readSource)
  const known = { ...report, calls: withCallLines(report.calls, bodyOf) }
  const callSiteOf = callSiteFinder(bodyOf)
  return { ...known, findings: findFindings({ report: known, profile, record, readSource, callSiteOf }) }
}

export function findFindings(facts: Facts): Finding[] {
  const least = leastCostMs(facts.report)
  const found = RULES.flatMap(rule => rule(facts)).filter(({ costMs }) => costMs >= least)
  return finished(withoutOverlaps(found, facts, least), facts.report)
}

/** The same report with the times of its command, and the findings that follow from them. */
export function withCommand(report: Report, command: CommandReport): Report {
  const known = { ...report, command }
  const others = report.findings.filter(({ id }) => !COMMAND_FINDINGS.has(id))
  return { ...known, findings: costliestFirst([...others, ...finished(commandParts(known), known)]) }
}

function finished(found: readonly FindingDraft[], report: Report): Finding[] {
  const findings = found.map((entry): Finding => {
    const share = entry.costMs / Math.max(1, report.totals.fileWallMs)
    const severity = share >= 0.1 ? 'high' : share >= 0.03 ? 'medium' : 'low'
    return { position: null, ...entry, costMs: roundMs(entry.costMs), severity }
  })
  return costliestFirst(findings)
}

function costliestFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => b.costMs - a.costMs || (a.id < b.id ? -1 : 1))
}
