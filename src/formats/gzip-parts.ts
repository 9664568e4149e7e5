// A gzip file that is made part by part: what goes into it is never in memory as a whole, and while a process exits
// there is no time for Node's streams. Each part is deflated by itself and ends at the border of a byte, so that parts
// behind each other are one stream (as pigz makes them). https://www.rfc-editor.org/rfc/rfc1952

import { constants, crc32, deflateRawSync } from 'node:zlib'

/** Magic number, deflate, no flags, no time, no hint, unknown system. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
/** Fast. */
const LEVEL = 1

export class GzipParts {
  readonly #level: number
  #parts: Buffer[] = [HEADER]
  #checksum = 0
  #length = 0

  constructor({ level = LEVEL }: { level?: number } = {}) {
    this.#level = level
  }

  add(bytes: Uint8Array): void {
    // Node's `crc32` returns 0 for no bytes, whatever it was before.
    if (bytes.length === 0) return
    this.#parts.push(deflateRawSync(bytes, { level: this.#level, finishFlush: constants.Z_SYNC_FLUSH }))
    this.#checksum = crc32(bytes, this.#checksum)
    this.#length += bytes.length
  }

  /** What has been made of the file since the last time. */
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
