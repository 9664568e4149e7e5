import type { ProfileData } from '../data/profile-data.js'
import { eachSample, type Selection, unitOf } from '../data/selection.js'
import { type FlameTree, type Folding, leftHeavy } from './flame-tree.js'
import { leafFinder, TreeBuilder } from './tree-builder.js'

/** All samples that were selected, merged, from the outermost caller down. */
export function mergedTree(profile: ProfileData, selection: Selection, folding: Folding): FlameTree {
  const builder = new TreeBuilder(profile, folding, { label: 'all' })
  const leafOf = leafFinder(profile, builder)
  eachSample(profile, selection, (stack, weight) => {
    leafOf(stack).self += weight
  })
  return leftHeavy(builder.root, unitOf(profile, selection.value))
}
