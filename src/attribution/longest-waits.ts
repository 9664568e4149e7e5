// How long the longest single span of each wait was: what one await takes at least, whatever else is waited for
// beside it.

import { at } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { waitPieces } from './wait-pieces.js'
import { callAt, type WaitSum } from './wait-sums.js'

/** By `waitKey`; waits without a known stack are left out. */
export type LongestWaits = ReadonlyMap<string, Microseconds>

/** The same for all waits of one kind that the same calls started. */
export function waitKey({ kind, stack }: Pick<WaitSum, 'kind' | 'stack'>): string {
  return [kind, ...stack.map(({ frame, line, column }) => `${frame.file}:${line}:${column}`)].join('\0')
}

export function longestWaits(recording: ResolvedRecording): LongestWaits {
  const { waits, sites, frames } = recording
  const longest = new Map<number, Microseconds>()
  for (const { start, end, resource } of waitPieces(recording))
    longest.set(resource, Math.max(longest.get(resource) ?? 0, end - start))
  const byKey = new Map<string, Microseconds>()
  for (const [resource, micros] of longest) {
    const calls = waits?.resources.stack[resource] ?? []
    if (waits === null || calls.length === 0) continue
    const stack = calls.map(site => callAt(site, { sites, frames }))
    const key = waitKey({ kind: at(waits.resources.kind, resource), stack })
    byKey.set(key, Math.max(byKey.get(key) ?? 0, micros))
  }
  return byKey
}
