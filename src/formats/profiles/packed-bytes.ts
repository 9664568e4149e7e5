// Bytes as protobuf packs them: https://protobuf.dev/programming-guides/encoding/#varints

/** Of one that a double holds exactly. */
const MOST_BYTES_OF_NUMBER = 8

export class PackedBytes {
  #bytes = new Uint8Array(1 << 16)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Of what was added, not copied. */
  slice(start = 0, end = this.#length): Uint8Array {
    return this.#bytes.subarray(start, end)
  }

  /** Groups of seven bits, the lowest first; a whole number that is not negative. */
  addNumber(value: number): void {
    this.#makeRoom(MOST_BYTES_OF_NUMBER)
    let rest = value
    // Faster than division, but of 32 bits only.
    for (; rest > 0x7fffffff; rest = Math.floor(rest / 128)) this.#bytes[this.#length++] = (rest % 128) | 128
    for (; rest > 127; rest >>>= 7) this.#bytes[this.#length++] = (rest & 127) | 128
    this.#bytes[this.#length++] = rest
  }

  addBytes(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  clear(): void {
    this.#length = 0
  }

  #makeRoom(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = new Uint8Array(2 * this.#bytes.length + more)
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

/** Bytes that a number takes. */
export function sizeOfNumber(value: number): number {
  let bytes = 1
  for (let limit = 128; value >= limit; limit *= 128) bytes++
  return bytes
}
