// The samples of a test file on the time axis of its run, its waits, and the numbers of the stacks that a format writes.
// Microseconds since the start of the run.

import { at } from '../../profile/columns.js'
import { type Microseconds, NOT_SELECTED, type Profile, type Sequence } from '../../profile/profile.js'
import { type FileSpan, type Span, shortestOf } from './run-timeline.js'

/** Columns, in time order. */
export interface TimelineSamples {
  readonly stack: readonly number[]
  readonly start: readonly Microseconds[]
  readonly length: readonly Microseconds[]
}

export interface WaitSpan extends Span {
  readonly stack: number
}

/** The number of samples of a run that viewers load within seconds. */
const MOST_SAMPLES = 500_000
/** The longest waits of a worker are drawn. */
const MOST_WAITS = 20_000

/** The interval to resample at, as a slower sampler would have, if there are too many samples for viewers; 0 otherwise. */
export function samplingStep(sequences: readonly Sequence[], most = MOST_SAMPLES): Microseconds {
  const samples = sequences.reduce((sum, { stack }) => sum + stack.length, 0)
  if (samples <= most) return 0
  const wall = sequences.reduce((sum, { wallMicros }) => sum + wallMicros, 0)
  return Math.max(1, Math.ceil(wall / most))
}

/** `step`: see `samplingStep`. */
export function timelineSamples(
  { sequence, start: fileStart }: FileSpan,
  step: Microseconds,
): TimelineSamples {
  if (sequence === undefined || sequence.stack.length === 0) return { stack: [], start: [], length: [] }
  const rows = step === 0 ? sequence.stack.keys() : rowsOnGrid(sequence, step)
  const columns = { stack: [] as number[], start: [] as number[], length: [] as number[] }
  let time = at(sequence.start, 0)
  for (const row of rows) {
    const start = step === 0 ? at(sequence.start, row) : time
    time += step
    columns.stack.push(at(sequence.stack, row))
    columns.start.push(fileStart + Math.min(start, sequence.wallMicros))
  }
  const end = fileStart + sequence.wallMicros
  columns.start.forEach((start, index) => {
    columns.length.push((columns.start[index + 1] ?? end) - start)
  })
  return withoutGaps(columns)
}

function withoutGaps({ stack, start, length }: TimelineSamples): TimelineSamples {
  if (!stack.includes(NOT_SELECTED)) return { stack, start, length }
  const rows = [...stack.keys()].filter(row => stack[row] !== NOT_SELECTED)
  const chosen = (column: readonly number[]) => rows.map(row => at(column, row))
  return { stack: chosen(stack), start: chosen(start), length: chosen(length) }
}

function* rowsOnGrid({ start, wallMicros }: Sequence, step: Microseconds): Iterable<number> {
  let row = 0
  for (let time = at(start, 0); time < wallMicros; time += step) {
    while (row + 1 < start.length && at(start, row + 1) <= time) row++
    yield row
  }
}

/** Successive idle samples of one stack are one wait. Waits shorter than `shortest` may be sampling artifacts. */
export function waitsIn(
  files: readonly TimelineSamples[],
  { frames, stacks }: Profile,
  shortest: Microseconds,
): WaitSpan[] {
  const waits = files.flatMap(({ stack, start, length }) => {
    const found: WaitSpan[] = []
    for (let row = 0; row < stack.length; ) {
      const [first, leaf] = [row, at(stack, row)]
      let end = at(start, row)
      while (row < stack.length && stack[row] === leaf && (row === first || start[row] === end))
        end = at(start, row) + at(length, row++)
      const { category } = at(frames, at(stacks.frame, leaf))
      if (category === 'idle') found.push({ start: at(start, first), end, stack: leaf })
    }
    return found.filter(wait => wait.end - wait.start >= shortest)
  })
  const least = shortestOf(
    waits.map(({ start, end }) => end - start),
    MOST_WAITS,
  )
  return waits.filter(({ start, end }) => end - start >= least)
}

/**
 * Returns a function that numbers stacks, callers first. `add` is called once for each stack with the number of its
 * caller, or `root` for an outermost frame, and returns the number of the stack.
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
