// Encodes the messages of a pprof profile piece by piece: fields may be in any order.
// https://github.com/google/pprof/blob/main/proto/profile.proto: ids and lines are 1-based.

import { at } from '../../profile/columns.js'
import {
  type Frame,
  type FrameIndex,
  NO_CALLER,
  type Profile,
  type StackIndex,
} from '../../profile/profile.js'
import type { ToRelative } from '../../report/relative-path.js'
import { ProtobufWriter } from './protobuf.js'

const PROFILE = { sample: 2, mapping: 3, location: 4, function: 5, string: 6 }
const SAMPLE = { locations: 1, values: 2, label: 3 }
/** The only mapping. It says that everything is symbolized, so that pprof does not look for a binary. */
const MAPPING = 1

export interface PprofSample {
  /** The innermost function's row in the profile's table of lines; undefined if unknown. */
  readonly line: number | undefined
  /** In the order of the sample types. */
  readonly values: readonly number[]
  /** As `labels` encodes them. */
  readonly labels: Uint8Array
}

export class PprofWriter {
  /** Encoded fields, by kind because they compress better then. */
  readonly strings = new ProtobufWriter()
  readonly code = new ProtobufWriter()
  readonly samples = new ProtobufWriter()
  readonly #profile: Profile
  readonly #toRelative: ToRelative
  readonly #positions = new Map<string, number>()
  /** Ids by frame or by row of the table of lines; 0: none yet. */
  readonly #locationOfFrame: Int32Array
  readonly #locationOfLine: Int32Array
  readonly #functionOfFrame: Int32Array
  #functions = 0
  #locations = 0
  readonly #packed = new ProtobufWriter()

  constructor(profile: Profile, toRelative: ToRelative) {
    this.#profile = profile
    this.#toRelative = toRelative
    this.#locationOfFrame = new Int32Array(profile.frames.length)
    this.#functionOfFrame = new Int32Array(profile.frames.length)
    this.#locationOfLine = new Int32Array(profile.lines.frame.length)
    this.string('')
    this.code.messageField(PROFILE.mapping, mapping => {
      mapping.numberField(1, MAPPING)
      for (const hasFunctionsFilesLines of [7, 8, 9]) mapping.numberField(hasFunctionsFilesLines, 1)
    })
  }

  /** The index of the string in the table. */
  string(text: string): number {
    const known = this.#positions.get(text)
    if (known !== undefined) return known
    const position = this.#positions.size
    this.#positions.set(text, position)
    this.strings.bytesField(PROFILE.string, Buffer.from(text))
    return position
  }

  /** The labels of a sample, encoded. */
  labels(labels: Readonly<Record<string, string>>): Uint8Array {
    const packed = new ProtobufWriter()
    for (const [key, value] of Object.entries(labels)) {
      const [keyString, valueString] = [this.string(key), this.string(value)]
      packed.messageField(SAMPLE.label, label => {
        label.numberField(1, keyString)
        label.numberField(2, valueString)
      })
    }
    return packed.bytes
  }

  addSample(leaf: StackIndex, { line, values, labels }: PprofSample): void {
    const locations = this.#packedLocations(leaf, line)
    this.samples.messageField(PROFILE.sample, sample => {
      sample.bytesField(SAMPLE.locations, locations)
      this.#packed.clear()
      for (const value of values) this.#packed.addNumber(value)
      sample.bytesField(SAMPLE.values, this.#packed.bytes)
      sample.addBytes(labels)
    })
  }

  /** Innermost first. Reads columns without `at`, which is slow because it is called with columns of all types. */
  #packedLocations(leaf: StackIndex, line: number | undefined): Uint8Array {
    const { frame, caller } = this.#profile.stacks
    const packed = this.#packed
    packed.clear()
    packed.addNumber(line === undefined ? this.#location(at(frame, leaf)) : this.#lineLocation(line))
    for (let stack = caller[leaf] ?? NO_CALLER; stack !== NO_CALLER; stack = caller[stack] ?? NO_CALLER) {
      const callers = frame[stack]
      if (callers !== undefined) packed.addNumber(this.#location(callers))
    }
    return packed.bytes
  }

  /** The location of the function's own line. */
  #location(frame: FrameIndex): number {
    const known = this.#locationOfFrame[frame]
    if (known !== undefined && known > 0) return known
    const shown = at(this.#profile.frames, frame)
    const id = this.#addFunction(shown)
    this.#functionOfFrame[frame] = id
    const location = this.#addLocation(id, shown.line)
    this.#locationOfFrame[frame] = location
    return location
  }

  /** The location of a row in the profile's table of lines. */
  #lineLocation(row: number): number {
    const known = at(this.#locationOfLine, row)
    if (known > 0) return known
    const { frames, lines } = this.#profile
    const frame = at(lines.frame, row)
    const own = this.#location(frame)
    const line = at(lines.line, row)
    const isOwn = line === at(frames, frame).line
    const id = isOwn ? own : this.#addLocation(at(this.#functionOfFrame, frame), line)
    this.#locationOfLine[row] = id
    return id
  }

  #addLocation(functionId: number, line: number): number {
    const id = ++this.#locations
    this.code.messageField(PROFILE.location, location => {
      location.numberField(1, id)
      location.numberField(2, MAPPING)
      location.messageField(4, code => {
        code.numberField(1, functionId)
        code.numberField(2, line)
      })
    })
    return id
  }

  #addFunction({ name, file, line, column, category }: Frame): number {
    const id = ++this.#functions
    const path = this.#toRelative(file)
    // pprof sums functions of one name, so anonymous ones get their place as well.
    const shown = file !== '' && /^\(.*\)$/.test(name) ? `${name} ${path}:${line}` : name
    // If both names are equal, pprof treats the name as C++ and removes what is in brackets:
    // https://github.com/google/pprof/blob/main/internal/symbolizer/symbolizer.go
    const systemName = `${name} (${file === '' ? category : `${path}:${line}:${column}`})`
    const strings = [shown, systemName, path].map(text => this.string(text))
    this.code.messageField(PROFILE.function, code => {
      for (const [index, value] of [id, ...strings, line].entries()) code.numberField(index + 1, value)
    })
    return id
  }
}
