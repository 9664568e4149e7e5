// Self time of a function by line → the lines of each of its stacks.

import { group, sum } from 'd3-array'
import { at } from '../../profile/columns.js'
import type { FrameIndex, Profile } from '../../profile/profile.js'

/** The samples of one stack on one line. */
interface LinePart {
  /** Row of the profile's table of lines; undefined if unknown. */
  row: number | undefined
  weight: number
  count: number
}

interface SharedLine {
  row: number
  /** Share of the function's self time, from 0 to 1. */
  share: number
  /** Weight that the line has not received yet. */
  owed: number
}

/**
 * V8 counts samples by line for a function, not for each of its stacks. Each sample of a stack goes to the line that is
 * furthest below its share. Totals of lines are then correct to within a few samples, and the lines of a stack
 * approximate the mix of the whole function.
 */
export class LineShares {
  readonly #linesOf = new Map<FrameIndex, SharedLine[]>()

  constructor({ frame, weight }: Profile['lines']) {
    for (const [index, rows] of group(frame.keys(), row => at(frame, row))) {
      const total = sum(rows, row => at(weight, row))
      const lines = rows.map(row => ({ row, share: at(weight, row) / total, owed: 0 }))
      this.#linesOf.set(index, lines)
    }
  }

  /** At most one part for each line, in integers that add up to `weight` and `count`. */
  deal(frame: FrameIndex, { weight, count }: { weight: number; count: number }): LinePart[] {
    const lines = this.#linesOf.get(frame)
    if (lines === undefined) return [{ row: undefined, weight, count }]
    if (count <= 1) return [{ row: neediest(lines, weight).row, weight, count }]
    const parts = new Map<SharedLine, LinePart>()
    for (const share of equalParts(weight, count)) {
      const line = neediest(lines, share)
      const { row } = line
      const part = parts.get(line)
      parts.set(line, { row, weight: share + (part?.weight ?? 0), count: 1 + (part?.count ?? 0) })
    }
    return [...parts.values()]
  }
}

/** Integers that differ by at most one and add up to `amount`. */
export function equalParts(amount: number, count: number): number[] {
  return Array.from(
    { length: count },
    (_, part) => Math.floor((amount * (part + 1)) / count) - Math.floor((amount * part) / count),
  )
}

/** The line that receives the next sample. */
function neediest(lines: readonly SharedLine[], weight: number): SharedLine {
  let most = at(lines, 0)
  for (const line of lines) {
    line.owed += line.share * weight
    if (line.owed > most.owed) most = line
  }
  most.owed -= weight
  return most
}
