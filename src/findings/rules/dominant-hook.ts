// Hooks that take a large share of the run.

import { group, max, sum } from 'd3-array'
import { at } from '../../profile/columns.js'
import { isOwnFile } from '../../profile/own-code.js'
import type { HookReport } from '../../report/account-reports.js'
import type { FindingId } from '../../report/finding-rules.js'
import type { Report } from '../../report/report.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { nameText } from '../../report/views/names.js'
import { hookPlace, place, positionOf } from '../evidence/places.js'
import type { Facts, FindingDraft } from '../rule.js'

/** A share of the files' time; or a share of the time of hooks and tests, and at least so many milliseconds. */
const LARGE_OF_FILES = 0.2
const LARGE_OF_TESTS = 0.5
const LARGE_MS = 200

const REMEDIES: Readonly<Record<HookReport['type'], string>> = {
  beforeEach: 'Set up in `beforeAll` what the tests only read, and in each test only what it needs.',
  beforeAll: 'Build less, or once for all files in `globalSetup` where they can share it.',
  afterEach: 'Clean up only what the test has changed, or once in `afterAll`.',
  afterAll: 'Close without waiting for what is no longer needed, or once for all files in `globalTeardown`.',
}

export function dominantHook({ report }: Facts): FindingDraft[] {
  return joinedHooks(report)
    .filter(({ hook }) => hook.wallMs >= leastOfHook(report))
    .map(({ id, hook }) => {
      const { type, describe, file, wallMs, cpuMs, idleMs } = hook
      const where = file === '' ? nameText(describe) || 'the top level' : place(hook)
      const waits = idleMs > wallMs / 2 ? 'Most of it is waiting: see the waits for the cause. ' : ''
      return {
        id,
        // It is unknown how much of it can be saved.
        confidence: 'medium',
        title: `The ${type} hook at ${where} dominates`,
        evidence:
          `It ran ${count(hook.count, 'time')} in ${count(hook.files, 'file')}: ${duration(wallMs)}, ` +
          `${percent(wallMs, report.totals.fileWallMs)} of the files' time; ` +
          `CPU ${duration(cpuMs)}, waiting ${duration(idleMs)}.`,
        remedy: waits + REMEDIES[type],
        costMs: wallMs,
        position: positionOf(hook),
      }
    })
}

/** Milliseconds below which a hook does not dominate. */
export function leastOfHook({ totals, phases }: Pick<Report, 'totals' | 'phases'>): number {
  const testing = phases.hooks.wallMs + phases.tests.wallMs
  return Math.min(LARGE_OF_FILES * totals.fileWallMs, Math.max(LARGE_MS, LARGE_OF_TESTS * testing))
}

/** Hooks of the project's own code, one for each place: `describe.each` makes several of one definition. */
function joinedHooks({ hooks }: Report): { id: FindingId; hook: HookReport }[] {
  const own = hooks.filter(({ file }) => file === '' || isOwnFile(file))
  return Array.from(group(own, hookPlace), ([where, same]) => {
    const hook = {
      ...at(same, 0),
      count: sum(same, ({ count }) => count),
      // Hooks of one `describe.each` are in the same file.
      files: max(same, ({ files }) => files) ?? 0,
      wallMs: sum(same, ({ wallMs }) => wallMs),
      cpuMs: sum(same, ({ cpuMs }) => cpuMs),
      idleMs: sum(same, ({ idleMs }) => idleMs),
    }
    return { id: `dominant-hook:${where}`, hook }
  })
}
