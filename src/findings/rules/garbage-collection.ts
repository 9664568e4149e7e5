// A run that spends much of its CPU time in garbage collection.

import { Adder } from 'd3-array'
import { at } from '../../profile/columns.js'
import { byDescending } from '../../profile/order.js'
import { isOwnCode } from '../../profile/own-code.js'
import { fileKey } from '../../profile/paths.js'
import { type Category, type Profile, samplesOf, TIMES } from '../../profile/profile.js'
import type { FileReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'
import { duration, percent } from '../../report/views/figures.js'
import { byPath } from '../evidence/files.js'
import type { Facts, FindingDraft } from '../rule.js'

/** Milliseconds below which the time of collections is normal. */
export function leastOfCollection({ totals }: Pick<Report, 'totals'>): number {
  return 0.15 * totals.cpuMs
}

export function garbageCollection({ report, record, profile }: Facts): FindingDraft[] {
  const { gcMs, cpuMs } = report.totals
  if (gcMs === 0 || gcMs < leastOfCollection(report) || ownShare(profile) < LEAST_OWN) return []
  const most = report.files
    .filter(file => gcOf(file) > 0)
    .toSorted(byDescending(gcOf, ({ path: file, project }) => fileKey({ file, project })))
    .slice(0, 3)
    .map(
      file =>
        `${file.path} (${duration(gcOf(file))}, ${percent(gcOf(file), file.cpuMs ?? 0)} of its CPU time)`,
    )
  return [
    {
      id: 'garbage-collection',
      // The share is measured, but not what allocates.
      confidence: 'medium',
      title: `Garbage collection takes ${percent(gcMs, cpuMs)} of CPU time`,
      evidence: `${duration(gcMs)} of ${duration(cpuMs)}; most of it in ${most.join(', ')}.`,
      remedy:
        'Look for large objects that the hot functions of these files allocate repeatedly. Enlarge the young generation ' +
        'with `NODE_OPTIONS=--max-semi-space-size=64`. If workers keep growing, set `workerIdleMemoryLimit` or run fewer ' +
        'workers.',
      costMs: gcMs,
      savings: {
        files: byPath(
          { report, record },
          report.files.map(file => [file.path, gcOf(file)]),
        ),
      },
    },
  ]
}

/** Where less of it is collected while own code runs, the objects are those of Jest or of packages. */
const LEAST_OWN = 0.5

/** The share of collections with the project's code as their innermost code of users; 1 where none was sampled. */
function ownShare(profile: Profile): number {
  const { frames, stacks } = profile
  const samples = samplesOf(profile, TIMES.cpu)
  const [own, all] = [new Adder(), new Adder()]
  samples.stack.forEach((stack, row) => {
    if (at(frames, at(stacks.frame, stack)).category !== 'gc') return
    let caller = at(stacks.caller, stack)
    while (caller >= 0 && NOBODYS.has(at(frames, at(stacks.frame, caller)).category))
      caller = at(stacks.caller, caller)
    all.add(at(samples.weight, row))
    if (caller >= 0 && isOwnCode(at(frames, at(stacks.frame, caller)))) own.add(at(samples.weight, row))
  })
  return all.valueOf() === 0 ? 1 : own.valueOf() / all.valueOf()
}

/** Categories of code that allocates for its caller. */
const NOBODYS: ReadonlySet<Category> = new Set(['gc', 'native', 'node', 'program', 'compile'])

function gcOf({ gcMs }: FileReport): number {
  return gcMs ?? 0
}
