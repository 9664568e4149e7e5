// Workers that wait for a core: together they were busier than the cores can have been.

import { count, duration } from '../report/figures.js'
import type { Facts, Found } from './rule.js'

export function moreWorkersThanCores({ report }: Facts): Found[] {
  const { run, schedule, totals } = report
  const { workers } = schedule
  const { cpuCount } = run
  if (workers.length <= cpuCount) return []
  const startedAtMs = Math.min(...workers.map(worker => worker.startedAtMs))
  const endedAtMs = Math.max(...workers.map(worker => worker.endedAtMs))
  // A thread that wants to run but has no core is not idle: what exceeds the cores' own time it spent without one.
  const wantedMs = workers.reduce((sum, { cpuMs }) => sum + cpuMs, 0) - totals.blockedMs
  const costMs = wantedMs - cpuCount * (endedAtMs - startedAtMs)
  if (costMs <= 0) return []
  return [
    {
      id: 'more-workers-than-cores',
      confidence: 'high',
      title: `${workers.length} workers share ${count(cpuCount, 'core')}`,
      evidence:
        `In ${duration(endedAtMs - startedAtMs)} the workers wanted ${duration(wantedMs)} of CPU time, ` +
        `${duration(costMs)} more than ${count(cpuCount, 'core')} can give.`,
      remedy: `Set \`maxWorkers\` to ${Math.max(1, cpuCount - 1)}, or "50%": each worker loads Jest and its modules anew.`,
      costMs,
      position: null,
    },
  ]
}
