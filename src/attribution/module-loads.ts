// Time and segment of each load of a module. CommonJS modules are measured, of ES modules only transforms are: see es-module-times.ts.

import { at, increase, lowerBound } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { ModuleLoads } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { esModuleTimes } from './es-module-times.js'
import { perRecording } from './per-recording.js'
import { type Segment, timeline } from './timeline.js'

/** Time that tests spent importing, by `index attempt`, hooks included: the self time of modules that they were first to import. */
export const importsOfTests = perRecording((recording): ReadonlyMap<string, Microseconds> => {
  const sums = new Map<string, Microseconds>()
  const { modules } = recording
  if (modules === null || modules.path.length === 0) return sums
  const add = (segment: Segment | undefined, micros: Microseconds) => {
    const owner = segment?.owner
    if (owner?.test !== undefined) increase(sums, `${owner.test} ${owner.attempt}`, micros)
  }
  for (const { self, segment } of loadTimes(recording, modules)) add(segment, self)
  const { start, resolve, mock } = modules.lookups
  const segmentAt = segmentFinder(timeline(recording))
  start.forEach((timestamp, row) => {
    add(segmentAt(timestamp), at(resolve, row) + at(mock, row))
  })
  return sums
})

/** No load; or no module, where Jest itself asked. */
export const NONE = -1

interface LoadTimes {
  self: Microseconds
  total: Microseconds
  readonly resolve: Microseconds
  readonly compile: Microseconds
  segment: Segment | undefined
}

export function loadTimes(recording: ResolvedRecording, modules: ModuleLoads): LoadTimes[] {
  const { loads, lookups } = modules
  // Loads are listed in the order of their ends: an ES module comes after its imports.
  const segmentOf = loads.start.map(segmentFinder(timeline(recording)))
  const { evaluated, linked } = esModuleTimes(recording, modules)
  const times = loads.module.map((module, load): LoadTimes => {
    const isScript = at(loads.end, load) !== NONE
    const { resolve, compile } = isScript
      ? { resolve: at(loads.resolve, load), compile: at(loads.compile, load) }
      : (linked.get(load) ?? { resolve: 0, compile: 0 })
    const total = isScript
      ? at(loads.end, load) - at(loads.start, load)
      : resolve + at(loads.transform, load) + compile + (evaluated.get(module) ?? 0)
    // Where a module was loaded twice, samples of both evaluations count for the first load, because they look the same.
    if (!isScript) evaluated.delete(module)
    return { self: total, total, resolve, compile, segment: segmentOf[load] }
  })
  loads.within.forEach((outer, load) => {
    if (outer !== NONE) at(times, outer).self -= at(times, load).total
  })
  // Resolution and mocking count for the requested module, not for the module that was being loaded.
  lookups.within.forEach((outer, row) => {
    if (outer !== NONE) at(times, outer).self -= at(lookups.resolve, row) + at(lookups.mock, row)
  })
  takeOutTransformers(times, modules)
  const importers = importingLoads(loads)
  for (let load = times.length - 1; load >= 0; load--) {
    const importer = at(importers, load)
    // A module that a test imports later is not part of the file's import.
    if (importer !== NONE && isSameWork(segmentOf[importer], segmentOf[load]))
      at(times, importer).total += at(times, load).total
  }
  for (const time of times) time.self = Math.max(0, time.self)
  return times
}

export function segmentFinder(segments: readonly Segment[]): (start: Microseconds) => Segment | undefined {
  const starts = segments.map(({ start }) => start)
  return start => segments[lowerBound(starts, Math.max(0, start) + 1) - 1]
}

/** Loading a transformer is not part of the module that first needed it. */
function takeOutTransformers(times: readonly LoadTimes[], { loads, transformers }: ModuleLoads): void {
  if (transformers.length === 0) return
  loads.module.forEach((module, load) => {
    if (!transformers.includes(module)) return
    const { total } = at(times, load)
    for (let outer = at(loads.within, load); outer !== NONE; outer = at(loads.within, outer))
      at(times, outer).total -= total
  })
}

/**
 * ES modules are not loaded within each other; their nesting follows from the first importer. For each load, the latest earlier
 * load of that importer; -1 if it was loaded within another, or a CommonJS module asked for it.
 */
function importingLoads({ module, importer, within, end }: ModuleLoads['loads']): number[] {
  const latest = new Map<number, number>()
  return module.map((loaded, load) => {
    const importing = latest.get(at(importer, load)) ?? NONE
    latest.set(loaded, load)
    const isByModule = importing !== NONE && at(end, importing) === NONE
    return isByModule && at(within, load) === NONE ? importing : NONE
  })
}

function isSameWork(one: Segment | undefined, other: Segment | undefined): boolean {
  const [a, b] = [one?.owner, other?.owner]
  const isSameOwner = a?.test === b?.test && a?.attempt === b?.attempt && a?.group === b?.group
  return one?.phase === other?.phase && one?.hook === other?.hook && isSameOwner
}
