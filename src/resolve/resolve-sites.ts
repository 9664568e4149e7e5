// Where calls stand: sites of captured stacks, in original positions and by the functions that the profile knows.

import { group } from 'd3-array'
import { at } from '../profile/columns.js'
import { ANONYMOUS } from '../profile/frame.js'
import type { Frame } from '../profile/profile.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'

/** A call in original positions, 1-based, with the name of the function that it stands in. */
export type PlacedSite = Pick<Frame, 'name' | 'file' | 'line' | 'column'>

/**
 * A stack tells where a call stands, a profile where a function begins. Both are one frame when the function has that
 * name and is the last one of the file that begins before the call. One that was never sampled, or has no name to know
 * it by, gets a frame of its own, at the call. Adds such frames to `frames`.
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
      .filter(index => beginsBefore(at(frames, index), site))
      .toSorted((a, b) => compareStarts(at(frames, b), at(frames, a)))[0]
    return known ?? frames.push(frameFor(site)) - 1
  })
  return { frame, line: placed.map(({ line }) => line), column: placed.map(({ column }) => column) }
}

function functionKey({ file, name }: Pick<PlacedSite, 'file' | 'name'>): string {
  return `${file}\0${name}`
}

function beginsBefore(frame: Frame, site: PlacedSite): boolean {
  return frame.line < site.line || (frame.line === site.line && frame.column <= site.column)
}

function compareStarts(a: Frame, b: Frame): number {
  return a.line - b.line || a.column - b.column
}
