// The cost of `--coverage` in workers: code is instrumented, counters count, and Jest copies all of them after each test
// file. Coverage reports, which Jest's own process writes, are not included.

import { sum } from 'd3-array'
import { coverageWork } from '../../jest/frames.js'
import type { Frame } from '../../profile/profile.js'
import { rankBy } from '../../profile/rank.js'
import { toMs } from '../../report/rounding.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { byFileBelow } from '../evidence/files.js'
import type { Facts, FindingDraft } from '../rule.js'

type CoveragePart = 'copying' | 'instrumenting' | 'counting' | 'v8'

const INSTRUMENTERS = new Set(['babel-plugin-istanbul', 'istanbul-lib-instrument'])
/**
 * The function that returns a module's counters, named by a hash of its path.
 * https://github.com/istanbuljs/istanbuljs/blob/main/packages/istanbul-lib-instrument/src/visitor.js
 */
const COUNTER = /^cov_[0-9a-z]{7,10}$/

export function coverageCost({ report, profile }: Facts): FindingDraft[] {
  const times = new Map(rankBy(profile, partOf).map(({ key, total }) => [key, toMs(total)]))
  // A function of the project may have such a name.
  if (!times.has('copying') && !times.has('instrumenting')) times.delete('counting')
  const costMs = sum(times.values())
  if (costMs === 0) return []
  const parts = Object.entries(WORDS).flatMap(([part, words]) => {
    const ms = times.get(part as CoveragePart) ?? 0
    return ms < 1 ? [] : [`${words} ${duration(ms)}`]
  })
  const files = sum(report.schedule.workers, worker => worker.files)
  const costOfFileMs = ((times.get('copying') ?? 0) + (times.get('counting') ?? 0)) / Math.max(1, files)
  const forCounters = costOfFileMs > V8_COST_OF_FILE_MS ? `${NARROW} ${V8}` : NARROW
  return [
    {
      id: 'coverage-cost',
      confidence: 'high',
      title: `Collecting coverage takes at least ${percent(costMs, report.totals.cpuMs)} of CPU time in workers`,
      evidence: `In ${count(files, 'test file')}: ${parts.join(', ')}.${times.has('v8') ? '' : ON_TOP}`,
      remedy: `${ONLY_WHERE_READ} ${times.has('v8') ? BABEL : forCounters}`,
      costMs,
      savings: { files: byFileBelow(profile, isCoverage) },
      shares: { transformMs: times.get('instrumenting') ?? 0 },
    },
  ]
}

export function isCoverage(frame: Frame): boolean {
  return partOf(frame) !== undefined
}

function partOf(frame: Frame): CoveragePart | undefined {
  const { name, package: owner } = frame
  if (COUNTER.test(name)) return 'counting'
  const ofRuntime = coverageWork(frame)
  if (ofRuntime !== undefined) return ofRuntime
  if (owner === 'collect-v8-coverage') return 'v8'
  return owner !== undefined && INSTRUMENTERS.has(owner) ? 'instrumenting' : undefined
}

const WORDS: Readonly<Record<CoveragePart, string>> = {
  copying: 'copying all counters after each test file',
  instrumenting: 'instrumenting code (cached until it changes)',
  // V8 inlines most of these calls, and books them to the function whose lines they count.
  counting: 'counters that V8 has not inlined',
  v8: 'starting, stopping and reading V8 coverage',
}

/** The cost that a profile cannot separate from the code itself. */
const ON_TOP =
  ' Compiling and running instrumented code also takes longer: that time is counted with the modules themselves.'
const ONLY_WHERE_READ =
  'Collect coverage only where its report is read, such as in one CI job: by `--coverage` there, and not by `collectCoverage` in the config.'
/**
 * CPU time without coverage, with babel, with v8, and with babel for one module only, on Node 20 with Jest 30 and a warm
 * cache: 1.2, 5.2, 3.0 and 1.5 s for 6 test files that each load 40 modules of 30 functions (Jest 29: 1.5, 5.3, 3.8 and
 * 1.5 s); 2.4, 2.8, 6.8 and 2.5 s for 24 test files that each load 4 modules of 8 functions.
 */
const BABEL =
  "Compare with `coverageProvider: 'babel'`: it has no fixed cost for each test file, and is cheaper where test files " +
  'load little of the covered code.'
const NARROW =
  'Exclude code that needs no coverage from `collectCoverageFrom`: it then gets no counters, and fewer are copied.'
const V8 = "Compare with `coverageProvider: 'v8'`, which has no counters to copy."
/** What v8 costs for each test file. Measured as above it was 180 ms or more, even with little code. */
const V8_COST_OF_FILE_MS = 300
