// Stacks as a tree: subtree weights, and the order in which formats write them. The loops visit every stack of a run and read columns
// without `at`, which is megamorphic and therefore slow.

import {
  type Column,
  NO_CALLER,
  type Profile,
  type ScopeIndex,
  type StackIndex,
  TIMES,
  type ValueSamples,
  type ValueType,
} from './profile.js'

type Callers = Pick<Profile['stacks'], 'caller'>

/** Returns the weight of each stack's own samples, summed over the given values. */
export function weightsByStack(
  { frame }: Profile['stacks'],
  values: readonly Pick<ValueSamples, 'stack' | 'weight'>[],
): Float64Array {
  const weights = new Float64Array(frame.length)
  for (const { stack: stacks, weight } of values)
    stacks.forEach((stack, row) => {
      weights[stack] = (weights[stack] ?? 0) + (weight[row] ?? 0)
    })
  return weights
}

/** Returns the weight of each stack and of all that it called. */
export function subtreeWeights({ caller }: Callers, own: Float64Array): Float64Array {
  const weights = own.slice()
  for (let stack = weights.length - 1; stack >= 0; stack--) {
    const callerOfStack = caller[stack] ?? NO_CALLER
    if (callerOfStack >= 0) weights[callerOfStack] = (weights[callerOfStack] ?? 0) + (weights[stack] ?? 0)
  }
  return weights
}

export function depths({ caller }: Callers): Int32Array {
  const depth = new Int32Array(caller.length)
  caller.forEach((callerOfStack, stack) => {
    depth[stack] = (depth[callerOfStack] ?? 0) + 1
  })
  return depth
}

const NONE = -1

/** Returns the stacks with weight, callers before callees; `compare` orders the callees of one caller. */
export function callersFirst(
  { caller }: Callers,
  subtree: Float64Array,
  compare: (a: number, b: number) => number,
): Int32Array {
  const calleesOf = calleeFinder(caller, subtree)
  const order = new Int32Array(subtree.reduce((count, weight) => count + Number(weight > 0), 0))
  let length = 0
  const lastFirst = (a: number, b: number) => compare(b, a)
  const pending = calleesOf(NO_CALLER).sort(lastFirst)
  for (let stack = pending.pop(); stack !== undefined; stack = pending.pop()) {
    order[length++] = stack
    for (const callee of calleesOf(stack).sort(lastFirst)) pending.push(callee)
  }
  return order
}

/** Callees are linked lists in columns: a run may have a few million stacks, too many for an array each. */
function calleeFinder(caller: Column<number>, subtree: Float64Array): (caller: number) => number[] {
  // The first callee of each caller; position 0 is NO_CALLER.
  const first = new Int32Array(caller.length - NO_CALLER).fill(NONE)
  const next = new Int32Array(caller.length)
  for (let stack = caller.length - 1; stack >= 0; stack--) {
    if (!((subtree[stack] ?? 0) > 0)) continue
    const list = (caller[stack] ?? NO_CALLER) - NO_CALLER
    next[stack] = first[list] ?? NONE
    first[list] = stack
  }
  return callerOfThem => {
    const found: number[] = []
    for (let stack = first[callerOfThem - NO_CALLER] ?? NONE; stack !== NONE; stack = next[stack] ?? NONE)
      found.push(stack)
    return found
  }
}

/** Returns the same call tree with one value: a row for each stack with weight, all in one scope. */
export function withWeights(profile: Profile, weights: Float64Array, type: ValueType = TIMES.cpu): Profile {
  const rows = new Int32Array(weights.length)
  let length = 0
  for (let stack = 0; stack < weights.length; stack++) if ((weights[stack] ?? 0) > 0) rows[length++] = stack
  const stack = rows.subarray(0, length) as Iterable<number> as Column<StackIndex>
  const scope = new Int32Array(length) as Iterable<number> as Column<ScopeIndex>
  const weight = weights.filter(each => each > 0)
  return {
    ...profile,
    values: [{ type, stack, scope, weight, count: new Int32Array(length) }],
    sequences: [],
  }
}
