// Test files that build a jsdom environment and never touch it: no sample of jsdom elsewhere, and nothing in what they
// load that names it.

import { sum } from 'd3-array'
import { byDescending } from '../../profile/order.js'
import { fileKey } from '../../profile/paths.js'
import { relativeTo } from '../../report/relative-path.js'
import { count, duration } from '../../report/views/figures.js'
import { domUse } from '../evidence/dom-use.js'
import { type JsdomTime, jsdomTimes } from '../evidence/jsdom-times.js'
import type { Facts, FindingDraft } from '../rule.js'

/** Files that are named. */
const SHOWN = 3

interface Unused {
  readonly path: string
  readonly ms: number
}

export function unusedJsdom(facts: Facts): FindingDraft[] {
  const { report, records } = facts
  const times = jsdomTimes(facts.profile)
  const isUnused = (time: JsdomTime | undefined): time is JsdomTime =>
    time !== undefined && time.environment > 0 && !time.usedElsewhere
  const candidates = records.flatMap(({ projectId, path }) => {
    const time = times.get(fileKey({ project: projectId, file: path }))
    return isUnused(time) ? { path, ms: time.environment / 1000 } : []
  })
  if (candidates.length === 0) return []
  const usesDom = domUse(facts)
  const toRelative = relativeTo(report.run.displayRoot)
  const unused = candidates
    .filter(({ path }) => usesDom(path) === false)
    .map(({ path, ms }) => ({ path: toRelative(path), ms }))
    .toSorted(byDescending<Unused>('ms', ({ path }) => path))
  return unused.length === 0 ? [] : [toFound(unused)]
}

function toFound(unused: readonly Unused[]): FindingDraft {
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
