// The report's tests: Jest's results, joined with what was recorded.

import { attemptOf } from '../../attribution/allocations.js'
import type { Microseconds } from '../../profile/profile.js'
import { hasRun } from '../../recording/enums.js'
import type { FunctionReport } from '../code-reports.js'
import type { TestReport } from '../file-report.js'
import type { FileRecord } from '../record/run-record.js'
import type { ToRelative } from '../relative-path.js'
import { toMs } from '../rounding.js'
import { testIds } from '../views/ids.js'
import { findTestHooks } from './hook-reports.js'
import type { TestAttempt, TestNames } from './listed-tests.js'
import { attemptKey } from './owners.js'
import { toSampledTimes, UNKNOWN_TIMES } from './phase-reports.js'

interface TestReportSources {
  /** As in the report. */
  readonly identity: { readonly path: string; readonly project: string }
  readonly names: TestNames
  readonly hotspotsOf: (owner: string) => FunctionReport[]
  /** Milliseconds since the start of the run. */
  readonly startOf: (event: { start: Microseconds }) => number
  readonly toRelative: ToRelative
}

export function buildTestReports(
  file: FileRecord,
  tests: readonly TestAttempt[],
  { identity, names, hotspotsOf, startOf, toRelative }: TestReportSources,
): TestReport[] {
  if (tests.length === 0) return []
  const ids = testIds(identity, names.all(file))
  const key = { project: file.projectId, file: file.path }
  const hooksOf = file.recording === undefined ? () => [] : findTestHooks(file.recording)
  const allocated = file.recording?.allocated?.tests
  const interval = file.recording?.header.samplingIntervalMicros ?? null
  return tests.map(({ index, attempt, wallMs, source }) => {
    const { name, status } = source
    const recorded = 'times' in source ? source : undefined
    const times = recorded?.times
    const parts = times === undefined ? UNKNOWN_TIMES : toSampledTimes(times, interval)
    const isInFile = recorded?.file === file.path
    // Spelled out: spread objects take several times as long, and a large run has a hundred thousand tests.
    const report: TestReport = {
      id: ids[index] ?? '',
      index,
      name: [...name],
      fullName: name.join(' '),
      status,
      attempt,
      concurrent: recorded?.concurrent ?? false,
      line: isInFile ? recorded.line : 0,
      column: isInFile ? recorded.column : 0,
      // Not the wall time of the sampled times, which for a concurrent test is shorter.
      wallMs,
      cpuMs: parts.cpuMs,
      readyMs: parts.readyMs,
      blockedMs: parts.blockedMs,
      idleMs: parts.idleMs,
      gcMs: parts.gcMs,
      uncertaintyMs: parts.uncertaintyMs,
      gcUncertaintyMs: parts.gcUncertaintyMs,
      sampleCount: parts.sampleCount,
      hooksMs: times === undefined ? null : toMs(recorded?.hooks ?? 0),
      importsMs: times === undefined ? null : toMs(recorded?.imports ?? 0),
      startedAtMs: startOf(recorded ?? { start: 0 }),
      hooks: recorded !== undefined && hasRun(recorded) ? hooksOf({ index, attempt, name }) : [],
      hotspots: recorded === undefined ? [] : hotspotsOf(attemptKey(key, index, attempt)),
    }
    if (times !== undefined && !recorded?.concurrent && allocated !== undefined)
      report.allocatedBytes = allocated.get(attemptOf(index, attempt)) ?? 0
    if (recorded !== undefined && !isInFile && recorded.file !== '') {
      const { line, column } = recorded
      report.definedIn = { file: toRelative(recorded.file), line, column }
    }
    return report
  })
}
