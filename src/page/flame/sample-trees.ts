// Trees of the selected samples: merged, chronological, or the callers and callees of a function.

import { TIMES } from '../../profile/profile.js'
import type { ProfileData } from '../data/run-data.js'
import { eachSample, type Selection, selectedScopes, selectedStacks, unitOf } from '../data/selection.js'
import { type FlameNode, type FlameTree, type Folding, leftHeavy, newNode, numbered } from './flame-tree.js'
import { leafFinder, pathOf, TreeBuilder } from './tree-builder.js'

export function mergedTree(profile: ProfileData, selection: Selection, folding: Folding): FlameTree {
  const builder = new TreeBuilder(profile, folding, { label: 'all' })
  const leafOf = leafFinder(profile, builder)
  eachSample(profile, selection, (stack, weight) => {
    leafOf(stack).self += weight
  })
  return leftHeavy(builder.root, unitOf(profile, selection.value))
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

/** The samples of one test file, or a part of it, in chronological order. A call that continues in the next sample stays one node. */
export function orderedTree(profile: ProfileData, selection: Selection, folding: Folding): FlameTree {
  const scopes = selectedScopes(profile, selection)
  const stacks = selectedStacks(profile, selection)
  const callsOf = callFinder(profile, folding)
  const { root } = new TreeBuilder(profile, folding, { label: 'all' })
  let open: FlameNode[] = []
  let begin = Number.POSITIVE_INFINITY
  let end = 0
  let whole = 0
  const add = (stack: number, start: number, length: number) => {
    const isNext = start - end < 1
    begin = Math.min(begin, start)
    const calls = callsOf(stack)
    let level = 0
    while (isNext && level < calls.length && sameCall(open[level], calls[level])) level++
    open = open.slice(0, level)
    for (const { frame, label, category, folded } of calls.slice(level)) {
      const parent = open.at(-1) ?? root
      const node = newNode({ frame, label, category, parent, folded })
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
      if (scopes[scope[sample] ?? -1] === 1 && stacks[index] === 1) add(index, time, lasted)
      time += lasted
    })
  }
  root.start = Number.isFinite(begin) ? begin : 0
  root.total = Math.max(0, end - root.start)
  return numbered(root, { unit: TIMES.cpu.unit, whole })
}

/** Returns the drawn calls of a stack, outermost first: a tree of its single path applies the folding. */
function callFinder(profile: ProfileData, folding: Folding): (stack: number) => readonly FlameNode[] {
  const known = new Map<number, readonly FlameNode[]>()
  return stack => {
    const before = known.get(stack)
    if (before !== undefined) return before
    const builder = new TreeBuilder(profile, folding, { label: 'all' })
    let leaf = builder.root
    for (const frame of pathOf(profile, stack)) leaf = builder.child(leaf, frame)
    const calls: FlameNode[] = []
    for (let node = leaf; node.parent !== undefined; node = node.parent) calls.push(node)
    known.set(stack, calls.reverse())
    return calls
  }
}

function sameCall(a: FlameNode | undefined, b: FlameNode | undefined): boolean {
  return a !== undefined && b !== undefined && a.frame === b.frame && a.label === b.label
}
