// A writer of protocol buffers: https://protobuf.dev/programming-guides/encoding/. With ten million locations it takes a
// sixth of the time of `pprof-format`, and needs no array for each sample.

/** For an integer that a double holds exactly. */
const MOST_BYTES_OF_NUMBER = 8

const VARINT = 0
const LENGTH_DELIMITED = 2

export class ProtobufWriter {
  #bytes = new Uint8Array(1 << 12)
  #length = 0
  #message: ProtobufWriter | undefined

  get length(): number {
    return this.#length
  }

  /** Not a copy: valid until more is added. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  clear(): void {
    this.#length = 0
  }

  /** Writes a non-negative integer. Readers take a missing field for 0. */
  numberField(field: number, value: number): void {
    if (value === 0) return
    this.addNumber((field << 3) | VARINT)
    this.addNumber(value)
  }

  bytesField(field: number, bytes: Uint8Array): void {
    this.addNumber((field << 3) | LENGTH_DELIMITED)
    this.addNumber(bytes.length)
    this.addBytes(bytes)
  }

  /** `write` adds the fields of the message, but must not add to this writer. */
  messageField(field: number, write: (message: ProtobufWriter) => void): void {
    this.#message ??= new ProtobufWriter()
    this.#message.clear()
    write(this.#message)
    this.bytesField(field, this.#message.bytes)
  }

  /** Writes a varint: groups of seven bits, the lowest first. */
  addNumber(value: number): void {
    this.#makeRoom(MOST_BYTES_OF_NUMBER)
    let rest = value
    // Shifting is faster than division, but limited to 32 bits.
    for (; rest > 0x7fffffff; rest = Math.floor(rest / 128)) this.#bytes[this.#length++] = (rest % 128) | 128
    for (; rest > 127; rest >>>= 7) this.#bytes[this.#length++] = (rest & 127) | 128
    this.#bytes[this.#length++] = rest
  }

  /** Writes an integer that a double may not hold exactly. */
  bigIntField(field: number, value: bigint): void {
    this.addNumber((field << 3) | VARINT)
    let rest = value
    for (; rest > 127n; rest >>= 7n) this.addBytes(Uint8Array.of(Number(rest & 127n) | 128))
    this.addNumber(Number(rest))
  }

  addBytes(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  #makeRoom(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = new Uint8Array(2 * this.#bytes.length + more)
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}
