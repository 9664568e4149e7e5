// Test files that build a jsdom environment and never touch it: no sample of jsdom elsewhere, and nothing in what they
// load that names it.

import { sum } from 'd3-array'
import { at } from '../../profile/columns.js'
import { byDescending } from '../../profile/order.js'
import { isUserCode } from '../../profile/own-code.js'
import { fileKey } from '../../profile/paths.js'
import { type Microseconds, type Phase, type Profile, samplesOf, TIMES } from '../../profile/profile.js'
import { relativeTo } from '../../report/relative-path.js'
import { count, duration } from '../../report/views/figures.js'
import { domUse } from '../evidence/dom-use.js'
import type { Facts, FindingDraft } from '../rule.js'

/** Files that are named. */
const SHOWN = 3

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
  const names = unused.slice(0, SHOWN).map(({ path, ms }) => `${path} (${duration(ms)})`)
  const more = unused.length > SHOWN ? ` and ${unused.length - SHOWN} more` : ''
  return {
    id: 'unused-jsdom',
    confidence: 'medium',
    title:
      unused.length === 1
        ? '1 test file sets up jsdom but never uses it'
        : `${count(unused.length, 'test file')} set up jsdom but never use it`,
    evidence:
      `Building and closing jsdom took ${duration(costMs)} for ${names.join(', ')}${more}. It did nothing in ` +
      'between, and nothing that these files load, except DOM matchers, mentions `document`, `window` or the like.',
    remedy:
      'Write `/** @jest-environment node */` at the top of these files, or give them a project of their own with ' +
      "`testEnvironment: 'node'`.",
    costMs,
    position: costliest === undefined ? null : { file: costliest.path, line: 1, column: 1 },
  }
}

interface JsdomTime {
  /** With all that it called, while the environment was built and torn down. */
  environment: Microseconds
  /** Whether it was seen at any other time, in calls of the project or of a package. */
  usedElsewhere: boolean
}

const OF_ENVIRONMENT: ReadonlySet<Phase> = new Set(['environment', 'teardown'])

/** What jsdom did for each test file, by the samples. By `fileKey`; files without a sample of jsdom are left out. */
function jsdomTimes(profile: Profile): Map<string, JsdomTime> {
  const { frames, stacks, scopes } = profile
  const samples = samplesOf(profile, TIMES.cpu)
  const isJsdom: boolean[] = []
  // Jest's own timers are jsdom's too, and a document ends to load by itself when Jest is busy already.
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
