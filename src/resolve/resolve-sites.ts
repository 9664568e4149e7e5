// Sites of captured stacks → the frames of their functions, and original positions.

import { group } from 'd3-array'
import { at } from '../profile/columns.js'
import { ANONYMOUS } from '../profile/frame.js'
import type { Frame } from '../profile/profile.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'

/** The original position of a call, 1-based, with the name of the function that makes it. */
export type PlacedSite = Pick<Frame, 'name' | 'file' | 'line' | 'column'>

/**
 * Stacks have the positions of calls, profiles those of functions. A call belongs to the last function of that name in
 * the file that begins before it. If that was never sampled or is anonymous, a frame at the call is added to `frames`.
 */
export function resolveSites(
  placed: readonly PlacedSite[],
  frames: Frame[],
  frameFor: (site: PlacedSite) => Frame,
): ResolvedRecording['sites'] {
  const byFunction = group(frames.keys(), index => functionKey(at(frames, index)))
  const frame = placed.map(site => {
    const candidates = site.name === ANONYMOUS ? [] : (byFunction.get(functionKey(site)) ?? [])
    const known = candidates
      .filter(index => compareStarts(at(frames, index), site) <= 0)
      .toSorted((a, b) => compareStarts(at(frames, b), at(frames, a)))[0]
    return known ?? frames.push(frameFor(site)) - 1
  })
  return { frame, line: placed.map(({ line }) => line), column: placed.map(({ column }) => column) }
}

function functionKey({ file, name }: Pick<PlacedSite, 'file' | 'name'>): string {
  return `${file}\0${name}`
}

function compareStarts(a: PlacedSite, b: PlacedSite): number {
  return a.line - b.line || a.column - b.column
}
