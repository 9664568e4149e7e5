// A test file that the run waits for at its end, when nothing is left for the other workers.

import type { FileReport } from '../../report/file-report.js'
import { duration, percent } from '../../report/views/figures.js'
import { listMachines } from '../../report/views/machines.js'
import type { Facts, FindingDraft } from '../rule.js'

/** A share of the run's wall time. */
const LEAST_ALONE = 0.1
/** Tests that are named. */
const SHOWN = 2

export function longPole({ report }: Facts): FindingDraft[] {
  const { run, schedule, totals } = report
  // What the others did is not known of a part of a run.
  if (run.selection !== undefined) return []
  const critical = report.files.find(
    ({ path, project, worker }) =>
      worker !== null && path === schedule.criticalFile?.path && project === schedule.criticalFile.project,
  )
  if (critical === undefined) return []
  // Workers of another machine could not have taken any of it.
  const machine = listMachines(report).find(one =>
    one.workers.some(({ worker }) => worker === critical.worker),
  )
  const numbers = new Set(machine?.workers.map(({ worker }) => worker))
  if (numbers.size < 2) return []
  // Files that were not recorded kept their worker busy all the same.
  const others = report.files
    .filter(({ worker }) => worker === null || numbers.has(worker))
    .filter(file => file !== critical)
    .map(endOf)
  const endMs = endOf(critical)
  const aloneMs = endMs - Math.max(critical.startedAtMs, ...others)
  if (aloneMs < LEAST_ALONE * totals.wallMs) return []
  const workers = numbers.size
  const where = machine?.name === undefined ? '' : ` of ${machine.name}`
  return [
    {
      id: `long-pole:${critical.project === '' ? '' : `${critical.project}:`}${critical.path}`,
      confidence: 'high',
      title: `The run waits for ${critical.path}`,
      evidence:
        `It ran alone for the last ${duration(aloneMs)}, ${percent(aloneMs, totals.wallMs)} of the run, while ` +
        `${workers === 2 ? 'the other worker' : `${workers - 1} workers`}${where} had nothing to do. It took ` +
        `${duration(critical.wallMs)} and began ${duration(critical.startedAtMs)} into the run.`,
      remedy:
        `Split the file${slowestTests(critical)}, so that its parts can run at the same time. Jest first starts what ` +
        'took longest the last time, if its `cacheDirectory` is kept.',
      // Spread over all workers, the rest would have taken one part for each.
      costMs: (aloneMs * (workers - 1)) / workers,
      position: { file: critical.path, line: 1, column: 1 },
    },
  ]
}

function endOf({ startedAtMs, wallMs }: FileReport): number {
  return startedAtMs + wallMs
}

function slowestTests({ tests }: FileReport): string {
  const slowest = tests.toSorted((a, b) => b.wallMs - a.wallMs || a.index - b.index).slice(0, SHOWN)
  const names = slowest.map(({ fullName, wallMs }) => `“${fullName}” (${duration(wallMs)})`)
  return names.length === 0 ? '' : `, whose slowest tests are ${names.join(' and ')}`
}
