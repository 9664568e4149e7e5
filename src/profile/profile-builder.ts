// The only maker of a Profile. It interns frames, stacks and scopes, so feeding it many recordings is the merge.

import { at } from './columns.js'
import {
  type Frame,
  type FrameIndex,
  type Microseconds,
  type NO_CALLER,
  NOT_SELECTED,
  type Profile,
  type Scope,
  type ScopeIndex,
  type Sequence,
  type StackIndex,
} from './profile.js'
import { SampleRows } from './sample-rows.js'
import { Sequences } from './sequences.js'

// Two indexes in one exact double: 2^26 frames times 2^27 stacks (or frames times lines).
const FRAME_SPAN = 2 ** 26
const LINE_SPAN = 2 ** 26

export class ProfileBuilder {
  readonly #frames: Frame[] = []
  readonly #frameByKey = new Map<string, FrameIndex>()
  readonly #stackFrame: FrameIndex[] = []
  readonly #stackCaller: (StackIndex | typeof NO_CALLER)[] = []
  readonly #stackByKey = new Map<number, StackIndex>()
  readonly #scopes: Scope[] = []
  readonly #scopeByKey = new Map<string, ScopeIndex>()
  readonly #samples = new SampleRows()
  readonly #sequences = new Sequences()
  readonly #lineWeights = new Map<number, Microseconds>()

  frame(frame: Frame): FrameIndex {
    const { name, file, line, column, category, generated } = frame
    const key = `${name}\0${file}\0${line}\0${column}\0${category}\0${frame.package ?? ''}\0${generated}`
    return intern(this.#frames, this.#frameByKey, key, frame)
  }

  stack(frame: FrameIndex, caller: StackIndex | typeof NO_CALLER): StackIndex {
    const key = (caller + 1) * FRAME_SPAN + frame
    const known = this.#stackByKey.get(key)
    if (known !== undefined) return known
    const index = this.#stackFrame.length as StackIndex
    this.#stackFrame.push(frame)
    this.#stackCaller.push(caller)
    this.#stackByKey.set(key, index)
    return index
  }

  scope(scope: Scope): ScopeIndex {
    const { project, file, worker, phase, hook, test, attempt, group } = scope
    const key = [project, file, worker, phase, hook ?? '', test ?? '', attempt, group ?? ''].join('\0')
    return intern(this.#scopes, this.#scopeByKey, key, scope)
  }

  /**
   * Books `count` samples of together `weight` microseconds to one stack on behalf of one scope, `start` microseconds
   * after the recording began. Throws a RangeError for a scope that another builder has made.
   */
  addSamples(
    stack: StackIndex,
    scope: ScopeIndex,
    { start, weight, count }: { start: Microseconds; weight: Microseconds; count: number },
  ): void {
    at(this.#scopes, scope)
    this.#samples.add(stack, scope, { weight, count })
    this.#sequences.add(stack, scope, start)
  }

  /** From then on, until the next samples, nothing of the recording belongs to the profile. */
  addGap(start: Microseconds): void {
    this.#sequences.add(NOT_SELECTED, NOT_SELECTED, start)
  }

  /** What was booked since the last call is a recording's, in the order of time. */
  endRecording(
    recording: Pick<Sequence, 'project' | 'file' | 'worker' | 'startedAtMs' | 'wallMicros'>,
  ): void {
    this.#samples.end()
    this.#sequences.end(recording)
  }

  /** What was booked since the last call is merged already: it has no order in time. */
  endMerged(): void {
    this.#samples.end()
    this.#sequences.drop()
  }

  /** Books self time of a function to one of its lines (1-based). */
  addLine(frame: FrameIndex, line: number, weight: Microseconds): void {
    const key = frame * LINE_SPAN + line
    this.#lineWeights.set(key, (this.#lineWeights.get(key) ?? 0) + weight)
  }

  build(): Profile {
    const lines = { frame: [] as FrameIndex[], line: [] as number[], weight: [] as number[] }
    for (const [key, weight] of this.#lineWeights) {
      lines.frame.push(Math.floor(key / LINE_SPAN) as FrameIndex)
      lines.line.push(key % LINE_SPAN)
      lines.weight.push(weight)
    }
    return {
      frames: [...this.#frames],
      stacks: { frame: [...this.#stackFrame], caller: [...this.#stackCaller] },
      scopes: [...this.#scopes],
      samples: this.#samples.columns(),
      sequences: this.#sequences.all,
      lines,
    }
  }
}

function intern<T, I extends number>(items: T[], indexByKey: Map<string, I>, key: string, item: T): I {
  const known = indexByKey.get(key)
  if (known !== undefined) return known
  const index = items.length as I
  items.push(item)
  indexByKey.set(key, index)
  return index
}
