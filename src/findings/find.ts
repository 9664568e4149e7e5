// Facts of a run → findings, those first that save the most.

import { resolve } from 'node:path'
import { sum } from 'd3-array'
import type { Profile } from '../profile/profile.js'
import type { RunRecord } from '../report/record/run-record.js'
import type { CommandReport, Finding, Report, WallSavings } from '../report/report.js'
import { roundMs } from '../report/rounding.js'
import { isAboutTime } from '../report/views/savings.js'
import { sourceTexts } from '../resolve/source-texts.js'
import { withCallLines } from './evidence/call-lines.js'
import { callSiteFinder, moduleReader } from './evidence/call-sites.js'
import { finished, mostFirst } from './finish.js'
import { withoutOverlaps } from './overlaps.js'
import { withOwnTime } from './own-time.js'
import { type Facts, type FindingDraft, leastCostMs, type Rule } from './rule.js'
import { barrels } from './rules/barrels.js'
import { cacheNeverWarms } from './rules/cache-never-warms.js'
import { coldCache } from './rules/cold-cache.js'
import { COMMAND_FINDINGS, commandParts } from './rules/command-parts.js'
import { costlyCalls } from './rules/costly-calls.js'
import { coverageCost } from './rules/coverage-cost.js'
import { dominantHook } from './rules/dominant-hook.js'
import { environmentWaits } from './rules/environment-waits.js'
import { externalWaits } from './rules/external-waits.js'
import { failingModules } from './rules/failing-modules.js'
import { fixedCosts } from './rules/fixed-costs.js'
import { garbageCollection } from './rules/garbage-collection.js'
import { heapLimit } from './rules/heap-limit.js'
import { heavyAllocations } from './rules/heavy-allocations.js'
import { heavyImports } from './rules/heavy-imports.js'
import { jestExtensions } from './rules/jest-extensions.js'
import { keptSandboxes } from './rules/kept-sandboxes.js'
import { leakedWork } from './rules/leaked-work.js'
import { longPole } from './rules/long-pole.js'
import { manyRows } from './rules/many-rows.js'
import { moreWorkersThanCores } from './rules/more-workers-than-cores.js'
import { openHandleDetection } from './rules/open-handle-detection.js'
import { packageCopies } from './rules/package-copies.js'
import { polling } from './rules/polling.js'
import { promiseHooks } from './rules/promise-hooks.js'
import { realTimers } from './rules/real-timers.js'
import { reloadedModules } from './rules/reloaded-modules.js'
import { sandboxGlobals } from './rules/sandbox-globals.js'
import { serialAwaits } from './rules/serial-awaits.js'
import { setUpImports } from './rules/set-up-imports.js'
import { nearTimeLimits, timedOutTests } from './rules/time-limits.js'
import { timedOutWaits } from './rules/timed-out-waits.js'
import { tsJestTypeCheck } from './rules/ts-jest-type-check.js'
import { unusedJsdom } from './rules/unused-jsdom.js'
import { workerRestarts } from './rules/worker-restarts.js'
import { EMPTY_SCHEDULE, RecordedSchedule } from './savings.js'

const RULES: readonly Rule[] = [
  barrels,
  cacheNeverWarms,
  coldCache,
  ({ report }) => commandParts(report),
  costlyCalls,
  coverageCost,
  dominantHook,
  environmentWaits,
  externalWaits,
  failingModules,
  fixedCosts,
  garbageCollection,
  heapLimit,
  heavyAllocations,
  heavyImports,
  jestExtensions,
  keptSandboxes,
  leakedWork,
  longPole,
  manyRows,
  moreWorkersThanCores,
  nearTimeLimits,
  openHandleDetection,
  packageCopies,
  polling,
  promiseHooks,
  realTimers,
  reloadedModules,
  sandboxGlobals,
  serialAwaits,
  setUpImports,
  timedOutTests,
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
  return { ...known, ...findFindings({ report: known, profile, record, readSource, bodyOf, callSiteOf }) }
}

export function findFindings(facts: Facts): FoundInRun {
  const least = leastCostMs(facts.report)
  const drafts = RULES.flatMap(rule => rule(facts))
  // Others have no time to share.
  const others = drafts.filter(draft => !isAboutTime(draft))
  const ofTime = drafts.filter(draft => isAboutTime(draft) && draft.costMs >= least)
  const { report, record } = facts
  const rest = withoutOverlaps(ofTime, facts, least)
    .map(draft => withOwnTime(draft, report))
    .filter(({ costMs }) => costMs >= least)
  const schedule = new RecordedSchedule(record, report.run)
  return {
    caveats: [...report.caveats, ...rest.filter(isCaveat).map(caveatText)],
    ...finished([...others, ...rest.filter(draft => !isCaveat(draft))], { report, schedule }),
  }
}

/** The same report with the times of its command and what kept its process alive, and the findings that follow from them. */
export function withCommand(
  report: Report,
  { command, openHandles }: { command: CommandReport; openHandles: Report['openHandles'] },
): Report {
  const known = { ...report, command, openHandles }
  const before = report.findings.filter(({ id }) => COMMAND_FINDINGS.has(id))
  const others = report.findings.filter(finding => !before.includes(finding))
  const now = finished(commandParts(known), { report: known, schedule: EMPTY_SCHEDULE })
  const sumOf = (key: keyof WallSavings, findings: readonly Finding[]) =>
    sum(findings, ({ savesWallMs }) => savesWallMs?.[key] ?? 0)
  const together = (key: keyof WallSavings) =>
    roundMs((report.savesWallMs?.[key] ?? 0) - sumOf(key, before) + sumOf(key, now.findings))
  return {
    ...known,
    findings: mostFirst([...others, ...now.findings]),
    savesWallMs: report.savesWallMs && { low: together('low'), high: together('high') },
  }
}

type FoundInRun = Pick<Report, 'caveats' | 'findings' | 'savesWallMs'>

/** A cold cache is no fault of the suite. Findings leave its time to it all the same. */
function isCaveat({ id }: FindingDraft): boolean {
  return id === 'cold-cache'
}

function caveatText({ title, evidence, remedy }: FindingDraft): string {
  return `${title}: ${evidence} ${remedy}`
}
