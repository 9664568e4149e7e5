// What the command would take less without the cost of findings: the schedule of the run, replayed on the same workers.

import { group, least, max, min, sum } from 'd3-array'
import { increase } from '../profile/columns.js'
import { fileKey } from '../profile/paths.js'
import type { RunRecord } from '../report/record/run-record.js'
import type { Finding, RunReport, WallSavings } from '../report/report.js'
import { roundMs } from '../report/rounding.js'
import { findMachine } from '../report/views/machines.js'

/** Milliseconds, or other weights, by `fileKey` of test files with absolute paths. */
export type ByFile = ReadonlyMap<string, number>

/**
 * Where a cost falls: on test files, by their shares of it, with the share that can be saved at most (default: all); or on the command
 * itself, in milliseconds of its wall time.
 */
export type Savings = { readonly files: ByFile; readonly share?: number } | { readonly command: WallSavings }

/** What a rule found that costs time. */
interface Cost {
  readonly costMs: number
  readonly confidence: Finding['confidence']
  readonly savings: Savings
}

/** What the command would take less without these costs, which do not overlap. Only what is certain raises the lower value. */
export function savedBy(costs: readonly Cost[], schedule: RecordedSchedule): WallSavings {
  const commands = costs.flatMap(({ savings }) => ('command' in savings ? savings.command : []))
  const certain = costs.filter(({ confidence }) => confidence === 'high')
  return {
    low: roundMs(sum(commands, ({ low }) => low) + schedule.savedWithout(together(certain)).low),
    high: roundMs(sum(commands, ({ high }) => high) + schedule.savedWithout(together(costs)).high),
  }
}

/** Milliseconds of each test file. */
function together(costs: readonly Cost[]): ByFile {
  const all = new Map<string, number>()
  for (const { savings, costMs } of costs) {
    if (!('files' in savings)) continue
    const whole = sum(savings.files.values())
    const savedMs = costMs * (savings.share ?? 1)
    if (whole > 0) for (const [key, part] of savings.files) increase(all, key, (savedMs * part) / whole)
  }
  return all
}

interface ScheduledFile {
  readonly key: string
  readonly worker: number
  readonly startMs: number
  readonly wallMs: number
}

interface Job extends ScheduledFile {
  /** Time since the worker's previous file, or since the first file of all. */
  readonly gapMs: number
}

/** The test files of one machine in the order in which they began. */
type Jobs = readonly Job[]

export class RecordedSchedule {
  readonly #machines: readonly Jobs[]

  constructor({ files }: Pick<RunRecord, 'files'>, run: Pick<RunReport, 'mergedFrom'>) {
    const recorded = files.flatMap(({ projectId, path, recording }) => {
      if (recording === undefined) return []
      const { worker, startedAtMs, wallMicros } = recording.header
      const key = fileKey({ project: projectId, file: path })
      return [{ key, worker, startMs: startedAtMs, wallMs: wallMicros / 1000 }]
    })
    this.#machines = [...group(recorded, ({ worker }) => findMachine(worker, run)).values()].map(jobsInOrder)
  }

  /**
   * Milliseconds of wall time without these parts of the files: with each file on the worker that ran it, and with each file on
   * the worker that is free first, as Jest assigns them.
   */
  savedWithout(costs: ByFile): WallSavings {
    const savings = [fixedEnd, freeEnd].map(endOf => {
      const end = (without: ByFile) => max(this.#machines, jobs => endOf(jobs, without)) ?? 0
      return Math.max(0, end(NOTHING) - end(costs))
    })
    return { low: roundMs(min(savings) ?? 0), high: roundMs(max(savings) ?? 0) }
  }
}

function jobsInOrder(recorded: readonly ScheduledFile[]): Jobs {
  const inOrder = recorded.toSorted((a, b) => a.startMs - b.startMs || (a.key < b.key ? -1 : 1))
  const begunMs = inOrder[0]?.startMs ?? 0
  const ends = new Map<number, number>()
  return inOrder.map(job => {
    const gapMs = Math.max(0, job.startMs - (ends.get(job.worker) ?? begunMs))
    ends.set(job.worker, job.startMs + job.wallMs)
    return { ...job, gapMs }
  })
}

/** For costs of the command itself. */
export const EMPTY_SCHEDULE = new RecordedSchedule({ files: [] }, {})

const NOTHING: ByFile = new Map()

/** Milliseconds until the last worker is done. */
function fixedEnd(jobs: Jobs, without: ByFile): number {
  const ends = new Map<number, number>()
  for (const job of jobs) increase(ends, job.worker, job.gapMs + restOf(job, without))
  return max(ends.values()) ?? 0
}

function freeEnd(jobs: Jobs, without: ByFile): number {
  const ends = new Map(jobs.map(({ worker }) => [worker, 0]))
  for (const job of jobs) {
    const [first = job.worker] = least(ends, ([, end]) => end) ?? []
    increase(ends, first, job.gapMs + restOf(job, without))
  }
  return max(ends.values()) ?? 0
}

function restOf({ key, wallMs }: Job, without: ByFile): number {
  return Math.max(0, wallMs - (without.get(key) ?? 0))
}
