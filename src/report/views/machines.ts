// The machines that a run ran on: one, or one for each shard of a merged run. Workers share only the cores of their own machine, and
// a file that ran on one machine could not have run on another.

import { at, increase } from '../../profile/columns.js'
import type { MergedRun, Report, RunReport, ScheduleReport, WorkerReport } from '../report.js'
import { count } from './figures.js'

export interface Machine {
  /** Such as `shard 1/2`; undefined: the run was not merged. */
  readonly name: string | undefined
  readonly cpuModel: string
  readonly cpuCount: number
  readonly wallMs: number
  /** Those that recorded a test file. */
  readonly workers: readonly WorkerReport[]
}

/** At least one. */
export function listMachines({
  run,
  schedule,
  totals,
}: Pick<Report, 'run' | 'schedule' | 'totals'>): Machine[] {
  const { mergedFrom, cpuModel, cpuCount } = run
  if (mergedFrom === undefined)
    return [{ name: undefined, cpuModel, cpuCount, wallMs: totals.wallMs, workers: schedule.workers }]
  return mergedFrom.map((merged, machine) => ({
    name: nameOf(merged),
    cpuModel: merged.cpuModel,
    cpuCount: merged.cpuCount,
    wallMs: merged.wallMs,
    workers: schedule.workers.filter(worker => worker.machine === machine),
  }))
}

function nameOf({ id, shard }: MergedRun): string {
  return shard === undefined ? `run ${id}` : `shard ${shard}`
}

/** Position in `mergedFrom` of the machine that a worker ran on; 0 for a run that was not merged. */
export function findMachine(worker: number, { mergedFrom = [] }: Pick<RunReport, 'mergedFrom'>): number {
  let last = 0
  for (let machine = 0; machine < mergedFrom.length; machine++) {
    last += at(mergedFrom, machine).workers
    if (worker <= last) return machine
  }
  return Math.max(0, mergedFrom.length - 1)
}

/** By which runs of one suite are compared: `2`, or `2 + 2 + 4` for three shards. */
export function coresText({ mergedFrom, cpuCount }: RunReport): string {
  return mergedFrom === undefined ? String(cpuCount) : mergedFrom.map(machine => machine.cpuCount).join(' + ')
}

/** The workers of all machines of a merged run, which share no cores. */
export function workersText({ workers, mergedFrom = [] }: RunReport): string {
  const where = mergedFrom.length < 2 ? '' : ` on ${count(mergedFrom.length, 'machine')}`
  return count(workers, 'worker') + where
}

/** Processors as `2 × Processor`; in a merged run each kind, with the number of machines that have it. */
export function processorsText({ cpuCount, cpuModel, mergedFrom = [] }: RunReport): string {
  if (mergedFrom.length < 2) return `${cpuCount} × ${cpuModel}`
  const kinds = new Map<string, number>()
  for (const machine of mergedFrom) increase(kinds, `${machine.cpuCount} × ${machine.cpuModel}`, 1)
  return [...kinds].map(([kind, machines]) => `${count(machines, 'machine')} with ${kind}`).join(', ')
}

/** As a share of the time until the last worker ended: a smaller gain is not mentioned. */
const LEAST_GAIN = 0.05

/** What would be gained if all workers ended at the same time, in milliseconds; 0 where that is little. */
export function computeBalanceGain({ workers, balancedWallMs }: ScheduleReport): number {
  const end = workers.reduce((last, { endedAtMs }) => Math.max(last, endedAtMs), 0)
  const gain = end - balancedWallMs
  return gain >= LEAST_GAIN * end ? gain : 0
}
