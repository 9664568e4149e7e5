// A run that spends much of its CPU time in garbage collection.

import { byDescending } from '../../profile/order.js'
import { fileKey } from '../../profile/paths.js'
import type { FileReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'
import { duration, percent } from '../../report/views/figures.js'
import { byPath } from '../evidence/files.js'
import type { Facts, FindingDraft } from '../rule.js'

/** Milliseconds below which the time of collections is normal. */
export function leastOfCollection({ totals }: Pick<Report, 'totals'>): number {
  return 0.15 * totals.cpuMs
}

export function garbageCollection({ report, record }: Facts): FindingDraft[] {
  const { gcMs, cpuMs } = report.totals
  if (gcMs === 0 || gcMs < leastOfCollection(report)) return []
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

function gcOf({ gcMs }: FileReport): number {
  return gcMs ?? 0
}
