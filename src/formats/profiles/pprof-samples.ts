// pprof's samples, encoded one by one: of a large run they name some ten million locations, for which `pprof-format` would
// need an array each. https://protobuf.dev/programming-guides/encoding/#last-one-wins: of two messages one after the
// other a reader makes one with the fields of both, so what that library encodes follows these.

import { at } from '../../profile/columns.js'
import { NO_CALLER, type Profile, type ScopeIndex, type StackIndex } from '../../profile/profile.js'
import type { GzipParts } from '../gzip-parts.js'
import { PackedBytes, sizeOfNumber } from './packed-bytes.js'
import type { PprofCode } from './pprof-code.js'

/** Tags of length-delimited fields: `Profile.sample`, `Sample.location_id`, `Sample.value`. */
const SAMPLE = (2 << 3) | 2
const LOCATION_IDS = (1 << 3) | 2
const VALUES = (2 << 3) | 2

/** Bytes that are compressed at once. */
const PART = 4 * 1024 * 1024

export interface SampleValues {
  /** Of the innermost function's line in the profile's table of lines; undefined: it is not known. */
  row: number | undefined
  /** In the order of the profile's sample types. */
  values: readonly number[]
}

export class PprofSamples {
  readonly #stacks: Profile['stacks']
  readonly #code: PprofCode
  /** Of a scope, encoded as the rest of a sample. */
  readonly #labelsOf: (scope: ScopeIndex) => Uint8Array
  readonly #file: GzipParts
  readonly #locations = new PackedBytes()
  readonly #samples = new PackedBytes()

  constructor(
    { stacks }: Pick<Profile, 'stacks'>,
    {
      code,
      labelsOf,
      file,
    }: { code: PprofCode; labelsOf: (scope: ScopeIndex) => Uint8Array; file: GzipParts },
  ) {
    this.#stacks = stacks
    this.#code = code
    this.#labelsOf = labelsOf
    this.#file = file
  }

  add(stack: StackIndex, scope: ScopeIndex, { row, values }: SampleValues): void {
    const labels = this.#labelsOf(scope)
    const locations = this.#packLocations(stack, row)
    const valueBytes = values.reduce((sum, value) => sum + sizeOfNumber(value), 0)
    const samples = this.#samples
    samples.addNumber(SAMPLE)
    samples.addNumber(sizeOfField(locations.length) + sizeOfField(valueBytes) + labels.length)
    samples.addNumber(LOCATION_IDS)
    samples.addNumber(locations.length)
    samples.addBytes(locations)
    samples.addNumber(VALUES)
    samples.addNumber(valueBytes)
    for (const value of values) samples.addNumber(value)
    samples.addBytes(labels)
    if (samples.length >= PART) this.end()
  }

  /** Takes over what was added since the last time. */
  end(): void {
    this.#file.add(this.#samples.slice())
    this.#samples.clear()
  }

  /** From the innermost out. Columns are read without `at`, which is slow for being called with columns of all kinds. */
  #packLocations(leaf: StackIndex, row: number | undefined): Uint8Array {
    const { frame, caller } = this.#stacks
    const [code, locations] = [this.#code, this.#locations]
    locations.clear()
    locations.addNumber(row === undefined ? code.location(at(frame, leaf)) : code.lineLocation(row))
    for (let stack = caller[leaf] ?? NO_CALLER; stack !== NO_CALLER; stack = caller[stack] ?? NO_CALLER) {
      const callers = frame[stack]
      if (callers !== undefined) locations.addNumber(code.location(callers))
    }
    return locations.slice()
  }
}

function sizeOfField(bytes: number): number {
  return 1 + sizeOfNumber(bytes) + bytes
}
