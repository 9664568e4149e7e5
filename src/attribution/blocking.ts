// Finds the nodes of a call tree that are synchronous calls which wait: their time is neither idle time nor CPU time.

import { at } from '../profile/columns.js'
import { isOwnCode } from '../profile/own-code.js'
import { BLOCKED, type Category, type Frame } from '../profile/profile.js'
import type { BlockingKind } from '../recording/wait-kinds.js'
import { perRecording } from './per-recording.js'

const CHILD_PROCESS: BlockingKind = 'child process (synchronous)'

/** A synchronous compression is none: it only computes. */
const CALLS: readonly { kind: BlockingKind; file: RegExp; name: RegExp }[] = [
  {
    kind: CHILD_PROCESS,
    file: /^node:(?:internal\/)?child_process$/,
    name: /^(?:spawnSync|execSync|execFileSync)$/,
  },
  { kind: 'file system (synchronous)', file: /^node:(?:internal\/)?fs(?:\/|$)/, name: /Sync$/ },
]

const ATOMICS_WAIT: BlockingKind = 'Atomics.wait (synchronous)'
/** Without a profile. */
const UNKNOWN_CALL: BlockingKind = 'synchronous call'

/** Who made the call: the project's code, a transformer, or Jest. A library's calls belong to its caller. */
type CallOrigin = 'user' | 'transformer' | 'jest' | undefined

function originOf(category: Category, caller: CallOrigin): CallOrigin {
  if (isOwnCode({ category })) return 'user'
  if (category === 'transform') return 'transformer'
  return category === 'jest' || category === 'profiler' ? 'jest' : caller
}

/** Whether a frame is Node's own code. What a transformer calls has the category `transform`, even inside Node. */
export function isBuiltIn({ category, file, line }: Frame): boolean {
  if (category === 'node' || category === 'native') return true
  return category === 'transform' && (file.startsWith('node:') || (file === '' && line === 0))
}

/**
 * For each node, what it waits for: only synchronous calls that were made for the project's code count. Jest and transformers read
 * files synchronously all the time, which is their own cost, but a transformer that waits for another process is blocked.
 */
export const blockingKinds = perRecording(
  ({ nodes, frames, atomicsWaitNodes }): readonly (BlockingKind | undefined)[] => {
    const kinds: (BlockingKind | undefined)[] = []
    const origins: CallOrigin[] = []
    // A frame has several nodes, and most frames are no such call.
    const kindOfFrame = frames.map(frame => (isBuiltIn(frame) ? (kindOf(frame) ?? 'none') : undefined))
    nodes.frame.forEach((frameIndex, node) => {
      const caller = at(nodes.caller, node)
      const frame = at(frames, frameIndex)
      origins.push(originOf(frame.category, origins[caller]))
      const own = kindOfFrame[frameIndex]
      const kind = own === undefined ? undefined : (kinds[caller] ?? (own === 'none' ? undefined : own))
      const isBlocked =
        origins[node] === 'user' || (origins[node] === 'transformer' && kind === CHILD_PROCESS)
      kinds.push(
        frame.name === BLOCKED.name && frame.file === '' ? UNKNOWN_CALL : isBlocked ? kind : undefined,
      )
    })
    for (const node of atomicsWaitNodes) kinds[node] = ATOMICS_WAIT
    return kinds
  },
)

/** Whether the thread stands still in such a call: what it ran meanwhile, by a clock that advances in steps, was other code. */
export function standsStill(kind: BlockingKind | undefined): boolean {
  return kind === ATOMICS_WAIT
}

function kindOf({ name, file }: Frame): BlockingKind | undefined {
  return CALLS.find(call => call.file.test(file) && call.name.test(name))?.kind
}
