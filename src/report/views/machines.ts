// The machines of a run: one, or one for each shard of a merged run. Workers share only the cores of their own machine, and
// a file that ran on one machine could not have run on another.

import { max } from 'd3-array'
import { at, increase } from '../../profile/columns.js'
import type { Report, RunReport, ScheduleReport, WorkerReport } from '../report.js'
import { count } from './figures.js'

export interface Machine {
  /** Such as `shard 1/2`; undefined if the run was not merged. */
  readonly name: string | undefined
  readonly cpuModel: string
  readonly cpuCount: number
  readonly wallMs: number
  /** The workers that recorded a test file. */
  readonly workers: readonly WorkerReport[]
}

/** Returns at least one machine. */
export function listMachines({
  run,
  schedule,
  totals,
}: Pick<Report, 'run' | 'schedule' | 'totals'>): Machine[] {
  const { mergedFrom, cpuModel, cpuCount } = run
  if (mergedFrom === undefined)
    return [{ name: undefined, cpuModel, cpuCount, wallMs: totals.wallMs, workers: schedule.workers }]
  return mergedFrom.map((merged, machine) => ({
    name: merged.shard === undefined ? `run ${merged.id}` : `shard ${merged.shard}`,
    cpuModel: merged.cpuModel,
    cpuCount: merged.cpuCount,
    wallMs: merged.wallMs,
    workers: schedule.workers.filter(worker => worker.machine === machine),
  }))
}

/** The index in `mergedFrom` of the machine that a worker ran on; 0 if the run was not merged. */
export function findMachine(worker: number, { mergedFrom = [] }: Pick<RunReport, 'mergedFrom'>): number {
  let last = 0
  for (let machine = 0; machine < mergedFrom.length; machine++) {
    last += at(mergedFrom, machine).workers
    if (worker <= last) return machine
  }
  return Math.max(0, mergedFrom.length - 1)
}

/** The number of cores: `2`, or `2 + 2 + 4` for three shards. Comparisons check that it is the same. */
export function coresText({ mergedFrom, cpuCount }: RunReport): string {
  return mergedFrom === undefined ? String(cpuCount) : mergedFrom.map(machine => machine.cpuCount).join(' + ')
}

/** `4 workers`, or `8 workers on 2 machines` for a merged run. */
export function workersText({ workers, mergedFrom = [] }: RunReport): string {
  const where = mergedFrom.length < 2 ? '' : ` on ${count(mergedFrom.length, 'machine')}`
  return count(workers, 'worker') + where
}

/** `2 × Processor`; for a merged run each kind, with the number of its machines. */
export function processorsText({ cpuCount, cpuModel, mergedFrom = [] }: RunReport): string {
  if (mergedFrom.length < 2) return `${cpuCount} × ${cpuModel}`
  const kinds = new Map<string, number>()
  for (const machine of mergedFrom) increase(kinds, `${machine.cpuCount} × ${machine.cpuModel}`, 1)
  return [...kinds].map(([kind, machines]) => `${count(machines, 'machine')} with ${kind}`).join(', ')
}

/** A smaller share of the time until the last worker ended is not mentioned. */
export const LEAST_GAIN = 0.05

/** The milliseconds that would be saved if all workers ended at the same time; 0 if that is little. */
export function computeBalanceGain({ workers, balancedWallMs }: ScheduleReport): number {
  const end = max(workers, ({ endedAtMs }) => endedAtMs) ?? 0
  const gain = end - balancedWallMs
  return gain >= LEAST_GAIN * end ? gain : 0
}
