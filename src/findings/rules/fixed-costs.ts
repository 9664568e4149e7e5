// What every test file pays before its first test, where most files hardly test anything.

import { median, sum } from 'd3-array'
import type { Phase } from '../../profile/profile.js'
import type { FileReport, PhaseTimes } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'
import { duration, percent } from '../../report/views/figures.js'
import { byPath } from '../evidence/files.js'
import { type Facts, type FindingDraft, listed } from '../rule.js'

/** Paid again by each file, whatever it tests. */
const FIXED: readonly Phase[] = ['environment', 'setupFiles', 'framework', 'setupFilesAfterEnv', 'teardown']
const TESTING: readonly Phase[] = ['hooks', 'tests']

/** Of a file's time: a file that tests for less hardly tests. */
const HARDLY_TESTS = 0.1
/** Such files, at least, also as a share of all; and the share of the time of all files that is their fixed cost. */
const FEWEST_FILES = 5
const LEAST_OF_FILES = 1 / 3
const LEAST_SHARE = 0.2

/** Milliseconds below which the fixed cost is normal. */
export function leastOfFixedCosts({ totals }: Pick<Report, 'totals'>): number {
  return LEAST_SHARE * totals.fileWallMs
}

/** A part of the fixed cost that is named. */
const LEAST_PART = 0.1

export function fixedCosts({ report, record }: Facts): FindingDraft[] {
  const files = report.files.filter(({ phases }) => phases !== null)
  const few = files.filter(file => timeOf(file, TESTING) < HARDLY_TESTS * file.wallMs)
  const costMs = sum(files, file => timeOf(file, FIXED))
  const isTypical = few.length >= Math.max(FEWEST_FILES, LEAST_OF_FILES * files.length)
  if (!isTypical || costMs < leastOfFixedCosts(report)) return []
  const eachMs = median(files, file => timeOf(file, FIXED)) ?? 0
  const parts = FIXED.map(phase => ({ phase, ms: sum(files, file => timeOf(file, [phase])) }))
    .filter(({ ms }) => ms >= LEAST_PART * costMs)
    .toSorted((a, b) => b.ms - a.ms)
  const named = parts.map(({ phase, ms }) => `${phase} ${duration(ms)} (${percent(ms, costMs)})`)
  return [
    {
      id: 'fixed-cost',
      // What joining files or another environment spares is known only after trying.
      confidence: 'low',
      title: `Each of ${files.length} test files pays ${duration(eachMs)} around its tests, and ${few.length} hardly test`,
      evidence:
        `${duration(costMs)}, ${percent(costMs, report.totals.fileWallMs)} of the time of all files, without waits: ${listed(named, FIXED.length)}. ` +
        `In ${few.length} files hooks and tests take less than a tenth of the time, ${duration(sum(few, file => timeOf(file, TESTING)))} together.`,
      remedy:
        `Join small test files on one subject: each file less spares some ${duration(eachMs)}, so half of it if all are joined in pairs. ` +
        remedyFor(parts.map(({ phase }) => phase)),
      costMs,
      savings: {
        files: byPath(
          { report, record },
          files.map(file => [file.path, timeOf(file, FIXED)]),
        ),
        share: SPARED_IN_PAIRS,
      },
    },
  ]
}

/** The share of the fixed cost that goes if files are joined in pairs. */
const SPARED_IN_PAIRS = 0.5

function timeOf({ phases }: Pick<FileReport, 'phases'>, named: readonly Phase[]): number {
  const times: Partial<Record<Phase, PhaseTimes>> = phases ?? {}
  // What an environment waits for has findings of its own, and joining files or another environment may not spare it.
  return sum(named, phase => (times[phase]?.wallMs ?? 0) - (times[phase]?.idleMs ?? 0))
}

function remedyFor([most]: readonly Phase[]): string {
  if (most === 'environment' || most === 'teardown')
    return 'Try a lighter `testEnvironment` for files that need no DOM (`node`), or need little of it (`happy-dom`).'
  if (most === 'setupFiles' || most === 'setupFilesAfterEnv')
    return 'Load less in set-up files: what few files use belongs into these files.'
  return 'What Jest itself loads for each file cannot be spared otherwise.'
}
