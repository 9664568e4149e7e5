// The longest single span of each wait: the least that one await takes, whatever else is awaited at the same time.

import { at } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { waitPieces } from './wait-pieces.js'
import { callAt, type WaitSum } from './wait-sums.js'

/** By `waitKey`; without waits whose stack is unknown. */
export type LongestWaits = ReadonlyMap<string, Microseconds>

/** The same for all waits of one kind that were started by the same calls. */
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
