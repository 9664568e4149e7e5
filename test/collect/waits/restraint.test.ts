// A hook is disabled only when there is room on the stack, because an overflow inside Node's `disable` breaks its table of hooks.

import { expect, test } from '@jest/globals'
import { Restraint } from '../../../src/collect/waits/restraint.js'

const CALLS_UNTIL_LOOK = 256

/** Nests calls as deeply as Node does. */
function deepWork(frames: number): number {
  const values = [frames, frames + 1, frames + 2, frames + 3]
  return frames === 0 ? 0 : deepWork(frames - 1) + Math.max(...values)
}

function restraintOfSlowFile(): {
  restraint: Restraint<object>
  removals: { begun: number; finished: number }
} {
  const removals = { begun: 0, finished: 0 }
  const disable = () => {
    removals.begun++
    deepWork(10)
    removals.finished++
    return hook
  }
  const hook = { enable: () => hook, disable } as unknown as ConstructorParameters<typeof Restraint>[0]
  const restraint = new Restraint<object>(hook)
  restraint.effort.micros = Number.MAX_SAFE_INTEGER
  return { restraint, removals }
}

function call(restraint: Restraint<object>): void {
  for (let calls = 0; calls < CALLS_UNTIL_LOOK; calls++) restraint.spend(0)
}

test('a hook that is too expensive is disabled', () => {
  const { restraint, removals } = restraintOfSlowFile()
  call(restraint)
  expect(removals).toEqual({ begun: 1, finished: 1 })
})

test.each(Array.from({ length: 20 }, (_, attempt) => attempt))(
  'a hook is not disabled while the stack overflows, but later (attempt %i)',
  () => {
    const { restraint, removals } = restraintOfSlowFile()
    const states: (typeof removals)[] = []
    const recurse = () => {
      try {
        recurse()
      } finally {
        // Try again in each outer frame, until there is room.
        if (removals.finished === 0) {
          try {
            call(restraint)
          } catch {
            // The stack overflowed before the call was counted.
          }
          states.push({ ...removals })
        }
      }
    }
    expect(recurse).toThrow(RangeError)
    expect(states.filter(({ begun, finished }) => begun !== finished)).toEqual([])
    expect(states[0]).toEqual({ begun: 0, finished: 0 })
    expect(removals).toEqual({ begun: 1, finished: 1 })
  },
)
