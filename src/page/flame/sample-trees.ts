// Trees of the selected samples: merged, chronological, or the callers and callees of a function.

import { TIMES } from '../../profile/profile.js'
import type { ProfileData } from '../data/run-data.js'
import { eachSample, type Selection, selectedScopes, selectedStacks, unitOf } from '../data/selection.js'
import { mergedFrames } from '../data/stack-operations.js'
import type { FlameOwner } from './flame-owner.js'
import { type FlameNode, type FlameTree, type Folding, leftHeavy, newNode, numbered } from './flame-tree.js'
import { OwnedTree, ownerFinder, ownerNode } from './owners.js'
import { leafFinder, leafOfPath, pathOf } from './stack-leaves.js'
import { TreeBuilder } from './tree-builder.js'

/** What a tree of a run shows. `owners`: calls are below their phase, and their test or hook. */
export interface TreeOptions extends Folding {
  readonly owners: boolean
}

export function mergedTree(profile: ProfileData, selection: Selection, options: TreeOptions): FlameTree {
  const builder = new TreeBuilder(profile, options, {
    label: 'all',
    isMerged: mergedFrames(profile, selection),
  })
  const leafOf = leafFinder(profile, builder)
  const unit = unitOf(profile, selection.value)
  if (!options.owners) {
    eachSample(profile, selection, (stack, weight) => {
      leafOf(stack).self += weight
    })
    return leftHeavy(builder.root, unit)
  }
  const owned = new OwnedTree('all', ownerFinder(profile))
  eachSample(profile, selection, (stack, weight, scope) => {
    owned.copy(scope, leafOf(stack)).self += weight
  })
  return leftHeavy(owned.root, unit)
}

/** Callers and callees of a function, both from its outermost call, so that recursion counts once. */
export function sandwichTrees(
  profile: ProfileData,
  {
    selection,
    folding,
    isFunction,
  }: { selection: Selection; folding: Folding; isFunction: (frame: number) => boolean },
): { callers: FlameTree; callees: FlameTree } {
  const isMerged = mergedFrames(profile, selection)
  const builderOf = (label: string) =>
    new TreeBuilder(profile, folding, { label, isKept: isFunction, isMerged })
  const [callers, callees] = [builderOf('callers'), builderOf('callees')]
  eachSample(profile, selection, (stack, weight) => {
    const path = pathOf(profile, stack)
    const outermost = path.findIndex(isFunction)
    if (outermost < 0) return
    leafOfPath(callers, path.slice(0, outermost + 1).reverse()).self += weight
    leafOfPath(callees, path.slice(outermost)).self += weight
  })
  const unit = unitOf(profile, selection.value)
  return { callers: leftHeavy(callers.root, unit), callees: leftHeavy(callees.root, unit) }
}

/** The samples of one test file, or a part of it, in chronological order. A call that continues in the next sample stays one node. */
export function orderedTree(profile: ProfileData, selection: Selection, options: TreeOptions): FlameTree {
  const scopes = selectedScopes(profile, selection)
  const stacks = selectedStacks(profile, selection)
  const ownerOf = options.owners ? ownerFinder(profile) : () => undefined
  const callsOf = callFinder(profile, selection, options)
  const { root } = new TreeBuilder(profile, options, { label: 'all' })
  let open: FlameNode[] = []
  let begin = Number.POSITIVE_INFINITY
  let end = 0
  let whole = 0
  const add = (calls: readonly FlameNode[], start: number, length: number) => {
    const isNext = start - end < 1
    begin = Math.min(begin, start)
    let level = 0
    while (isNext && level < calls.length && sameCall(open[level], calls[level])) level++
    open = open.slice(0, level)
    for (const { frame, label, category, folded, hidden, owner } of calls.slice(level)) {
      const parent = open.at(-1) ?? root
      const node = newNode({ frame, label, category, parent, folded, hidden, owner })
      node.start = start
      parent.children.push(node)
      open.push(node)
    }
    end = start + length
    for (const node of open) node.total = end - node.start
    const innermost = open.at(-1)
    if (innermost !== undefined) innermost.self += length
    whole += length
  }
  for (const { file, first, stack, scope, length } of profile.sequences) {
    if (file !== selection.file) continue
    let time = first
    stack.forEach((index, sample) => {
      const lasted = length[sample] ?? 0
      const own = scope[sample] ?? -1
      if (scopes[own] === 1 && stacks[index] === 1)
        add(ownedCalls(ownerOf(own), callsOf(index)), time, lasted)
      time += lasted
    })
  }
  root.start = Number.isFinite(begin) ? begin : 0
  root.total = Math.max(0, end - root.start)
  return numbered(root, { unit: TIMES.cpu.unit, whole })
}

/** The owner, outermost first, and the calls below it. */
function ownedCalls(owner: FlameOwner | undefined, calls: readonly FlameNode[]): readonly FlameNode[] {
  if (owner === undefined) return calls
  const owners: FlameNode[] = []
  for (let own: FlameOwner | undefined = owner; own !== undefined; own = own.outer)
    owners.unshift(ownerNode(own, NO_PARENT))
  const [outermost] = calls
  const isBody = outermost !== undefined && owner.isBody(outermost.frame)
  return [...owners, ...(isBody ? calls.slice(1) : calls)]
}

/** Of nodes that only describe a call. */
const NO_PARENT = newNode({ frame: -1, label: '', category: 'program', parent: undefined })

/** Returns the drawn calls of a stack, outermost first. */
function callFinder(
  profile: ProfileData,
  selection: Selection,
  folding: Folding,
): (stack: number) => readonly FlameNode[] {
  const isMerged = mergedFrames(profile, selection)
  const leafOf = leafFinder(profile, new TreeBuilder(profile, folding, { label: 'all', isMerged }))
  const known = new Map<number, readonly FlameNode[]>()
  return stack => {
    const before = known.get(stack)
    if (before !== undefined) return before
    const calls: FlameNode[] = []
    for (let node = leafOf(stack); node.parent !== undefined; node = node.parent) calls.push(node)
    known.set(stack, calls.reverse())
    return calls
  }
}

function sameCall(a: FlameNode | undefined, b: FlameNode | undefined): boolean {
  return (
    a !== undefined && b !== undefined && a.frame === b.frame && a.label === b.label && a.owner === b.owner
  )
}
