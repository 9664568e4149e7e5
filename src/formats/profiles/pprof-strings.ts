// pprof's table of strings, encoded as they come and handed over piece by piece: `pprof-format` would keep an array of
// bytes for each, which of a large run is as much as all the rest.
// https://github.com/google/pprof/blob/main/proto/profile.proto: the first one is empty.

import { PackedBytes } from './packed-bytes.js'

/** Tag of a length-delimited field: `Profile.string_table`. */
const STRING = (6 << 3) | 2

export class PprofStrings {
  readonly #positions = new Map<string, number>()
  readonly #packed = new PackedBytes()

  constructor() {
    this.dedup('')
  }

  /** Its position in the table. */
  dedup(text: string): number {
    const known = this.#positions.get(text)
    if (known !== undefined) return known
    const position = this.#positions.size
    this.#positions.set(text, position)
    const bytes = Buffer.from(text)
    this.#packed.addNumber(STRING)
    this.#packed.addNumber(bytes.length)
    this.#packed.addBytes(bytes)
    return position
  }

  /** Those that are new since the last time, as fields of a profile; there until the next one is asked for. */
  take(): Uint8Array {
    const bytes = this.#packed.slice()
    this.#packed.clear()
    return bytes
  }
}
