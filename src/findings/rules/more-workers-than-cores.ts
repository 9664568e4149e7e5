// More workers than cores, so that workers wait for a core. Each machine of a merged run is checked separately.

import { sum } from 'd3-array'
import { sumIfKnown } from '../../report/rounding.js'
import { count, duration } from '../../report/views/figures.js'
import { listMachines, type Machine } from '../../report/views/machines.js'
import type { Facts, FindingDraft } from '../rule.js'

export function moreWorkersThanCores({ report }: Facts): FindingDraft[] {
  return listMachines(report).flatMap(foundOn)
}

function foundOn(machine: Machine): FindingDraft[] {
  const { name, workers, cpuCount } = machine
  const lack = workers.length > cpuCount ? (measuredLack(machine) ?? certainLack(machine)) : undefined
  if (lack === undefined) return []
  const { confidence, evidence, costMs, sparedMs } = lack
  const id = 'more-workers-than-cores'
  return [
    {
      id: name === undefined ? id : `${id}:${name}`,
      confidence,
      title: `${name === undefined ? '' : `${name}: `}${workers.length} workers share ${count(cpuCount, 'core')}`,
      evidence,
      savings: { command: { low: 0, high: sparedMs } },
      remedy: `Set \`maxWorkers\` to ${Math.max(1, cpuCount - 1)}, or "50%": each worker loads Jest and its modules again.`,
      costMs,
    },
  ]
}

type Lack = Pick<FindingDraft, 'confidence' | 'evidence' | 'costMs'> & {
  /** Wall time that fewer workers spare at most. */
  readonly sparedMs: number
}

/** By the threads' own clocks; undefined if they are unknown, or the lack is less than a fifth. */
function measuredLack({ workers, cpuCount }: Machine): Lack | undefined {
  const costMs = sumIfKnown(workers.map(worker => worker.readyMs))
  if (costMs === null) return undefined
  const runnable = ranMs(workers) + costMs
  if (costMs < 0.2 * runnable) return undefined
  const evidence = `The workers were runnable for ${duration(runnable)}, and had no core for ${duration(costMs)} of it.`
  // The same work takes at least as long on these cores, however many workers share it.
  const spareMs = elapsedMs(workers) - ranMs(workers) / cpuCount
  const sparedMs = Math.max(0, Math.min(costMs / workers.length, spareMs))
  // The machine may have been busy with other processes.
  return { confidence: 'medium', evidence, costMs, sparedMs }
}

/** CPU time beyond what the cores can have provided; undefined if there is none. */
function certainLack({ workers, cpuCount }: Machine): Lack | undefined {
  const wholeMs = elapsedMs(workers)
  const wanted = ranMs(workers)
  const costMs = wanted - cpuCount * wholeMs
  if (costMs <= 0) return undefined
  const evidence =
    `In ${duration(wholeMs)} the workers were busy for ${duration(wanted)}, ` +
    `${duration(costMs)} more than ${count(cpuCount, 'core')} can provide.`
  return { confidence: 'high', evidence, costMs, sparedMs: costMs / workers.length }
}

function elapsedMs(workers: Machine['workers']): number {
  const startedAtMs = Math.min(...workers.map(worker => worker.startedAtMs))
  return Math.max(...workers.map(worker => worker.endedAtMs)) - startedAtMs
}

function ranMs(workers: Machine['workers']): number {
  return sum(workers, ({ cpuMs }) => cpuMs)
}
