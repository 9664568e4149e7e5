// What a run's folder knows of it beside its recordings, which may come from anywhere → what is wrong with it.

import { BUDGET_LIMITS } from '../budgets/budget.js'
import type {
  ChangedKeys,
  CommandTimes,
  KeptKey,
  TestOutcome,
  TransformKeys,
} from '../report/record/run-record.js'
import type { BudgetRule, SavedFileRecord, SavedRun } from '../report/record/saved-run.js'
import type { MergedRun, Missing, RunReport } from '../report/report.js'
import {
  allOf,
  type Check,
  type Flaw,
  fields,
  flag,
  flaw,
  listOf,
  NO_SIZES,
  nullable,
  number,
  oneOf,
  optional,
  text,
  texts,
  whole,
} from './check.js'
import { TEST_STATUS } from './noted-checks.js'

/** Milliseconds since the epoch: in 3000 years. */
const epoch = number({ from: 0, to: 1e14 })
const milliseconds = number({ from: -1e14, to: 1e14 })
const count = whole({ from: 0, to: 1_000_000 })

/** They are joined to folders, for reading and for copying, and must not lead out of them. */
const RECORDING_NAME = /^[\w.-]+\.recording\.gz$/

const recording: Check = value =>
  typeof value === 'string' && RECORDING_NAME.test(value) ? undefined : flaw(value, 'the name of a recording')

const shard: Check = value =>
  typeof value === 'string' && /^\d{1,4}\/\d{1,4}$/.test(value) ? undefined : flaw(value, 'such as 1/3')

const date: Check = value =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? undefined : flaw(value, 'a date')

/** It is run on paths and names. */
const pattern: Check = value => {
  if (typeof value !== 'string') return flaw(value, 'a regular expression')
  try {
    new RegExp(value, 'i')
    return undefined
  } catch {
    return flaw(value, 'a regular expression')
  }
}

const run = fields<SavedRun['run']>({
  ...{ id: text, suite: text, rootDir: text, displayRoot: text, jestVersion: text, nodeVersion: text },
  ...{ platform: text, arch: text, cpuModel: text, cpuCount: count, workers: count, engine: text },
  samplingIntervalMicros: number({ from: 1, to: 1e13 }),
  command: text,
  detectOpenHandles: optional(flag),
  coverage: optional(text),
  part: optional(texts),
  workerIdleMemoryLimit: optional(number({ from: 0, to: Number.MAX_VALUE })),
  shard: optional(shard),
  mergedFrom: optional(
    listOf(
      fields<MergedRun>({
        ...{ id: text, startedAt: date, shard: optional(shard) },
        ...{ wallMs: milliseconds, cpuModel: text, cpuCount: count, workers: count },
      }),
    ),
  ),
  selection: optional(
    fields<NonNullable<RunReport['selection']>>({ file: optional(text), test: optional(text) }),
  ),
})

const command = fields<CommandTimes>({
  ...{ startedAtMs: epoch, endedAtMs: epoch, fileMapMs: nullable(milliseconds) },
  ...{ findTestsMs: nullable(milliseconds), globalSetupMs: nullable(milliseconds) },
  ...{ coverageMs: nullable(milliseconds), profilerMs: milliseconds },
  reporters: listOf(fields<CommandTimes['reporters'][number]>({ reporter: text, wallMs: milliseconds })),
  ...{ globalTeardownMs: nullable(milliseconds), exitMs: nullable(milliseconds) },
})

const file = fields<SavedFileRecord>({
  projectId: text,
  path: text,
  project: text,
  status: oneOf(['passed', 'failed', 'skipped', 'unfinished']),
  recording: nullable(recording),
  results: listOf(fields<TestOutcome>({ name: texts, status: TEST_STATUS, wallMs: milliseconds })),
  startedAtMs: milliseconds,
  wallMs: milliseconds,
  moved: optional(fields<NonNullable<SavedFileRecord['moved']>>({ workers: count, byMs: milliseconds })),
})

const limit = optional(number({ from: 0, to: Number.MAX_VALUE }))

const budget = fields<BudgetRule>({
  files: nullable(texts),
  filePatterns: nullable(listOf(pattern)),
  tests: nullable(pattern),
  limits: fields(Object.fromEntries(BUDGET_LIMITS.map(name => [name, limit]))),
})

const transformKeys = fields<TransformKeys>({
  context: text,
  kept: listOf(fields<KeptKey>({ transformer: text, path: text, input: text, key: text })),
  changed: listOf(fields<ChangedKeys>({ transformer: text, files: count })),
})

/** Its time would count twice. */
function namedTwice(value: unknown): Flaw | undefined {
  const files = value as readonly SavedFileRecord[]
  const known = new Set<string>()
  const index = files.findIndex(({ recording: name }) => {
    if (name === null) return false
    return known.size === known.add(name).size
  })
  if (index < 0) return undefined
  return { where: `[${index}].recording`, what: `is ${files[index]?.recording}, as that of another file` }
}

const SAVED_RUN = fields<SavedRun>({
  version: whole({ from: 0, to: 1_000_000 }),
  run,
  startedAtMs: epoch,
  endedAtMs: nullable(epoch),
  command: optional(command),
  files: allOf(listOf(file), namedTwice),
  missing: listOf(fields<Missing>({ file: text, reason: text, remedy: text })),
  injectedGlobals: texts,
  mergeMicros: number({ from: 0, to: 1e14 }),
  notes: texts,
  budgets: listOf(budget),
  transformKeys: optional(transformKeys),
})

export function flawOfSavedRun(content: unknown): Flaw | undefined {
  return SAVED_RUN(content, NO_SIZES)
}
