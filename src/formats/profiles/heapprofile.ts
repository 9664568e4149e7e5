// `.heapprofile`, which Chrome DevTools (Memory, Load profile) and VS Code open, with original positions.
// https://chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/#type-SamplingHeapProfile: positions are 0-based, sizes in bytes.

import { callersFirst, subtreeWeights, withWeights } from '../../profile/call-tree.js'
import { at } from '../../profile/columns.js'
import { compareFrames } from '../../profile/frame.js'
import { ALLOCATED, type Frame, NOWHERE, type Profile, samplesOf } from '../../profile/profile.js'
import { prune } from '../../profile/prune.js'
import { amountsByStack } from '../../profile/rank.js'
import { toUrl } from './cpuprofile.js'

interface HeapProfileNode {
  readonly id: number
  readonly callFrame: {
    readonly functionName: string
    readonly scriptId: string
    readonly url: string
    readonly lineNumber: number
    readonly columnNumber: number
  }
  readonly selfSize: number
  readonly children: HeapProfileNode[]
}

const ROOT: Frame = { name: '(root)', category: 'program', ...NOWHERE }

const MOST_NODES = 100_000

/** What was allocated, freed again or not; the heaviest calls come first. One sample for each stack, in the same order. */
export function toHeapProfile(whole: Profile, mostNodes = MOST_NODES): string {
  const allocated = amountsByStack(whole, samplesOf(whole, ALLOCATED)).weight
  const { frames, stacks, values } = prune(withWeights(whole, allocated, ALLOCATED), {
    stacks: mostNodes,
  }).profile
  const { weight: self } = amountsByStack({ frames, stacks }, samplesOf({ values }, ALLOCATED))
  const subtree = subtreeWeights(stacks, self)
  const frameOf = (stack: number) => at(frames, at(stacks.frame, stack))
  const heaviestFirst = (a: number, b: number) =>
    at(subtree, b) - at(subtree, a) || compareFrames(frameOf(a), frameOf(b))
  const scriptIds = new Map(
    [...new Set(frames.map(({ file }) => file))].map((file, index) => [file, index + 1]),
  )
  const samples: { size: number; nodeId: number; ordinal: number }[] = []
  const nodes = new Map<number, HeapProfileNode>()
  const node = ({ name, file, line, column }: Frame, selfSize: number): HeapProfileNode => {
    const scriptId = file === '' ? '0' : String(scriptIds.get(file))
    const position = { lineNumber: line - 1, columnNumber: column - 1 }
    const callFrame = { functionName: name, scriptId, url: toUrl(file), ...position }
    return { id: nodes.size + 1, callFrame, selfSize, children: [] }
  }
  const head = node(ROOT, 0)
  nodes.set(-1, head)
  for (const stack of callersFirst(stacks, subtree, heaviestFirst)) {
    const size = at(self, stack)
    const made = node(frameOf(stack), size)
    nodes.set(stack, made)
    nodes.get(at(stacks.caller, stack))?.children.push(made)
    if (size > 0) samples.push({ size, nodeId: made.id, ordinal: samples.length + 1 })
  }
  return nestedJson({ head, samples })
}

/** As JSON.stringify, which throws where stacks are deeper than its own. */
function nestedJson({ head, samples }: { head: HeapProfileNode; samples: readonly object[] }): string {
  const parts: string[] = []
  const pending: (HeapProfileNode | string)[] = [head]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') {
      parts.push(next)
      continue
    }
    const { children, ...own } = next
    parts.push(`${JSON.stringify(own).slice(0, -1)},"children":[`)
    pending.push(']}')
    children.toReversed().forEach((child, index) => {
      if (index > 0) pending.push(',')
      pending.push(child)
    })
  }
  return `{"head":${parts.join('')},"samples":${JSON.stringify(samples)}}`
}
