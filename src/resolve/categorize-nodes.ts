// The call tree of a recording → its frames, each with its category and package.

import { at } from '../profile/columns.js'
import { isOwnCode } from '../profile/own-code.js'
import { CATEGORIES, type Category, type Frame } from '../profile/profile.js'
import type { Recording } from '../recording/recording.js'
import { type CategoryContext, categorize, passedOn } from './categories.js'
import type { PlacedFunction, RunScript } from './run-scripts.js'

/** In the tables below: no caller's category. */
const NO_CALLER = 0
/** Where a table has nothing yet. */
const UNKNOWN = -1

/**
 * A function may have several frames, because the callees of a transformer belong to it. There are many more nodes than functions,
 * so what a node has is looked up by its function and by its caller's category.
 */
export function categorizeNodes(
  { nodes, functions }: Recording,
  scripts: readonly RunScript[],
  placed: readonly PlacedFunction[],
  context: CategoryContext,
): { frames: Frame[]; frameOfNode: number[] } {
  const frames: Frame[] = []
  const positions = new Map<Frame, number>()
  const span = CATEGORIES.length + 1
  const frameIn = new Int32Array(placed.length * span).fill(UNKNOWN)
  const passedIn = new Int8Array(placed.length * span)
  const find = (index: number, caller: number, key: number) => {
    const callers = CATEGORIES[caller - 1]
    const category = categoryOf(index, callers)
    const frame = at(placed, index).frameIn(category)
    const known = positions.get(frame)
    const position = known ?? frames.push(frame) - 1
    if (known === undefined) positions.set(frame, position)
    frameIn[key] = position
    const passed = passedOn(category, callers)
    passedIn[key] = passed === undefined ? NO_CALLER : CATEGORIES.indexOf(passed) + 1
  }
  const categoryOf = (index: number, caller: Category | undefined): Category => {
    const { url, tool } = at(scripts, at(functions.script, index))
    const { madeIn, isAdded } = at(placed, index).owner
    const line = at(functions.line, index) + 1
    const recorded = { name: at(functions.name, index), file: madeIn ?? url, line, tool }
    const category = categorize(recorded, caller, context)
    return isAdded && isOwnCode({ category }) ? 'dependency' : category
  }
  /** By node, the category of the caller as its callees see it. */
  const passed = new Int8Array(nodes.function.length)
  const frameOfNode = nodes.function.map((index, node) => {
    const caller = at(nodes.caller, node)
    const callers = caller < 0 ? NO_CALLER : at(passed, caller)
    const key = index * span + callers
    if (frameIn[key] === UNKNOWN) find(index, callers, key)
    passed[node] = at(passedIn, key)
    return at(frameIn, key)
  })
  return { frames, frameOfNode }
}
