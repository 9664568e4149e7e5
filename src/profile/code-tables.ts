// The frames and stacks of a profile, each once. A large run looks up millions, for which an `Interner` is too slow and too large.

import { getOrMake } from './columns.js'
import { GrowingColumn } from './growing-column.js'
import type { Frame, FrameIndex, NO_CALLER, Profile, StackIndex } from './profile.js'

/** A power of two, as all later sizes. */
const FIRST_SIZE = 2048
const EMPTY = -1

/** Stacks by frame and caller, a hash table in columns with open addressing: eight to sixteen bytes a key, where a Map needs an object. */
export class StackTable {
  readonly #frame = new GrowingColumn<FrameIndex>()
  readonly #caller = new GrowingColumn<StackIndex | typeof NO_CALLER>()
  /** Positions of stacks, each at its hash or at the next free place; at most half of the places are taken. */
  #places = new Int32Array(FIRST_SIZE).fill(EMPTY)

  intern(frame: FrameIndex, caller: StackIndex | typeof NO_CALLER): StackIndex {
    const place = this.#placeOf(frame, caller)
    const known = this.#places[place] ?? EMPTY
    if (known !== EMPTY) return known as StackIndex
    const added = this.#frame.length as StackIndex
    this.#frame.push(frame)
    this.#caller.push(caller)
    this.#places[place] = added
    if (2 * this.#frame.length > this.#places.length) this.#grow()
    return added
  }

  get columns(): Profile['stacks'] {
    return { frame: this.#frame.all, caller: this.#caller.all }
  }

  /** The place of the stack, or the free place for a new one. */
  #placeOf(frame: number, caller: number): number {
    const last = this.#places.length - 1
    let place = hash(frame, caller) & last
    for (let stack = this.#places[place]; stack !== EMPTY; stack = this.#places[place]) {
      if (stack === undefined) throw new RangeError(`place ${place} is outside a table of ${last + 1}`)
      if (this.#frame.get(stack) === frame && this.#caller.get(stack) === caller) break
      place = (place + 1) & last
    }
    return place
  }

  #grow(): void {
    this.#places = new Int32Array(2 * this.#places.length).fill(EMPTY)
    for (let stack = 0; stack < this.#frame.length; stack++)
      this.#places[this.#placeOf(this.#frame.get(stack), this.#caller.get(stack))] = stack
  }
}

/** The numbers are small and dense, and neighbours must not collide: https://github.com/aappleby/smhasher (MurmurHash3, fmix32). */
function hash(frame: number, caller: number): number {
  let mixed = Math.imul(caller + 1, 0x9e3779b1) ^ frame
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/** Columns are below this, so that line and column fit in one exact double. */
const COLUMN_SPAN = 2 ** 26

/** Frames by file and position, then compared field by field: a text as key would have to be built and hashed for each lookup. */
export class FrameTable {
  readonly #frames: Frame[] = []
  readonly #byFile = new Map<string, Map<number, FrameIndex[]>>()
  /** The recordings of a run share most frames: the same objects, which need no comparison. */
  readonly #indexOf = new Map<Frame, FrameIndex>()

  intern(frame: Frame): FrameIndex {
    const known = this.#indexOf.get(frame)
    if (known !== undefined) return known
    const candidates = this.#atPositionOf(frame)
    for (const index of candidates) if (isSame(this.#frames[index], frame)) return index
    const added = (this.#frames.push(frame) - 1) as FrameIndex
    candidates.push(added)
    this.#indexOf.set(frame, added)
    return added
  }

  get all(): readonly Frame[] {
    return [...this.#frames]
  }

  #atPositionOf({ file, line, column }: Frame): FrameIndex[] {
    const positions = getOrMake(this.#byFile, file, () => new Map<number, FrameIndex[]>())
    return getOrMake(positions, line * COLUMN_SPAN + column, () => [])
  }
}

/** Whether two frames at one position of one file are the same. */
function isSame(a: Frame | undefined, b: Frame): boolean {
  return (
    a !== undefined &&
    a.name === b.name &&
    a.category === b.category &&
    a.package === b.package &&
    a.generated === b.generated
  )
}
