// Workers that wait for a core: together they wanted more CPU time than they got.

import { count, duration } from '../../report/figures.js'
import type { Report } from '../../report/report.js'
import type { Facts, Found } from '../rule.js'

/** Of the time that was wanted, by the threads' own clocks. */
const LEAST_SHARE = 0.2

export function moreWorkersThanCores({ report }: Facts): Found[] {
  const { run, schedule } = report
  const workers = schedule.workers.length
  const cores = count(run.cpuCount, 'core')
  const lack = workers > run.cpuCount ? (measuredLack(report) ?? certainLack(report)) : undefined
  if (lack === undefined) return []
  const { confidence, evidence, costMs } = lack
  return [
    {
      id: 'more-workers-than-cores',
      confidence,
      title: `${workers} workers share ${cores}`,
      evidence,
      remedy: `Set \`maxWorkers\` to ${Math.max(1, run.cpuCount - 1)}, or "50%": each worker loads Jest and its modules anew.`,
      costMs,
      position: null,
    },
  ]
}

type Lack = Pick<Found, 'confidence' | 'evidence' | 'costMs'>

/** A thread that wants to run but has no core is not idle; its own clock stands still. */
function measuredLack({ totals }: Report): Lack | undefined {
  const { threadCpuMs } = totals
  if (threadCpuMs === null) return undefined
  const wanted = wantedMs(totals)
  const costMs = wanted - threadCpuMs
  if (costMs < LEAST_SHARE * wanted) return undefined
  const evidence =
    `The workers were busy for ${duration(wanted)} and ran for ${duration(threadCpuMs)} of it: ` +
    `for ${duration(costMs)} they waited for a core.`
  // It may have stood still in a way that no sample shows.
  return { confidence: 'medium', evidence, costMs }
}

/** What is more than the cores can have given. */
function certainLack({ run, schedule, totals }: Report): Lack | undefined {
  const startedAtMs = Math.min(...schedule.workers.map(worker => worker.startedAtMs))
  const endedAtMs = Math.max(...schedule.workers.map(worker => worker.endedAtMs))
  const wanted = wantedMs(totals)
  const costMs = wanted - run.cpuCount * (endedAtMs - startedAtMs)
  if (costMs <= 0) return undefined
  const evidence =
    `In ${duration(endedAtMs - startedAtMs)} the workers were busy for ${duration(wanted)}, ` +
    `${duration(costMs)} more than ${count(run.cpuCount, 'core')} can give.`
  return { confidence: 'high', evidence, costMs }
}

/** Standing still in a synchronous call needs no core. */
function wantedMs({ cpuMs, blockedMs }: Report['totals']): number {
  return cpuMs - blockedMs
}
