// Trees of all samples that were selected, merged: the whole, or who called a function and what it called.

import type { ProfileData } from '../data/run-data.js'
import { eachSample, type Selection, unitOf } from '../data/selection.js'
import { type FlameTree, type Folding, leftHeavy } from './flame-tree.js'
import { leafFinder, pathOf, TreeBuilder } from './tree-builder.js'

/** From the outermost caller down. */
export function mergedTree(profile: ProfileData, selection: Selection, folding: Folding): FlameTree {
  const builder = new TreeBuilder(profile, folding, { label: 'all' })
  const leafOf = leafFinder(profile, builder)
  eachSample(profile, selection, (stack, weight) => {
    leafOf(stack).self += weight
  })
  return leftHeavy(builder.root, unitOf(profile, selection.value))
}

/** Who called a function, and what it called: both from its outermost call, so that recursion counts once. */
export function sandwichTrees(
  profile: ProfileData,
  {
    selection,
    folding,
    isFunction,
  }: { selection: Selection; folding: Folding; isFunction: (frame: number) => boolean },
): { callers: FlameTree; callees: FlameTree } {
  const callers = new TreeBuilder(profile, folding, { label: 'callers', isKept: isFunction })
  const callees = new TreeBuilder(profile, folding, { label: 'callees', isKept: isFunction })
  eachSample(profile, selection, (stack, weight) => {
    const path = pathOf(profile, stack)
    const outermost = path.findIndex(isFunction)
    if (outermost < 0) return
    let node = callers.root
    for (let above = outermost; above >= 0; above--) node = callers.child(node, path[above] ?? -1)
    node.self += weight
    node = callees.root
    for (const frame of path.slice(outermost)) node = callees.child(node, frame)
    node.self += weight
  })
  const unit = unitOf(profile, selection.value)
  return { callers: leftHeavy(callers.root, unit), callees: leftHeavy(callees.root, unit) }
}
