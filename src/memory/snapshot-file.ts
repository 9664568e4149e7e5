// The bytes of a heap snapshot's file, one after the other.

import { fstatSync, readSync } from 'node:fs'

const PIECE = 1 << 22
/** Of an array. */
export const CLOSING = 0x5d
const [ZERO, NINE] = [0x30, 0x39]
const END = -1

export class SnapshotFile {
  readonly #file: number
  readonly #bytes = Buffer.allocUnsafe(PIECE)
  #start = 0
  #length = 0
  #next = 0

  constructor(file: number) {
    this.#file = file
  }

  next(): number {
    if (this.#next >= this.#start + this.#length) {
      this.#start = this.#next
      this.#length = readSync(this.#file, this.#bytes, 0, PIECE, this.#start)
      if (this.#length === 0) return END
    }
    return this.#bytes[this.#next++ - this.#start] ?? END
  }

  /** Reads on behind the next occurrence of a text. Returns what is before it. Throws an Error if there is none. */
  through(text: string, keep: boolean): string {
    let before = ''
    for (let matched = 0; matched < text.length; ) {
      const byte = this.next()
      if (byte === END) throw new Error(`it has no ${text}`)
      if (keep) before += String.fromCharCode(byte)
      if (byte === text.charCodeAt(matched)) matched++
      else matched = byte === text.charCodeAt(0) ? 1 : 0
    }
    return before.slice(0, before.length - text.length)
  }

  /** Reads whole numbers up to the end of an array. */
  numbers(each: (value: number, index: number) => void): void {
    let [value, digits, index] = [0, 0, 0]
    for (;;) {
      // Not by `next`, because a heap has hundreds of millions of digits.
      const bytes = this.#rest()
      if (bytes.length === 0) throw new Error('it is cut off')
      for (let position = 0; position < bytes.length; position++) {
        const byte = bytes[position] as number
        if (byte >= ZERO && byte <= NINE) {
          value = value * 10 + byte - ZERO
          digits++
          continue
        }
        if (digits > 0) each(value, index++)
        value = digits = 0
        if (byte !== CLOSING) continue
        this.#next -= bytes.length - position - 1
        return
      }
    }
  }

  /** The bytes of the piece that are not read yet, or those of the next one. */
  #rest(): Buffer {
    if (this.next() === END) return Buffer.alloc(0)
    const from = this.#next - 1 - this.#start
    this.#next = this.#start + this.#length
    return this.#bytes.subarray(from, this.#length)
  }

  /** All bytes up to the end of the file. */
  remainder(): Buffer {
    const bytes = Buffer.allocUnsafe(Math.max(0, fstatSync(this.#file).size - this.#next))
    let length = 0
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(this.#file, bytes, length, bytes.length - length, this.#next + length)
    return bytes.subarray(0, length)
  }
}
