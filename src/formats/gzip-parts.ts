// Writes a gzip file part by part, so that its content is never in memory as a whole. Node's streams would not finish
// while a process exits. As in pigz, each part is deflated separately up to a byte boundary, so that the parts form one
// stream. https://www.rfc-editor.org/rfc/rfc1952

import { constants, crc32, deflateRawSync } from 'node:zlib'

/** Magic number, deflate, no flags, no time, no hint, unknown system. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])

export class GzipParts {
  readonly #level: number
  #parts: Buffer[] = [HEADER]
  #checksum = 0
  #length = 0

  /** By default the fastest level. */
  constructor({ level = 1 }: { level?: number } = {}) {
    this.#level = level
  }

  add(bytes: Uint8Array): void {
    // Node's `crc32` returns 0 for an empty input, whatever the previous value.
    if (bytes.length === 0) return
    this.#parts.push(deflateRawSync(bytes, { level: this.#level, finishFlush: constants.Z_SYNC_FLUSH }))
    this.#checksum = crc32(bytes, this.#checksum)
    this.#length += bytes.length
  }

  /** The bytes of the file since the previous call. */
  take(): Buffer[] {
    const parts = this.#parts
    this.#parts = []
    return parts
  }

  /** The rest of the file. */
  end(): Buffer[] {
    const trailer = Buffer.alloc(8)
    trailer.writeUInt32LE(this.#checksum)
    trailer.writeUInt32LE(this.#length % 2 ** 32, 4)
    return [...this.take(), deflateRawSync(Buffer.alloc(0)), trailer]
  }
}
