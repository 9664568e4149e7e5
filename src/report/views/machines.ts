// The machines that a run ran on: one, or of a merged run one for each shard. Workers share the cores of their own machine
// only, and a file that one machine ran could not have run on another.

import { at, increase } from '../../profile/columns.js'
import type { MergedRun, Report, RunReport, WorkerReport } from '../report.js'
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
export function machinesOf({
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
export function machineOf(worker: number, { mergedFrom = [] }: Pick<RunReport, 'mergedFrom'>): number {
  let last = 0
  for (let machine = 0; machine < mergedFrom.length; machine++) {
    last += at(mergedFrom, machine).workers
    if (worker <= last) return machine
  }
  return Math.max(0, mergedFrom.length - 1)
}

/** What runs of one suite are compared by: `2`, or of three shards `2 + 2 + 4`. */
export function coresText({ mergedFrom, cpuCount }: RunReport): string {
  return mergedFrom === undefined ? String(cpuCount) : mergedFrom.map(machine => machine.cpuCount).join(' + ')
}

/** Of a merged run the workers of all machines: they share no cores. */
export function workersText({ workers, mergedFrom = [] }: RunReport): string {
  const where = mergedFrom.length < 2 ? '' : ` on ${count(mergedFrom.length, 'machine')}`
  return count(workers, 'worker') + where
}

/** Processors as `2 × Processor`; of a merged run each kind, with the number of machines that have it. */
export function processorsText({ cpuCount, cpuModel, mergedFrom = [] }: RunReport): string {
  if (mergedFrom.length < 2) return `${cpuCount} × ${cpuModel}`
  const kinds = new Map<string, number>()
  for (const machine of mergedFrom) increase(kinds, `${machine.cpuCount} × ${machine.cpuModel}`, 1)
  return [...kinds].map(([kind, machines]) => `${count(machines, 'machine')} with ${kind}`).join(', ')
}
