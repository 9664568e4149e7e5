// The hottest code: the project's own functions, and each library package as one entry.

import { byDescending } from '../../profile/order.js'
import { isOwnCode } from '../../profile/own-code.js'
import type { Hotspot, PackageReport } from '../code-reports.js'
import type { Report } from '../report.js'

export type HotCode =
  | { kind: 'function'; selfMs: number; hotspot: Hotspot }
  | { kind: 'package'; selfMs: number; package: PackageReport }

/** With fewer samples, a rank would be chance. */
const FEW_SAMPLES = 2

/** Most expensive first, without code seen in a single sample. Jest, transformers and built-ins are in the categories only. */
export function hotCode({ hotspots, packages }: Pick<Report, 'hotspots' | 'packages'>): HotCode[] {
  const own = hotspots.filter(row => isOwnCode(row) && row.sampleCount >= FEW_SAMPLES)
  const folded = packages.filter(
    ({ category, sampleCount }) => category === 'dependency' && sampleCount >= FEW_SAMPLES,
  )
  return [
    ...own.map(hotspot => ({ kind: 'function' as const, selfMs: hotspot.selfMs, hotspot })),
    ...folded.map(entry => ({ kind: 'package' as const, selfMs: entry.selfMs, package: entry })),
  ].toSorted(byDescending<HotCode>('selfMs', nameOf))
}

function nameOf(row: HotCode): string {
  if (row.kind === 'package') return row.package.package
  const { file, line, function: name } = row.hotspot
  return `${file}\0${line}\0${name}`
}
