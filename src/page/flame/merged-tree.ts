import type { ProfileData } from '../data/profile-data.js'
import { eachSample, type Selection } from '../data/selection.js'
import { type FlameNode, type FlameTree, type Folding, leftHeavy } from './flame-tree.js'
import { TreeBuilder } from './tree-builder.js'

/** All samples that were selected, merged, from the outermost caller down. */
export function mergedTree(profile: ProfileData, selection: Selection, folding: Folding): FlameTree {
  const builder = new TreeBuilder(profile, folding, { label: 'all' })
  const nodeOf = new Map<number, FlameNode>()
  const find = (stack: number): FlameNode => {
    if (stack < 0) return builder.root
    const known = nodeOf.get(stack)
    if (known !== undefined) return known
    const parent = find(profile.callerOf[stack] ?? -1)
    const frame = profile.frameOf[stack] ?? -1
    const node = profile.passesOn(frame) ? parent : builder.child(parent, frame)
    nodeOf.set(stack, node)
    return node
  }
  eachSample(profile, selection, (stack, weight) => {
    const frame = profile.frameOf[stack] ?? -1
    const node = profile.passesOn(frame) ? builder.child(find(stack), frame) : find(stack)
    node.self += weight
  })
  return leftHeavy(builder.root)
}
