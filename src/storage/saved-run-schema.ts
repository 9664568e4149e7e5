// The schema of a saved run, without its recordings. The file may come from anywhere.

import { ENGINE_NAMES, FILE_STATUSES, TEST_STATUSES } from '../recording/enums.js'
import { BUDGET_LIMITS } from '../report/budget-report.js'
import { HANDLE_ENDS, type HandleRecord } from '../report/record/handle-record.js'
import type {
  FileMemory,
  HolderRecord,
  KeptRecord,
  MemoryRecord,
  ProcessMemory,
} from '../report/record/memory-record.js'
import type {
  ChangedKeys,
  CommandTimes,
  KeptKey,
  ReporterTimes,
  TestOutcome,
  TransformKeys,
} from '../report/record/run-record.js'
import {
  type BudgetRule,
  INTERRUPTING_SIGNALS,
  type Interruption,
  type SavedFileRecord,
  type SavedRun,
} from '../report/record/saved-run.js'
import type { MergedRun, Missing, RunReport } from '../report/report.js'
import { issue, type ValidationIssue, within } from '../schema/issues.js'
import { arrayOf, object, objectOf, strings } from '../schema/objects.js'
import type { Schema } from '../schema/schema.js'
import {
  boolean,
  nullable,
  number,
  oneOf,
  optional,
  refine,
  regExpSource,
  string,
  stringThat,
  whole,
} from '../schema/values.js'

/** Milliseconds since the epoch: in 3000 years. */
const epoch = number({ from: 0, to: 1e14 })
const milliseconds = number({ from: -1e14, to: 1e14 })
const count = whole({ from: 0, to: 1_000_000 })

/** A name that stays within folders that it is joined to. */
const recording = stringThat('the name of a recording', name => /^[\w.-]+\.recording\.gz$/.test(name))
const shard = stringThat('such as 1/3', string => /^\d{1,4}\/\d{1,4}$/.test(string))
const date = stringThat('a date', string => !Number.isNaN(Date.parse(string)))

const run = objectOf<SavedRun['run']>({
  id: string,
  suite: string,
  rootDir: string,
  displayRoot: string,
  jestVersion: string,
  nodeVersion: string,
  platform: string,
  arch: string,
  cpuModel: string,
  cpuCount: count,
  workers: count,
  engine: oneOf(ENGINE_NAMES),
  samplingIntervalMicros: nullable(number({ from: 1, to: 1e13 })),
  command: string,
  detectOpenHandles: optional(boolean),
  coverage: optional(string),
  part: optional(strings),
  workerIdleMemoryLimit: optional(number({ from: 0, to: Number.MAX_VALUE })),
  shard: optional(shard),
  mergedFrom: optional(
    arrayOf(
      objectOf<MergedRun>({
        id: string,
        startedAt: date,
        shard: optional(shard),
        wallMs: milliseconds,
        cpuModel: string,
        cpuCount: count,
        workers: count,
      }),
    ),
  ),
  selection: optional(
    objectOf<NonNullable<RunReport['selection']>>({ file: optional(string), test: optional(string) }),
  ),
})

const command = objectOf<CommandTimes>({
  startedAtMs: epoch,
  endedAtMs: epoch,
  fileMapMs: nullable(milliseconds),
  findTestsMs: nullable(milliseconds),
  globalSetupMs: nullable(milliseconds),
  coverageMs: nullable(milliseconds),
  profilerMs: milliseconds,
  reporters: arrayOf(
    objectOf<ReporterTimes>({ reporter: string, wallMs: milliseconds, runningMs: optional(milliseconds) }),
  ),
  globalTeardownMs: nullable(milliseconds),
  exitMs: nullable(milliseconds),
})

const file = objectOf<SavedFileRecord>({
  projectId: string,
  path: string,
  project: string,
  status: oneOf(FILE_STATUSES),
  recording: nullable(recording),
  results: arrayOf(
    objectOf<TestOutcome>({ name: strings, status: oneOf(TEST_STATUSES), wallMs: milliseconds }),
  ),
  startedAtMs: milliseconds,
  wallMs: milliseconds,
  moved: optional(objectOf<NonNullable<SavedFileRecord['moved']>>({ workers: count, byMs: milliseconds })),
})

const limit = optional(number({ from: 0, to: Number.MAX_VALUE }))

const budget = objectOf<BudgetRule>({
  files: nullable(strings),
  filePatterns: nullable(arrayOf(regExpSource)),
  tests: nullable(regExpSource),
  limits: object(Object.fromEntries(BUDGET_LIMITS.map(name => [name, limit]))),
})

const transformKeys = objectOf<TransformKeys>({
  context: string,
  kept: arrayOf(objectOf<KeptKey>({ transformer: string, path: string, input: string, key: string })),
  changed: arrayOf(objectOf<ChangedKeys>({ transformer: string, files: count })),
})

const bytes = whole({ from: 0, to: 2 ** 50 })
const micros = number({ from: 0, to: 2 ** 50 })

const memory = objectOf<MemoryRecord>({
  processes: arrayOf(
    objectOf<ProcessMemory>({
      worker: count,
      peakBytes: bytes,
      heapLimitBytes: optional(bytes),
      collections: whole({ from: 0, to: 2 ** 40 }),
      collectionMicros: micros,
      snapshotMicros: micros,
    }),
  ),
  files: arrayOf(
    objectOf<FileMemory>({
      projectId: string,
      path: string,
      worker: count,
      heapBeforeBytes: nullable(bytes),
      heapAfterBytes: nullable(bytes),
      isKept: nullable(boolean),
    }),
  ),
  kept: arrayOf(
    objectOf<KeptRecord>({
      projectId: string,
      path: string,
      retainedBytes: bytes,
      holder: arrayOf(
        objectOf<HolderRecord>({
          name: string,
          file: nullable(string),
          line: whole({ from: 0, to: 2 ** 40 }),
          column: whole({ from: 0, to: 2 ** 40 }),
          isHeld: boolean,
        }),
      ),
    }),
  ),
  ownPeakBytes: optional(bytes),
  problems: strings,
})

const handles = objectOf<HandleRecord>({
  projectId: string,
  path: string,
  rows: arrayOf(
    objectOf<HandleRecord['rows'][number]>({
      heldMs: number({ from: 0, to: 1e14 }),
      end: oneOf(HANDLE_ENDS),
    }),
  ),
})

/** Finds a recording that is named twice: its time would count twice. */
function findNamedTwice(files: readonly SavedFileRecord[]): ValidationIssue | undefined {
  const names = files.map(({ recording: name }) => name)
  const known = new Set<string>()
  const index = names.findIndex(name => name !== null && known.size === known.add(name).size)
  if (index < 0) return undefined
  const name = names[index]
  const problem = `is ${name}, as that of another file`
  return within(index, within('recording', { ...issue(name, 'the name of another recording'), problem }))
}

export const SAVED_RUN: Schema<SavedRun> = objectOf<SavedRun>({
  version: whole({ from: 0, to: 1_000_000 }),
  run,
  startedAtMs: epoch,
  endedAtMs: nullable(epoch),
  interruption: optional(objectOf<Interruption>({ signal: oneOf(INTERRUPTING_SIGNALS), atMs: epoch })),
  command: optional(command),
  files: refine(arrayOf(file), findNamedTwice),
  missing: arrayOf(objectOf<Missing>({ file: string, reason: string, remedy: string })),
  injectedGlobals: strings,
  mergeMicros: number({ from: 0, to: 1e14 }),
  notes: strings,
  budgets: arrayOf(budget),
  memory: optional(memory),
  handles: optional(arrayOf(handles)),
  transformKeys: optional(transformKeys),
})
