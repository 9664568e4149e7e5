// Waits for drawn recordings: resources by the functions whose calls created them.

import type { Waits } from '../../src/collect/recording.js'
import type { ResolvedRecording } from '../../src/import/resolved-recording.js'
import { drawnFrame } from './profile-from-text.js'

export interface DrawnResource {
  kind?: string
  /** Functions as `drawnFrame` reads them, innermost first; empty: Node's own. The first one's call is in line 11. */
  stack: string[]
  /** Position of the attempt that created it. */
  test?: number
}

export interface DrawnWaits extends Partial<Pick<Waits, 'contexts' | 'leaks'>> {
  resources: DrawnResource[]
  /** `[time, position of the resource]`. */
  wakes: [time: number, resource: number][]
}

/** The same recording, with what it waited for. */
export function withWaits(
  recording: ResolvedRecording,
  { resources, wakes, leaks, contexts = null }: DrawnWaits,
): ResolvedRecording {
  const frames = [...recording.frames]
  const calls: string[] = []
  const stack = resources.map(resource =>
    resource.stack.map(call => (calls.includes(call) ? calls.indexOf(call) : calls.push(call) - 1)),
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
      },
      wakes: { time: wakes.map(([time]) => time), resource: wakes.map(([, resource]) => resource) },
      leaks: leaks ?? { resource: [], during: [], count: [], micros: [] },
      contexts,
    },
  }
}
