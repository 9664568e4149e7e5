// The call tree of a recording → its frames, each with its category and package.

import { at } from '../profile/columns.js'
import { isOwnCode } from '../profile/own-code.js'
import { CATEGORIES, type Category, type Frame } from '../profile/profile.js'
import type { Recording, Script } from '../recording/recording.js'
import { type CategoryContext, categorize, packageOf, passedOn } from './categories.js'
import type { FunctionPosition } from './original-positions.js'

// A function may have several frames, because the callees of a transformer belong to it. There are many more nodes than
// functions, so categories are cached by function and caller's category.
export function categorizeNodes(
  { nodes, functions }: Recording,
  scripts: readonly Script[],
  positions: readonly FunctionPosition[],
  context: CategoryContext,
): { frames: Frame[]; frameOfNode: number[] } {
  const frames: Frame[] = []
  const frameByKey = new Map<number, number>()
  const categoryByKey = new Map<number, number>()
  const keyOf = (functionIndex: number, category: number) => functionIndex * KEY_SPAN + category + 1
  const categoryOf = (functionIndex: number, caller: number): number => {
    const key = keyOf(functionIndex, caller)
    const known = categoryByKey.get(key)
    if (known !== undefined) return known
    const { url, tool } = at(scripts, at(functions.script, functionIndex))
    const line = at(functions.line, functionIndex) + 1
    const { madeIn } = at(positions, functionIndex)
    const recorded = { name: at(functions.name, functionIndex), file: madeIn ?? url, line, tool }
    const own = categorize(recorded, CATEGORIES[caller], context)
    const isAdded = at(positions, functionIndex).added !== undefined && isOwnCode({ category: own })
    const category = CATEGORIES.indexOf(isAdded ? 'dependency' : own)
    categoryByKey.set(key, category)
    return category
  }
  /** By node, the category of the caller as its callees see it. */
  const passed: number[] = []
  const frameOfNode = nodes.function.map((functionIndex, node) => {
    const caller = at(nodes.caller, node)
    const callers = caller < 0 ? NO_CALLER : at(passed, caller)
    const category = categoryOf(functionIndex, callers)
    passed.push(indexOf(passedOn(at(CATEGORIES, category), CATEGORIES[callers])))
    const key = keyOf(functionIndex, category)
    const known = frameByKey.get(key)
    if (known !== undefined) return known
    frameByKey.set(key, frames.length)
    const { url } = at(scripts, at(functions.script, functionIndex))
    const { added, madeIn, isUnmapped: _, ...position } = at(positions, functionIndex)
    const owner = added ?? packageOf(madeIn ?? url)
    const frame = { ...position, category: at(CATEGORIES, category), package: owner }
    return frames.push(frame) - 1
  })
  return { frames, frameOfNode }
}

/** No caller's category. */
const NO_CALLER = -1

function indexOf(category: Category | undefined): number {
  return category === undefined ? NO_CALLER : CATEGORIES.indexOf(category)
}

/** More than there are categories. */
const KEY_SPAN = 16
