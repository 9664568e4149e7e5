// The hottest code as a person wants to see it: the project's own functions one by one, libraries folded to a package.

import { byDescending } from './function-report.js'
import type { Hotspot, PackageReport, Report } from './report.js'

export type HotCode =
  | { kind: 'function'; selfMs: number; hotspot: Hotspot }
  | { kind: 'package'; selfMs: number; package: PackageReport }

/** Dearest first; Jest, transformers and built-ins are left to the categories. */
export function hotCode({ hotspots, packages }: Pick<Report, 'hotspots' | 'packages'>): HotCode[] {
  const own = hotspots.filter(({ category }) => category === 'source' || category === 'test')
  const folded = packages.filter(({ category, selfMs }) => category === 'dependency' && selfMs > 0)
  return [
    ...own.map(hotspot => ({ kind: 'function' as const, selfMs: hotspot.selfMs, hotspot })),
    ...folded.map(entry => ({ kind: 'package' as const, selfMs: entry.selfMs, package: entry })),
  ].toSorted(byDescending<HotCode>(({ selfMs }) => selfMs, nameOf))
}

function nameOf(row: HotCode): string {
  if (row.kind === 'package') return row.package.package
  const { file, line, function: name } = row.hotspot
  return `${file}\0${line}\0${name}`
}
