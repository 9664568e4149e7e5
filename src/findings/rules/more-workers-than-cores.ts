// Workers that wait for a core: together they wanted more CPU time than they got. Each machine of a merged run by itself.

import { sum } from 'd3-array'
import { sumIfKnown } from '../../report/rounding.js'
import { count, duration } from '../../report/views/figures.js'
import { listMachines, type Machine } from '../../report/views/machines.js'
import type { Facts, FindingDraft } from '../rule.js'

/** A share of the time in which threads were ready to run, by their own clocks. */
const LEAST_SHARE = 0.2

export function moreWorkersThanCores({ report }: Facts): FindingDraft[] {
  return listMachines(report).flatMap(foundOn)
}

function foundOn(machine: Machine): FindingDraft[] {
  const { name, workers, cpuCount } = machine
  const lack = workers.length > cpuCount ? (measuredLack(machine) ?? certainLack(machine)) : undefined
  if (lack === undefined) return []
  const { confidence, evidence, costMs } = lack
  const id = 'more-workers-than-cores'
  return [
    {
      id: name === undefined ? id : `${id}:${name}`,
      confidence,
      title: `${name === undefined ? '' : `${name}: `}${workers.length} workers share ${count(cpuCount, 'core')}`,
      evidence,
      remedy: `Set \`maxWorkers\` to ${Math.max(1, cpuCount - 1)}, or "50%": each worker loads Jest and its modules again.`,
      costMs,
      position: null,
    },
  ]
}

type Lack = Pick<FindingDraft, 'confidence' | 'evidence' | 'costMs'>

function measuredLack({ workers }: Machine): Lack | undefined {
  const costMs = sumIfKnown(workers.map(worker => worker.readyMs))
  if (costMs === null) return undefined
  const ran = ranMs(workers)
  if (costMs < LEAST_SHARE * (ran + costMs)) return undefined
  const evidence = `The workers were ready to run for ${duration(ran + costMs)}, and had no core for ${duration(costMs)} of it.`
  // The machine may have had other things to do.
  return { confidence: 'medium', evidence, costMs }
}

/** What is more than the cores can have given. */
function certainLack({ workers, cpuCount }: Machine): Lack | undefined {
  const startedAtMs = Math.min(...workers.map(worker => worker.startedAtMs))
  const endedAtMs = Math.max(...workers.map(worker => worker.endedAtMs))
  const wanted = ranMs(workers)
  const costMs = wanted - cpuCount * (endedAtMs - startedAtMs)
  if (costMs <= 0) return undefined
  const evidence =
    `In ${duration(endedAtMs - startedAtMs)} the workers were busy for ${duration(wanted)}, ` +
    `${duration(costMs)} more than ${count(cpuCount, 'core')} can provide.`
  return { confidence: 'high', evidence, costMs }
}

function ranMs(workers: Machine['workers']): number {
  return sum(workers, ({ cpuMs }) => cpuMs)
}
