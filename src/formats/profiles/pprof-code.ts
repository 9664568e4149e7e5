// Frames as pprof's functions and locations, numbered from 1 in the order in which they are first asked for.
// https://github.com/google/pprof/blob/main/proto/profile.proto

import type { FunctionInput, MappingInput } from 'pprof-format'
import { at } from '../../profile/columns.js'
import type { Frame, FrameIndex, Profile } from '../../profile/profile.js'
import type { ToRelative } from '../../report/relative-path.js'
import type { PprofStrings } from './pprof-strings.js'

interface PprofLocation {
  id: number
  mappingId: number
  line: [{ functionId: number; line: number }]
}

export class PprofCode {
  /** All code is of one: pprof then knows that there is nothing to symbolize, and looks for no binary. */
  readonly mapping: MappingInput
  readonly #frames: readonly Frame[]
  readonly #lines: Profile['lines']
  readonly #strings: PprofStrings
  readonly #toRelative: ToRelative
  readonly #locationOfFrame: Int32Array
  readonly #functionOfFrame: Int32Array
  readonly #locationOfRow: Int32Array
  #functions: FunctionInput[] = []
  #locations: PprofLocation[] = []
  #functionCount = 0
  #locationCount = 0

  constructor(
    { frames, lines }: Pick<Profile, 'frames' | 'lines'>,
    strings: PprofStrings,
    toRelative: ToRelative,
  ) {
    this.#frames = frames
    this.#lines = lines
    this.#strings = strings
    this.#toRelative = toRelative
    this.#locationOfFrame = new Int32Array(frames.length)
    this.#functionOfFrame = new Int32Array(frames.length)
    this.#locationOfRow = new Int32Array(lines.frame.length)
    this.mapping = { id: 1, hasFunctions: true, hasFilenames: true, hasLineNumbers: true }
  }

  /** The location at the function's own line. */
  location(frame: FrameIndex): number {
    // Asked for each frame of each stack: `at` would be most of the time.
    const known = this.#locationOfFrame[frame]
    if (known !== undefined && known > 0) return known
    const shown = at(this.#frames, frame)
    const functionId = this.#addFunction(shown)
    const id = this.#addLocation(functionId, shown.line)
    this.#functionOfFrame[frame] = functionId
    this.#locationOfFrame[frame] = id
    return id
  }

  /** The location at the line in a row of the profile's table of lines. */
  lineLocation(row: number): number {
    const known = at(this.#locationOfRow, row)
    if (known > 0) return known
    const frame = at(this.#lines.frame, row)
    const own = this.location(frame)
    const line = at(this.#lines.line, row)
    const isOwn = line === at(this.#frames, frame).line
    const id = isOwn ? own : this.#addLocation(at(this.#functionOfFrame, frame), line)
    this.#locationOfRow[row] = id
    return id
  }

  /** Those that are new since the last time. */
  take(): { function: FunctionInput[]; location: PprofLocation[] } {
    const taken = { function: this.#functions, location: this.#locations }
    this.#functions = []
    this.#locations = []
    return taken
  }

  #addLocation(functionId: number, line: number): number {
    const id = ++this.#locationCount
    this.#locations.push({ id, mappingId: 1, line: [{ functionId, line }] })
    return id
  }

  #addFunction({ name, file, line, column, category }: Frame): number {
    const id = ++this.#functionCount
    const path = this.#toRelative(file)
    // pprof adds up functions of one name: those without a name have only their place in common.
    const shown = file !== '' && /^\(.*\)$/.test(name) ? `${name} ${path}:${line}` : name
    // Where both names are the same, pprof takes the name for C++ and cuts what is in brackets:
    // https://github.com/google/pprof/blob/main/internal/symbolizer/symbolizer.go
    const systemName = `${name} (${file === '' ? category : `${path}:${line}:${column}`})`
    this.#functions.push({
      id,
      name: this.#strings.dedup(shown),
      systemName: this.#strings.dedup(systemName),
      filename: this.#strings.dedup(path),
      startLine: line,
    })
    return id
  }
}
