// How Jest uses workers: how many, none, threads, and their memory limit.

import { availableParallelism } from 'node:os'
import { sum } from 'd3-array'
import { duration } from '../../report/views/figures.js'
import type { Candidate, DoctorFacts } from '../candidate.js'

/** With more CPU time than this, one process cannot be as fast as several. */
const MOST_IN_BAND_MS = 20_000
/** Of the wall time of test files: without a core, or with nothing to run. */
const LEAST_SHARE = 0.1

export function workers(facts: DoctorFacts): Candidate[] {
  const { report, globalConfig } = facts
  const { cpuMs, readyMs, idleMs, fileWallMs } = report.totals
  const now = globalConfig.maxWorkers
  const cores = availableParallelism()
  const amounts = new Set<number>()
  if ((readyMs ?? 0) >= LEAST_SHARE * fileWallMs && now > 2)
    amounts.add(Math.max(2, Math.min(now - 1, Math.floor(cores / 2))))
  if (now < cores && now < report.totals.testFiles) amounts.add(cores)
  // Workers that wait leave cores to others.
  if (idleMs + report.totals.blockedMs >= 2 * LEAST_SHARE * fileWallMs && report.totals.testFiles > now)
    amounts.add(2 * now)
  return [
    ...[...amounts].filter(amount => amount !== now).map(amount => amountOf(amount, facts)),
    ...(now > 1 && cpuMs < MOST_IN_BAND_MS ? [inBand(facts)] : []),
    ...(now > 1 && globalConfig.workerThreads !== true ? [threads(facts)] : []),
    ...memoryLimit(facts),
  ]
}

function whole(
  facts: DoctorFacts,
  candidate: Pick<Candidate, 'name' | 'title' | 'reason' | 'mostMs' | 'change'> & { readonly text: string },
): Candidate {
  const { text, ...rest } = candidate
  return {
    ...rest,
    group: 'workers',
    files: facts.files.map(({ key }) => key),
    scope: 'suite',
    patch: () => `// in the Jest config\n${text}`,
  }
}

function amountOf(amount: number, facts: DoctorFacts): Candidate {
  const { totals } = facts.report
  const now = facts.globalConfig.maxWorkers
  return whole(facts, {
    name: `workers-${amount}`,
    title: `${amount} workers`,
    reason:
      amount < now
        ? `${now} workers had no core for ${duration(totals.readyMs ?? 0)} in all`
        : `${now} of ${availableParallelism()} cores have a worker, which waits for ${duration(totals.idleMs + totals.blockedMs)} in all`,
    mostMs: amount < now ? (totals.readyMs ?? 0) / now : totals.wallMs * (1 - now / amount),
    change: { globalOptions: { maxWorkers: amount } },
    text: `maxWorkers: ${amount}`,
  })
}

function inBand(facts: DoctorFacts): Candidate {
  const { phases } = facts.report
  return whole(facts, {
    name: 'in-band',
    title: 'all in one process',
    reason: `${duration(phases.betweenFiles.wallMs)} pass between files, and each worker loads Jest, transformers and modules again`,
    mostMs: startUpOfWorkers(facts),
    change: {
      globalOptions: { maxWorkers: 1, runInBand: true } as Candidate['change']['globalOptions'] & object,
    },
    text: 'maxWorkers: 1',
  })
}

function threads(facts: DoctorFacts): Candidate {
  return whole(facts, {
    name: 'worker-threads',
    title: 'workers as threads',
    reason: `starting a process takes longer than starting a thread, and ${duration(facts.report.phases.betweenFiles.wallMs)} pass between files`,
    mostMs: startUpOfWorkers(facts),
    change: { globalOptions: { workerThreads: true } },
    text: 'workerThreads: true',
  })
}

/** Milliseconds until the first files began, and between files, which a worker at most saves. */
function startUpOfWorkers({ report: { schedule, phases } }: DoctorFacts): number {
  const started = sum(schedule.workers, ({ startedAtMs }) => startedAtMs)
  return (started + phases.betweenFiles.wallMs) / Math.max(1, schedule.workers.length)
}

function memoryLimit(facts: DoctorFacts): Candidate[] {
  const { restarts, restartMs } = facts.report.phases.betweenFiles
  if (facts.report.run.workerIdleMemoryLimit === undefined || restarts === 0) return []
  return [
    whole(facts, {
      name: 'worker-memory-limit',
      title: 'no limit to the memory of workers',
      reason: `workers were started again ${restarts} times, which took ${duration(restartMs)}`,
      mostMs: restartMs / Math.max(1, facts.report.schedule.workers.length),
      change: { globalOptions: { workerIdleMemoryLimit: Number.MAX_SAFE_INTEGER } },
      text: "// remove workerIdleMemoryLimit, or set it higher than a worker's memory after most files",
    }),
  ]
}
