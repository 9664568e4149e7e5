// Functions that were blocked in Atomics.wait. V8 has no frame for that built-in: its time is self time of its caller, on
// the line of the call.

import { at, increase } from '../profile/columns.js'
import { isUserCode } from '../profile/own-code.js'
import type { Frame, Microseconds } from '../profile/profile.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import type { ReadSource } from './source-texts.js'

const CALL = /\bAtomics\s*\.\s*wait\s*\(/

/** Shorter waits are not worth reading a file. */
const LEAST: Microseconds = 20_000
/** The share of a function's samples that must be on such lines. */
const NEARLY_ALL = 0.9

type Ticked = Pick<ResolvedRecording, 'nodes' | 'ticks'> & { frames: readonly Frame[] }

/** Nodes of the call tree, in ascending order. */
export function atomicsWaits(
  { nodes, ticks, frames }: Ticked,
  { intervalMicros, readSource }: { intervalMicros: Microseconds; readSource: ReadSource },
): number[] {
  const all = new Map<number, number>()
  ticks.node.forEach((node, tick) => {
    increase(all, node, at(ticks.count, tick))
  })
  const isLong = (node: number) => (all.get(node) ?? 0) * intervalMicros >= LEAST
  const waiting = new Map<number, number>()
  ticks.node.forEach((node, tick) => {
    if (!isLong(node)) return
    const { file, category } = at(frames, at(nodes.frame, node))
    // Jest's workers and Node's own functions do not wait that way.
    if (!isUserCode({ category }) && category !== 'transform') return
    const text = readSource(file) ?? ''
    if (!CALL.test(text)) return
    const line = text.split('\n')[at(ticks.line, tick) - 1] ?? ''
    if (CALL.test(line)) increase(waiting, node, at(ticks.count, tick))
  })
  return [...waiting]
    .filter(([node, count]) => count >= NEARLY_ALL * (all.get(node) ?? 0))
    .map(([node]) => node)
    .toSorted((a, b) => a - b)
}
