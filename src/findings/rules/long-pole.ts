// A test file that the run waits for at its end, when the other workers have nothing left to do.

import { max, sum } from 'd3-array'
import type { FileReport } from '../../report/file-report.js'
import { duration, percent } from '../../report/views/figures.js'
import { listMachines } from '../../report/views/machines.js'
import { nameText } from '../../report/views/names.js'
import type { Facts, FindingDraft } from '../rule.js'

/** The least share of the run's wall time in which it runs alone. */
const LEAST_ALONE = 0.1
/** The least share of it that splitting the file must spare. */
const LEAST_SPARED = 0.05

export function longPole({ report }: Facts): FindingDraft[] {
  const { run, schedule, totals } = report
  // For a part of a run it is unknown what other workers did.
  if (run.selection !== undefined) return []
  const critical = report.files.find(
    ({ path, project, worker }) =>
      worker !== null && path === schedule.criticalFile?.path && project === schedule.criticalFile.project,
  )
  if (critical === undefined) return []
  // Workers of another machine could not have run any of it.
  const machine = listMachines(report).find(one =>
    one.workers.some(({ worker }) => worker === critical.worker),
  )
  const numbers = new Set(machine?.workers.map(({ worker }) => worker))
  if (numbers.size < 2) return []
  // Files that were not recorded kept a worker busy, too.
  const others = report.files
    .filter(({ worker }) => worker === null || numbers.has(worker))
    .filter(file => file !== critical)
    .map(endOf)
  const endMs = endOf(critical)
  const aloneMs = endMs - Math.max(critical.startedAtMs, ...others)
  if (aloneMs < LEAST_ALONE * totals.wallMs) return []
  const workers = numbers.size
  // Divided among all workers, the time alone would be this much shorter, if its tests can be divided.
  const sparedMs = Math.min((aloneMs * (workers - 1)) / workers, sparedInHalves(critical))
  if (sparedMs < LEAST_SPARED * totals.wallMs) return []
  const where = machine?.name === undefined ? '' : ` of ${machine.name}`
  return [
    {
      id: `long-pole:${critical.project === '' ? '' : `${critical.project}:`}${critical.path}`,
      confidence: 'high',
      title: `The run waits for ${critical.path}`,
      evidence:
        `It ran alone for the last ${duration(aloneMs)}, ${percent(aloneMs, totals.wallMs)} of the run, while ` +
        `${workers === 2 ? 'the other worker' : `${workers - 1} workers`}${where} had nothing to do. It took ` +
        `${duration(critical.wallMs)} and started ${duration(critical.startedAtMs)} into the run.`,
      remedy:
        `Split the file${slowestTests(critical)}, so that its parts can run in parallel. If its \`cacheDirectory\` is ` +
        'kept, Jest starts with the files that took longest in the last run.',
      costMs: sparedMs,
      savings: { command: { low: 0, high: sparedMs } },
      position: { file: critical.path, line: 1, column: 1 },
    },
  ]
}

function endOf({ startedAtMs, wallMs }: FileReport): number {
  return startedAtMs + wallMs
}

/** What splitting it in two would spare: each part pays again for all but the tests, and one test cannot be divided. */
function sparedInHalves({ tests }: FileReport): number {
  const times = tests.map(({ wallMs }) => wallMs)
  const whole = sum(times)
  return whole - Math.max(whole / 2, max(times) ?? 0)
}

function slowestTests({ tests }: FileReport): string {
  const slowest = tests.toSorted((a, b) => b.wallMs - a.wallMs || a.index - b.index).slice(0, 2)
  const names = slowest.map(({ name, wallMs }) => `“${nameText(name)}” (${duration(wallMs)})`)
  return names.length === 0 ? '' : `, whose slowest tests are ${names.join(' and ')}`
}
