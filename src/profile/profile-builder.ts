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
  readonly #rowsByScope: Map<StackIndex, { weight: Microseconds; count: number }>[] = []
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
    const index = intern(this.#scopes, this.#scopeByKey, key, scope)
    if (index === this.#rowsByScope.length) this.#rowsByScope.push(new Map())
    return index
  }

  /**
   * Books `count` samples of together `weight` microseconds to one stack on behalf of one scope, `start` microseconds
   * after the recording began.
   */
  addSamples(
    stack: StackIndex,
    scope: ScopeIndex,
    { start, weight, count }: { start: Microseconds; weight: Microseconds; count: number },
  ): void {
    const rows = at(this.#rowsByScope, scope)
    this.#sequences.add(stack, scope, start)
    const row = rows.get(stack)
    if (row === undefined) rows.set(stack, { weight, count })
    else {
      row.weight += weight
      row.count += count
    }
  }

  /** From then on, until the next samples, nothing of the recording belongs to the profile. */
  addGap(start: Microseconds): void {
    this.#sequences.add(NOT_SELECTED, NOT_SELECTED, start)
  }

  /** What was booked since the last call is a recording's, in the order of time. */
  endRecording(
    recording: Pick<Sequence, 'project' | 'file' | 'worker' | 'startedAtMs' | 'wallMicros'>,
  ): void {
    this.#sequences.end(recording)
  }

  /** Books self time of a function to one of its lines (1-based). */
  addLine(frame: FrameIndex, line: number, weight: Microseconds): void {
    const key = frame * LINE_SPAN + line
    this.#lineWeights.set(key, (this.#lineWeights.get(key) ?? 0) + weight)
  }

  build(): Profile {
    const samples = {
      stack: [] as StackIndex[],
      scope: [] as ScopeIndex[],
      weight: [] as number[],
      count: [] as number[],
    }
    this.#rowsByScope.forEach((rows, scope) => {
      for (const [stack, { weight, count }] of rows) {
        samples.stack.push(stack)
        samples.scope.push(scope as ScopeIndex)
        samples.weight.push(weight)
        samples.count.push(count)
      }
    })
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
      samples,
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
