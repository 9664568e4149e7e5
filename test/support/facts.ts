// Facts of a run for the tests of findings, with default values for what a test does not set: files take 10 s, of which 5 s
// are CPU time.

import { type WaitSum, waitKey } from '../../src/attribution/wait-sums.js'
import { callSiteFinder, moduleReader } from '../../src/findings/evidence/call-sites.js'
import type { Facts } from '../../src/findings/rule.js'
import type { Profile } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import type { WaitKind } from '../../src/recording/wait-kinds.js'
import type { FileReport, PhaseTimes, TestReport } from '../../src/report/file-report.js'
import type { ChangedKeys, FileRecord } from '../../src/report/record/run-record.js'
import type { Report } from '../../src/report/report.js'
import { packageOf } from '../../src/resolve/categories.js'
import { drawnFrame } from './profile-from-text.js'
import { resolvedFromText } from './recording.js'
import { recordedFile, reportOf } from './run-record.js'

type GivenRecord = Partial<Omit<Facts['record'], 'files' | 'transformKeys'>>

export interface GivenFacts extends GivenRecord {
  profile?: Profile
  records?: readonly FileRecord[]
  changedKeys?: readonly ChangedKeys[]
  report?: Partial<Omit<Report, 'totals'>> & { totals?: Partial<Report['totals']> }
  /** Source texts by path. */
  sources?: Readonly<Record<string, string>>
}

export function factsOf({
  report = {},
  sources = {},
  profile,
  records = [],
  changedKeys,
  ...given
}: GivenFacts): Facts {
  const empty = reportOf([])
  const readSource = (path: string) => sources[path]
  const bodyOf = moduleReader(readSource)
  const times = { wallMs: 10_000, fileWallMs: 10_000, cpuMs: 5000, idleMs: 5000 }
  const nothing = { modules: [], failedModules: [], cacheKeys: [], injectedGlobals: [] }
  const transformKeys = changedKeys && { context: '', kept: [], changed: changedKeys }
  return {
    profile: profile ?? new ProfileBuilder().build(),
    record: { ...nothing, ...given, files: records, transformKeys },
    readSource,
    bodyOf,
    callSiteOf: callSiteFinder(bodyOf),
    report: { ...empty, ...report, totals: { ...empty.totals, ...times, ...report.totals } },
  }
}

export const NO_TIMES: Omit<PhaseTimes, 'wallMs'> = {
  ...{ cpuMs: 0, readyMs: null, blockedMs: 0, idleMs: 0, gcMs: 0, uncertaintyMs: 0, gcUncertaintyMs: 0 },
}

export function fileReport(given: Partial<FileReport>): FileReport {
  const nothing = { ...NO_TIMES, sampleCount: 0, phases: null }
  return {
    ...{
      id: 'file-00000000',
      path: 'a.test.js',
      project: '',
      projectId: '',
      worker: 1,
      status: 'passed',
      recording: 'a.recording.gz',
    },
    ...{
      startedAtMs: 0,
      wallMs: 0,
      ...nothing,
      phaseStarts: [],
      heap: { atMs: [], usedBytes: [] },
      hooks: [],
      tests: [],
      groups: [],
    },
    ...given,
  }
}

export function testReport(given: Partial<TestReport>): TestReport {
  const nothing = { ...NO_TIMES, sampleCount: 0, hooksMs: 0, importsMs: 0, hooks: [] }
  return {
    ...{
      id: 'test-00000000',
      index: 0,
      name: ['works'],
      fullName: 'works',
      status: 'passed',
      attempt: 1,
      concurrent: false,
    },
    // Tests that are defined on one line would be merged into one row of a table.
    ...{ line: 1 + (given.index ?? 0), column: 1, startedAtMs: 0, wallMs: 0, ...nothing, hotspots: [] },
    ...given,
  }
}

export interface DrawnWait {
  kind?: WaitKind
  blocking?: boolean
  /** `path:line` for each call, innermost first; `name path:line` when the function's name matters. */
  calls: string[]
  count: number
  totalMs: number
  /** The longest span; by default all spans are equal. */
  longestMs?: number
  /** The test that waited; by default code outside of tests. */
  test?: number
  /** The function whose time limit ended the wait. */
  pollsFor?: string | undefined
  /** The part of the wait within the file's first hook. */
  inHook?: number
  /** Whether the end of the wait was sampled too late, in a test that did not wait for it. */
  seenLate?: boolean
}

/** The record of a test file with these waits. */
export function waitingFile(waits: readonly DrawnWait[], path = '/project/a.test.js'): FileRecord {
  const record = recordedFile(resolvedFromText('0\nidle', { header: { testPath: path } }))
  if (record.recording === undefined) throw new Error('the file has no recording')
  const longest = new Map<string, number>()
  for (const wait of waits) {
    const key = waitKey(waitSum(wait))
    const micros = (wait.longestMs ?? wait.totalMs / wait.count) * 1000
    longest.set(key, Math.max(longest.get(key) ?? 0, micros))
  }
  return { ...record, recording: { ...record.recording, waits: waits.map(waitSum), longest } }
}

function waitSum({
  kind = 'timer',
  blocking = false,
  calls,
  count,
  totalMs,
  test,
  pollsFor,
  inHook,
  seenLate = false,
}: DrawnWait): WaitSum {
  const stack = calls.map(call => {
    const [, name = 'wait', file = '', line = ''] = /^(?:(\w+) )?(.*):(\d+)$/.exec(call) ?? []
    const path = file.startsWith('node:') ? file : `/project/${file}`
    const frame = { ...drawnFrame('wait'), name, file: path, package: packageOf(path) }
    return { frame, line: Number(line), column: 5 }
  })
  const total = totalMs * 1000
  const tests = new Map(test === undefined ? [] : [[test, total]])
  return {
    kind,
    blocking,
    stack,
    pollsFor,
    count,
    total,
    tests,
    waiters: new Set(seenLate ? [] : tests.keys()),
    hooks: new Map(inHook === undefined ? [] : [[0, inHook * 1000]]),
  }
}
