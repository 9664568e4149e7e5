// Test files that set up jsdom but never use it: jsdom has no samples elsewhere, and no loaded module mentions the DOM.

import { sum } from 'd3-array'
import { at } from '../../profile/columns.js'
import { byDescending } from '../../profile/order.js'
import { isUserCode } from '../../profile/own-code.js'
import { fileKey } from '../../profile/paths.js'
import { type Microseconds, type Phase, type Profile, samplesOf, TIMES } from '../../profile/profile.js'
import { relativeTo } from '../../report/relative-path.js'
import { count, duration } from '../../report/views/figures.js'
import { domUse } from '../evidence/dom-use.js'
import { type Facts, type FindingDraft, listed } from '../rule.js'

export function unusedJsdom(facts: Facts): FindingDraft[] {
  const { report, record, profile } = facts
  const times = jsdomTimes(profile)
  const candidates = record.files.flatMap(({ projectId, path }) => {
    const time = times.get(fileKey({ project: projectId, file: path }))
    const isUnused = time !== undefined && time.environment > 0 && !time.usedElsewhere
    return isUnused ? { path, ms: time.environment / 1000 } : []
  })
  if (candidates.length === 0) return []
  const usesDom = domUse(facts)
  const toRelative = relativeTo(report.run.displayRoot)
  const unused = candidates
    .filter(({ path }) => usesDom(path) === false)
    .map(({ path, ms }) => ({ path: toRelative(path), ms }))
    .toSorted(byDescending('ms', ({ path }) => path))
  return unused.length === 0 ? [] : [toFound(unused)]
}

function toFound(unused: readonly { path: string; ms: number }[]): FindingDraft {
  const [costliest] = unused
  const costMs = sum(unused, ({ ms }) => ms)
  const names = listed(unused.map(({ path, ms }) => `${path} (${duration(ms)})`))
  return {
    id: 'unused-jsdom',
    confidence: 'medium',
    title:
      unused.length === 1
        ? '1 test file sets up jsdom but never uses it'
        : `${count(unused.length, 'test file')} set up jsdom but never use it`,
    evidence:
      `Building and closing jsdom took ${duration(costMs)} for ${names}. It did nothing in ` +
      'between, and no module that these files load, except DOM matchers, mentions `document`, `window` or similar names.',
    remedy:
      'Write `/** @jest-environment node */` at the top of these files, or move them to a separate project with ' +
      "`testEnvironment: 'node'`.",
    costMs,
    position: costliest === undefined ? null : { file: costliest.path, line: 1, column: 1 },
  }
}

interface JsdomTime {
  /** Time of jsdom and its callees while the environment was built and torn down. */
  environment: Microseconds
  /** Whether the project or a package called it at any other time. */
  usedElsewhere: boolean
}

const OF_ENVIRONMENT: ReadonlySet<Phase> = new Set(['environment', 'teardown'])

/** By `fileKey`, for test files with samples of jsdom. */
function jsdomTimes(profile: Profile): Map<string, JsdomTime> {
  const { frames, stacks, scopes } = profile
  const samples = samplesOf(profile, TIMES.cpu)
  const isJsdom: boolean[] = []
  // Jest's own timers are those of jsdom, and a document may finish loading while Jest is already busy.
  const isUsers: boolean[] = []
  stacks.frame.forEach((frame, stack) => {
    const caller = at(stacks.caller, stack)
    const { package: name, category } = at(frames, frame)
    const isWithin = caller >= 0 && at(isJsdom, caller)
    isJsdom.push(isWithin || name === 'jsdom')
    isUsers.push((caller >= 0 && at(isUsers, caller)) || (!at(isJsdom, stack) && isUserCode({ category })))
  })
  const times = new Map<string, JsdomTime>()
  samples.stack.forEach((stack, row) => {
    if (!at(isJsdom, stack)) return
    const scope = at(scopes, at(samples.scope, row))
    const key = fileKey(scope)
    const time = times.get(key) ?? { environment: 0, usedElsewhere: false }
    times.set(key, time)
    if (OF_ENVIRONMENT.has(scope.phase)) time.environment += at(samples.weight, row)
    else time.usedElsewhere ||= at(isUsers, stack)
  })
  return times
}
