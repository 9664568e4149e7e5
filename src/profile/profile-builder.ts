// Builds a Profile, and is the only code that does. It interns frames, stacks and scopes, so adding many recordings merges them.

import { FrameTable, StackTable } from './code-tables.js'
import { at, getOrMake, Interner, increase } from './columns.js'
import { compareText } from './order.js'
import {
  type Frame,
  type FrameIndex,
  type Microseconds,
  NO_CALLER,
  NOT_SELECTED,
  type Profile,
  type Scope,
  type ScopeIndex,
  type StackIndex,
  TIMES,
  type ValueSamples,
  type ValueType,
} from './profile.js'
import { SampleRows } from './sample-rows.js'
import { type RecordedSequence, Sequences } from './sequences.js'

/** Positions in a builder of another profile's stacks and scopes, by their positions in that profile. */
interface Added {
  readonly stacks: Int32Array
  readonly scopes: Int32Array
}

export class ProfileBuilder {
  readonly #frames = new FrameTable()
  readonly #stacks = new StackTable()
  readonly #scopes = new Interner<Scope>()
  /** By the name of the value. */
  readonly #values = new Map<string, SampleRows>()
  /** Samples in chronological order, of recordings that have ended. */
  readonly sequences = new Sequences()
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
    return this.#scopes.add(scope, key) as ScopeIndex
  }

  constructor() {
    for (const type of Object.values(TIMES)) this.#rowsOf(type)
  }

  /** Adds `count` samples of `weight` in total, `start` microseconds after the recording began. Throws a RangeError for unknown scopes. */
  addSamples(
    stack: StackIndex,
    scope: ScopeIndex,
    samples: { value?: ValueType; start: Microseconds; weight: number; count: number },
  ): void {
    this.addAmount(stack, scope, samples)
    this.sequences.add(stack, scope, samples.start)
  }

  /** Adds an amount that has no timestamp and is part of no sequence. */
  addAmount(
    stack: StackIndex,
    scope: ScopeIndex,
    { value = TIMES.cpu, weight, count = 0 }: { value?: ValueType; weight: number; count?: number },
  ): void {
    at(this.#scopes.all, scope)
    this.#rowsOf(value).add(stack, scope, weight, count)
  }

  /** Notes that the recording's time from `start` until the next sample is not part of the profile. */
  addGap(start: Microseconds): void {
    this.sequences.add(NOT_SELECTED, NOT_SELECTED, start)
  }

  /** Ends a recording: everything added since the last call, in time order. */
  endRecording(recording: RecordedSequence): void {
    for (const rows of this.#values.values()) rows.end()
    this.sequences.end(recording)
  }

  joinSamples(samples: ValueSamples, added: Added): void {
    this.#rowsOf(samples.type).join(samples, added)
  }

  joinSequences(sequences: Profile['sequences'], { stacks, scopes }: Added): void {
    for (const { stack, scope, ...rest } of sequences) {
      const toHere = (column: Int32Array) => (index: number) =>
        index === NOT_SELECTED ? NOT_SELECTED : at(column, index)
      this.sequences.join({ ...rest, stack: stack.map(toHere(stacks)), scope: scope.map(toHere(scopes)) })
    }
  }

  /** Adds self time of a function to one of its lines, which are 1-based. */
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
      scopes: [...this.#scopes.all],
      values: this.#samplesOfAll(),
      sequences: this.sequences.all,
      lines,
    }
  }

  #rowsOf(type: ValueType): SampleRows {
    return getOrMake(this.#values, type.name, () => new SampleRows(type))
  }

  #samplesOfAll(): ValueSamples[] {
    const all = [...this.#values.values()].map(rows => rows.columns())
    // The kinds of time come first: the constructor made them.
    const others = all.splice(Object.keys(TIMES).length)
    return [...all, ...others.toSorted((a, b) => compareText(a.type.name, b.type.name))]
  }
}

/** Adds a whole profile, as if its recordings came after those that the builder already has. */
export function addProfile(profile: Profile, builder: ProfileBuilder): void {
  const frames = profile.frames.map(frame => builder.frame(frame))
  const added = addSamplesOf(profile, builder, { frames, scopeOf: scope => scope })
  builder.joinSequences(profile.sequences, added)
  const { frame, line, weight } = profile.lines
  frame.forEach((index, row) => {
    builder.addLine(at(frames, index), at(line, row), at(weight, row))
  })
}

/** Adds the samples of a profile without their order. `frames`: the builder's frame for each frame of the profile. */
export function addSamplesOf(
  { stacks, values, scopes }: Pick<Profile, 'stacks' | 'values' | 'scopes'>,
  builder: ProfileBuilder,
  { frames, scopeOf }: { frames: readonly FrameIndex[]; scopeOf: (scope: Scope) => Scope },
): Added {
  const addedStacks = new Int32Array(stacks.frame.length)
  stacks.frame.forEach((frame, stack) => {
    const caller = at(stacks.caller, stack)
    const addedCaller = caller === NO_CALLER ? NO_CALLER : (at(addedStacks, caller) as StackIndex)
    addedStacks[stack] = builder.stack(at(frames, frame), addedCaller)
  })
  const addedScopes = Int32Array.from(scopes, scope => builder.scope(scopeOf(scope)))
  const added = { stacks: addedStacks, scopes: addedScopes }
  for (const samples of values) builder.joinSamples(samples, added)
  return added
}
