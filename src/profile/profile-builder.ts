// The only maker of a Profile. It interns frames, stacks and scopes: feeding it many recordings is the merge.

import { at, getOrMake, increase } from './columns.js'
import { FrameTable } from './frame-table.js'
import { compareText } from './order.js'
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
  TIMES,
  type ValueSamples,
  type ValueType,
} from './profile.js'
import { SampleRows } from './sample-rows.js'
import { Sequences } from './sequences.js'
import { StackTable } from './stack-table.js'

/** What the stacks and scopes of another profile are in a builder, by their positions there. */
export interface Added {
  readonly stacks: Int32Array
  readonly scopes: Int32Array
}

export class ProfileBuilder {
  readonly #frames = new FrameTable()
  readonly #stacks = new StackTable()
  readonly #scopes: Scope[] = []
  readonly #scopeByKey = new Map<string, ScopeIndex>()
  /** By the name of the value. */
  readonly #values = new Map<string, SampleRows>()
  readonly #sequences = new Sequences()
  /** By frame, then by line. */
  readonly #lines: Map<number, Microseconds>[] = []

  frame(frame: Frame): FrameIndex {
    return this.#frames.intern(frame)
  }

  stack(frame: FrameIndex, caller: StackIndex | typeof NO_CALLER): StackIndex {
    return this.#stacks.intern(frame, caller)
  }

  scope(scope: Scope): ScopeIndex {
    const { project, file, worker, phase, hook, test, attempt, group } = scope
    const key = [project, file, worker, phase, hook ?? '', test ?? '', attempt, group ?? ''].join('\0')
    return getOrMake(this.#scopeByKey, key, () => (this.#scopes.push(scope) - 1) as ScopeIndex)
  }

  constructor() {
    for (const type of Object.values(TIMES)) this.#rowsOf(type)
  }

  /**
   * Adds `count` samples of together `weight`, in the unit of the value, to one stack on behalf of one scope, `start`
   * microseconds after the recording began. Throws a RangeError for a scope that another builder has made.
   */
  addSamples(
    stack: StackIndex,
    scope: ScopeIndex,
    samples: { value?: ValueType; start: Microseconds; weight: number; count: number },
  ): void {
    this.addAmount(stack, scope, samples)
    this.#sequences.add(stack, scope, samples.start)
  }

  /** The same for an amount without a timestamp: it is part of no sequence. */
  addAmount(
    stack: StackIndex,
    scope: ScopeIndex,
    { value = TIMES.cpu, weight, count = 0 }: { value?: ValueType; weight: number; count?: number },
  ): void {
    at(this.#scopes, scope)
    this.#rowsOf(value).add(stack, scope, weight, count)
  }

  /** From `start` until the next samples nothing of the recording belongs to the profile. */
  addGap(start: Microseconds): void {
    this.#sequences.add(NOT_SELECTED, NOT_SELECTED, start)
  }

  /** What was added since the last call is one recording, in time order. */
  endRecording(
    recording: Pick<Sequence, 'project' | 'file' | 'worker' | 'startedAtMs' | 'wallMicros'>,
  ): void {
    for (const rows of this.#values.values()) rows.end()
    this.#sequences.end(recording)
  }

  /** Number of samples that are kept in time order. */
  get orderedSamples(): number {
    return this.#sequences.samples
  }

  /**
   * `before`: how many samples the recordings before these have by now; never less than at the last call. What no longer
   * fits beside them in time order is dropped, the last recording first, and none is kept after that.
   */
  limitOrderedSamples(before: number): void {
    this.#sequences.limit(before)
  }

  /** Adds the samples of another profile; `there`: what its stacks and scopes are here. */
  joinSamples(samples: ValueSamples, there: Added): void {
    this.#rowsOf(samples.type).join(samples, there)
  }

  /** Adds the sequences of another profile. */
  joinSequences(sequences: Profile['sequences'], { stacks, scopes }: Added): void {
    for (const { stack, scope, ...rest } of sequences) {
      const toHere = (column: Int32Array) => (index: number) =>
        index === NOT_SELECTED ? NOT_SELECTED : at(column, index)
      this.#sequences.join({ ...rest, stack: stack.map(toHere(stacks)), scope: scope.map(toHere(scopes)) })
    }
  }

  /** Adds self time of a function to one of its lines (1-based). */
  addLine(frame: FrameIndex, line: number, weight: Microseconds): void {
    this.#lines[frame] ??= new Map()
    increase(this.#lines[frame], line, weight)
  }

  build(): Profile {
    const lines = { frame: [] as FrameIndex[], line: [] as number[], weight: [] as number[] }
    this.#lines.forEach((weights, frame) => {
      for (const [line, weight] of weights) {
        lines.frame.push(frame as FrameIndex)
        lines.line.push(line)
        lines.weight.push(weight)
      }
    })
    return {
      frames: this.#frames.all,
      stacks: this.#stacks.columns,
      scopes: [...this.#scopes],
      values: this.#samplesOfAll(),
      sequences: this.#sequences.all,
      lines,
    }
  }

  #rowsOf(type: ValueType): SampleRows {
    return getOrMake(this.#values, type.name, () => new SampleRows(type))
  }

  #samplesOfAll(): ValueSamples[] {
    const all = [...this.#values.values()].map(rows => rows.columns())
    // The constructor has made those of time.
    const others = all.splice(Object.keys(TIMES).length)
    return [...all, ...others.toSorted((a, b) => compareText(a.type.name, b.type.name))]
  }
}
