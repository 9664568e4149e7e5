// Self time of a function by line → the lines of each of its stacks.

import { group, sum } from 'd3-array'
import { at } from '../../profile/columns.js'
import type { FrameIndex, Profile } from '../../profile/profile.js'

/** The samples of one stack on one line, or all of them where no line is known. */
interface LinePart {
  /** Row of the profile's table of lines. */
  row: number | undefined
  weight: number
  count: number
}

interface SharedLine {
  row: number
  /** Share of the function's self time; all its lines together have 1. */
  share: number
  /** What it should have been given by now and was not, in the unit of the weights. */
  owed: number
}

/**
 * V8 counts samples by line for a function, not for each of its stacks. They are dealt out: each sample goes whole to the
 * line that lacks most of its share. So the lines' totals over all stacks are right to within a few samples; the lines of
 * one stack's samples are unknown, and what is shown is as near as whole samples come to the mix of the whole function.
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

  /** Whole numbers that add up to `weight` and `count`; of each line one part at the most. */
  deal(frame: FrameIndex, { weight, count }: { weight: number; count: number }): LinePart[] {
    const lines = this.#linesOf.get(frame)
    if (lines === undefined) return [{ row: undefined, weight, count }]
    if (count <= 1) return [{ row: neediest(lines, weight).row, weight, count }]
    const parts = new Map<SharedLine, LinePart>()
    for (let sample = 0; sample < count; sample++) {
      const share = Math.floor((weight * (sample + 1)) / count) - Math.floor((weight * sample) / count)
      const line = neediest(lines, share)
      const { row } = line
      const part = parts.get(line)
      parts.set(line, { row, weight: share + (part?.weight ?? 0), count: 1 + (part?.count ?? 0) })
    }
    return [...parts.values()]
  }
}

/** The line that gets the next sample. */
function neediest(lines: readonly SharedLine[], weight: number): SharedLine {
  let most = at(lines, 0)
  for (const line of lines) {
    line.owed += line.share * weight
    if (line.owed > most.owed) most = line
  }
  most.owed -= weight
  return most
}
