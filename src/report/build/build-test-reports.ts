// The report's tests: Jest's results, joined with what was recorded.

import type { TestTimes } from '../../attribution/file-times.js'
import type { Microseconds } from '../../profile/profile.js'
import { hasRun } from '../../recording/enums.js'
import type { FunctionReport } from '../code-reports.js'
import type { TestReport } from '../file-report.js'
import type { WithDefinition } from '../record/recording-summary.js'
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
  const interval = file.recording?.header.samplingIntervalMicros ?? null
  return tests.map(({ index, attempt, wallMs, source }) => {
    const { name, status } = source
    const common = { id: ids[index] ?? '', index, name: [...name], fullName: name.join(' '), status, attempt }
    if (!('times' in source)) {
      const nowhere = { concurrent: false, line: 0, column: 0, startedAtMs: startOf({ start: 0 }) }
      return { ...common, ...nowhere, wallMs, ...UNKNOWN_PARTS, hooks: [], hotspots: [] }
    }
    return {
      ...common,
      concurrent: source.concurrent,
      ...position(source, file, toRelative),
      ...times(source, interval),
      // Not the wall time of the sampled times, which for a concurrent test is shorter.
      wallMs,
      startedAtMs: startOf(source),
      hooks: hasRun(source) ? hooksOf({ index, attempt, name }) : [],
      hotspots: hotspotsOf(attemptKey(key, index, attempt)),
    }
  })
}

const UNKNOWN_PARTS = { ...UNKNOWN_TIMES, hooksMs: null, importsMs: null }

/** A position in the test's own file, or in another one. */
function position(
  { file, line, column }: WithDefinition<TestTimes>,
  { path }: FileRecord,
  toRelative: ToRelative,
): Pick<TestReport, 'line' | 'column' | 'definedIn'> {
  if (file === path) return { line, column }
  const nowhere = { line: 0, column: 0 }
  return file === '' ? nowhere : { ...nowhere, definedIn: { file: toRelative(file), line, column } }
}

function times({ times, hooks, imports }: TestTimes, interval: Microseconds | null) {
  if (times === undefined) return UNKNOWN_PARTS
  const parts = { hooksMs: toMs(hooks), importsMs: toMs(imports) }
  return { ...toSampledTimes(times, interval), ...parts }
}
