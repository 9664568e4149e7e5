// Which nodes of a call tree are synchronous calls that wait: neither idle time nor CPU.

import { at } from '../profile/columns.js'
import type { Category, Frame } from '../profile/profile.js'
import { perRecording } from './per-recording.js'

const CALLS: readonly { kind: string; file: RegExp; name: RegExp }[] = [
  {
    kind: 'child process (synchronous)',
    file: /^node:(?:internal\/)?child_process$/,
    name: /^(?:spawnSync|execSync|execFileSync)$/,
  },
  { kind: 'file system (synchronous)', file: /^node:(?:internal\/)?fs(?:\/|$)/, name: /Sync$/ },
  { kind: 'compression (synchronous)', file: /^node:zlib$/, name: /^processChunkSync$/ },
]

const ATOMICS_WAIT = 'Atomics.wait (synchronous)'

/** Whose call it is: made by the project's code, or by Jest and its transformers; libraries work for their callers. */
function makerOf(category: Category, caller: 'user' | 'jest' | undefined): 'user' | 'jest' | undefined {
  if (category === 'source' || category === 'test') return 'user'
  return category === 'jest' || category === 'transform' || category === 'profiler' ? 'jest' : caller
}

/**
 * For each node what it waits for, if it stands in a synchronous call that was made for the project's code. Jest and
 * transformers read files that way all the time: that is their own cost.
 */
export const blockingKinds = perRecording(({ nodes, frames, standing }): readonly (string | undefined)[] => {
  const kinds: (string | undefined)[] = []
  const makers: ('user' | 'jest' | undefined)[] = []
  nodes.frame.forEach((frameIndex, node) => {
    const caller = at(nodes.caller, node)
    const frame = at(frames, frameIndex)
    makers.push(makerOf(frame.category, makers[caller]))
    const isBuiltIn = frame.category === 'node' || frame.category === 'native'
    const inner = kinds[caller]
    kinds.push(isBuiltIn && makers[node] === 'user' ? (inner ?? kindOf(frame)) : undefined)
  })
  for (const node of standing) kinds[node] = ATOMICS_WAIT
  return kinds
})

function kindOf({ name, file }: Frame): string | undefined {
  return CALLS.find(call => call.file.test(file) && call.name.test(name))?.kind
}
