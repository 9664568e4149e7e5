// Frames, each once. They are looked up by file and position, and only then compared: a text that is made for a key must
// be hashed again for each of the millions of frames in the recordings of a large run.

import { getOrMake } from './columns.js'
import type { Frame, FrameIndex } from './profile.js'

// Line and column in one exact double.
const COLUMN_SPAN = 2 ** 26

export class FrameTable {
  readonly #frames: Frame[] = []
  readonly #byFile = new Map<string, Map<number, FrameIndex[]>>()

  intern(frame: Frame): FrameIndex {
    const alike = this.#atPositionOf(frame)
    for (const index of alike) if (isSame(this.#frames[index], frame)) return index
    const index = this.#frames.length as FrameIndex
    this.#frames.push(frame)
    alike.push(index)
    return index
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
