// The stacks that a format writes, numbered as they are first needed.

import { at } from '../../profile/columns.js'
import type { Profile } from '../../profile/profile.js'

/**
 * Numbers a stack; callers come first. `add` is called once for each stack, with the number of its caller, `root` for an
 * outermost one, and returns its own.
 */
export function stackNumbers(
  { stacks }: Pick<Profile, 'stacks'>,
  { root, add }: { root: number; add: (stack: number, caller: number) => number },
): (stack: number) => number {
  const numbers = new Map<number, number>([[-1, root]])
  return stack => {
    const path: number[] = []
    let next = stack
    while (!numbers.has(next)) {
      path.push(next)
      next = at(stacks.caller, next)
    }
    let number = numbers.get(next) ?? root
    for (const missing of path.toReversed()) {
      number = add(missing, number)
      numbers.set(missing, number)
    }
    return number
  }
}
