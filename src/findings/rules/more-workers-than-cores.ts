// Workers that wait for a core: together they wanted more CPU time than they got. Each machine of a merged run by itself.

import { count, duration } from '../../report/figures.js'
import { type Machine, machinesOf } from '../../report/machines.js'
import { sumOfKnown } from '../../report/phase-reports.js'
import type { Facts, Found } from '../rule.js'

/** Of the time that was wanted, by the threads' own clocks. */
const LEAST_SHARE = 0.2

export function moreWorkersThanCores({ report }: Facts): Found[] {
  return machinesOf(report).flatMap(foundOn)
}

function foundOn(machine: Machine): Found[] {
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

type Lack = Pick<Found, 'confidence' | 'evidence' | 'costMs'>

/** A thread that wants to run but has no core is not idle; its own clock stands still. */
function measuredLack({ workers }: Machine): Lack | undefined {
  const threadCpuMs = sumOfKnown(workers.map(worker => worker.threadCpuMs))
  if (threadCpuMs === null) return undefined
  const wanted = wantedMs(workers)
  const costMs = wanted - threadCpuMs
  if (costMs < LEAST_SHARE * wanted) return undefined
  const evidence =
    `The workers were busy for ${duration(wanted)} and ran for ${duration(threadCpuMs)} of it: ` +
    `for ${duration(costMs)} they waited for a core.`
  // It may have stood still in a way that no sample shows.
  return { confidence: 'medium', evidence, costMs }
}

/** What is more than the cores can have given. */
function certainLack({ workers, cpuCount }: Machine): Lack | undefined {
  const startedAtMs = Math.min(...workers.map(worker => worker.startedAtMs))
  const endedAtMs = Math.max(...workers.map(worker => worker.endedAtMs))
  const wanted = wantedMs(workers)
  const costMs = wanted - cpuCount * (endedAtMs - startedAtMs)
  if (costMs <= 0) return undefined
  const evidence =
    `In ${duration(endedAtMs - startedAtMs)} the workers were busy for ${duration(wanted)}, ` +
    `${duration(costMs)} more than ${count(cpuCount, 'core')} can give.`
  return { confidence: 'high', evidence, costMs }
}

/** A thread that is blocked in a synchronous call needs no core. */
function wantedMs(workers: Machine['workers']): number {
  return workers.reduce((sum, { cpuMs, blockedMs }) => sum + cpuMs - blockedMs, 0)
}
