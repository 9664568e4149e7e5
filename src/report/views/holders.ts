// What keeps sandboxes, each with all test files that it keeps.

import { group, sum } from 'd3-array'
import type { KeptSandbox, MemoryReport } from '../memory-report.js'
import { count } from './figures.js'

export interface HeldFiles extends Pick<KeptSandbox, 'path' | 'position'> {
  readonly retainedBytes: number
  readonly fileCount: number
  /** Number of functions that are held, which have the same name, and are in other files. */
  readonly placeCount: number
  /** What is kept most for first. */
  readonly files: readonly KeptSandbox[]
}

/** Those that keep most first. Sandboxes in a chain have what holds the first of them in common. */
export function holders(memory: MemoryReport | undefined): HeldFiles[] {
  const byHolder = [...group(memory?.kept ?? [], keyOf).values()]
  // What one test file holds of itself is one holder with what it holds of others.
  const byText = group(byHolder, ([first]) => (first === undefined ? '' : shortPath(first).join('\0')))
  return [...byText.values()]
    .map(groups => {
      const files = groups.flat().toSorted((a, b) => b.retainedBytes - a.retainedBytes)
      const [first] = files
      return {
        path: first === undefined ? [] : shortPath(first),
        position: first?.position ?? null,
        retainedBytes: sum(files, ({ retainedBytes }) => retainedBytes),
        fileCount: files.length,
        placeCount: new Set(files.map(({ position }) => `${position?.file}:${position?.line}`)).size,
        files,
      }
    })
    .toSorted((a, b) => b.retainedBytes - a.retainedBytes || b.fileCount - a.fileCount)
}

/** A test file that does what others do in the same way is not another holder. */
function keyOf(kept: KeptSandbox): string {
  const steps = shortPath(kept)
  const place = ` ${kept.file}:${kept.position?.line}`
  return steps.map(step => (step.endsWith(place) ? step.slice(0, -place.length) : step)).join('\0')
}

/** Up to the function that is held. */
function shortPath({ path, position }: KeptSandbox): string[] {
  const at =
    position === null ? -1 : path.findIndex(step => step.endsWith(` ${position.file}:${position.line}`))
  return at === -1 ? path : path.slice(0, at + 1)
}

/** `node:https › request src/tracing.js:3`, and how many other places do the same. */
export function holderText(held: Pick<HeldFiles, 'path' | 'placeCount'>): string {
  return held.path.length === 0 ? 'unknown' : `${held.path.join(' › ')}${otherPlaces(held)}`
}

/** ` and 2 other places`; `''` for none. */
export function otherPlaces({ placeCount }: Pick<HeldFiles, 'placeCount'>): string {
  return placeCount > 1 ? ` and ${count(placeCount - 1, 'other place')}` : ''
}
