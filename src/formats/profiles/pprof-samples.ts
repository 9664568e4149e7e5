// pprof's samples, encoded one by one: of a large run they name some ten million locations, for which `pprof-format` would
// need an array each. https://protobuf.dev/programming-guides/encoding/#last-one-wins: of two messages one after the
// other a reader makes one with the fields of both, so these follow what that library encodes.

import { type LabelInput, Sample } from 'pprof-format'
import { at } from '../../profile/columns.js'
import { NO_CALLER, type Profile, type ScopeIndex, type StackIndex } from '../../profile/profile.js'
import { PackedBytes, sizeOfNumber } from './packed-bytes.js'
import type { PprofCode } from './pprof-code.js'

/** Tags of length-delimited fields: `Profile.sample`, `Sample.location_id`, `Sample.value`. */
const SAMPLE = (2 << 3) | 2
const LOCATION_IDS = (1 << 3) | 2
const VALUES = (2 << 3) | 2

const NOTHING = new Uint8Array()

export interface SampleValues {
  /** Of the innermost function's line in the profile's table of lines; undefined: it is not known. */
  row: number | undefined
  /** Nanoseconds. */
  cpu: number
  count: number
  /** Nanoseconds. */
  wait: number
}

export class PprofSamples {
  readonly #stacks: Profile['stacks']
  readonly #code: PprofCode
  /** By scope, encoded as the rest of a sample. */
  readonly #labels: readonly Uint8Array[]
  readonly #locations = new PackedBytes()
  /** By stack: where its locations begin, and how many bytes they are; 0: not packed yet. */
  readonly #start: Float64Array
  readonly #size: Int32Array
  readonly #samples = new PackedBytes()

  /** `labels`: one list for each scope of the profile. */
  constructor(
    { stacks }: Pick<Profile, 'stacks'>,
    code: PprofCode,
    labels: readonly (readonly LabelInput[])[],
  ) {
    this.#stacks = stacks
    this.#code = code
    this.#labels = labels.map(label => new Sample({ label: [...label] }).encode())
    this.#start = new Float64Array(stacks.frame.length)
    this.#size = new Int32Array(stacks.frame.length)
  }

  add(stack: StackIndex, scope: ScopeIndex, { row, cpu, count, wait }: SampleValues): void {
    const code = this.#code
    const leaf = row === undefined ? code.location(at(this.#stacks.frame, stack)) : code.lineLocation(row)
    const callers = this.#locationsOf(at(this.#stacks.caller, stack))
    const labels = at(this.#labels, scope)
    const locationBytes = sizeOfNumber(leaf) + callers.length
    const valueBytes = sizeOfNumber(cpu) + sizeOfNumber(count) + sizeOfNumber(wait)
    const samples = this.#samples
    samples.addNumber(SAMPLE)
    samples.addNumber(sizeOfField(locationBytes) + sizeOfField(valueBytes) + labels.length)
    samples.addNumber(LOCATION_IDS)
    samples.addNumber(locationBytes)
    samples.addNumber(leaf)
    samples.addBytes(callers)
    samples.addNumber(VALUES)
    samples.addNumber(valueBytes)
    for (const value of [cpu, count, wait]) samples.addNumber(value)
    samples.addBytes(labels)
  }

  /** A profile without samples, and these. */
  appendTo(profile: Uint8Array): Uint8Array {
    return Buffer.concat([profile, this.#samples.slice()])
  }

  /** Packed, from the innermost out; most stacks have their callers in common, so these are there already. */
  #locationsOf(stack: StackIndex | typeof NO_CALLER): Uint8Array {
    if (stack === NO_CALLER) return NOTHING
    if (at(this.#size, stack) === 0) {
      const callers = this.#locationsOf(at(this.#stacks.caller, stack))
      const start = this.#locations.length
      this.#locations.addNumber(this.#code.location(at(this.#stacks.frame, stack)))
      this.#locations.addBytes(callers)
      this.#start[stack] = start
      this.#size[stack] = this.#locations.length - start
    }
    const start = at(this.#start, stack)
    return this.#locations.slice(start, start + at(this.#size, stack))
  }
}

function sizeOfField(bytes: number): number {
  return 1 + sizeOfNumber(bytes) + bytes
}
