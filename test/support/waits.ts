// Waits for drawn recordings: resources with the functions whose calls created them.

import type { Waits } from '../../src/recording/recording.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import type { ResourceKind } from '../../src/recording/wait-kinds.js'
import { drawnFrame } from './profile-from-text.js'

export interface DrawnResource {
  kind?: ResourceKind
  /**
   * Functions as `drawnFrame` reads them, innermost first; empty for Node's own resources, null when the stack was not read.
   * The call in the first one is in line 11.
   */
  stack: string[] | null
  /** Position of the attempt that created it. */
  test?: number
  repeats?: boolean
}

export interface DrawnWaits extends Partial<Pick<Waits, 'contexts' | 'thinned' | 'pauses'>> {
  resources: DrawnResource[]
  /** `[time, position of the resource, its creation]`; by default it was created at the start of the recording. */
  wakes: [time: number, resource: number, since?: number][]
  leaks?: Omit<Waits['leaks'], 'time'> & Partial<Waits['leaks']>
}

const NOTHING_THINNED: Waits['thinned'] = { kind: [], created: [], kept: [] }
const NO_PAUSES: Waits['pauses'] = { start: [], end: [] }
const NO_LEAKS: Waits['leaks'] = { resource: [], during: [], time: [], count: [], micros: [] }

/** The recording with these waits. */
export function withWaits(
  recording: ResolvedRecording,
  { resources, wakes, leaks, contexts = null, thinned = NOTHING_THINNED, pauses = NO_PAUSES }: DrawnWaits,
): ResolvedRecording {
  const frames = [...recording.frames]
  const calls: string[] = []
  const stack = resources.map(
    resource =>
      resource.stack?.map(call => (calls.includes(call) ? calls.indexOf(call) : calls.push(call) - 1)) ??
      null,
  )
  const frame = calls.map(drawnFrame).map(called => {
    const known = frames.findIndex(({ name, file }) => name === called.name && file === called.file)
    return known >= 0 ? known : frames.push(called) - 1
  })
  return {
    ...recording,
    frames,
    sites: { frame, line: calls.map((_, call) => 11 + call), column: calls.map(() => 5) },
    waits: {
      resources: {
        kind: resources.map(({ kind = 'timer' }) => kind),
        stack,
        test: resources.map(({ test = -1 }) => test),
        repeats: resources.map(({ repeats = false }) => repeats),
      },
      wakes: {
        time: wakes.map(([time]) => time),
        since: wakes.map(([, , since = 0]) => since),
        resource: wakes.map(([, resource]) => resource),
      },
      leaks: { ...NO_LEAKS, time: leaks?.resource.map(() => 0) ?? [], ...leaks },
      thinned,
      pauses,
      contexts,
    },
  }
}
