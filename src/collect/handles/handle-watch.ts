// Looks in a process at what its test files left open, for as long as it is: what is closed a moment later, such as a socket, is no
// leak, and what keeps a worker alive at the end is the reason why Jest ends it by force. Nothing is done until something is left open.

import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { HANDLES_EXTENSION, type HandleNote, SHORTEST_HELD_MS } from '../../recording/handle-note.js'
import { writeWhole } from '../../recording/recording-file.js'
import { monotonicMicros, nowMs } from '../clock.js'
import type { OpenHandle } from './open-handles.js'

const POLL_MS = 250
/** Rows that are looked at. */
const MOST_ROWS = 1000

// Read before a test can replace them.
const { setTimeout: setRealTimeout, clearTimeout: clearRealTimeout } = globalThis

interface WatchedHandle {
  /** Undefined once it is closed, or is unknown. */
  handle: OpenHandle | undefined
  heldMs: number
  isOpen: boolean
}

interface WatchedHandles {
  readonly projectId: string
  readonly testPath: string
  readonly endedMs: number
  readonly endedMicros: number
  readonly rows: readonly WatchedHandle[]
}

export class HandleWatch {
  readonly #incoming: string
  readonly #files: WatchedHandles[] = []
  #exitedMs: number | null = null
  #timer: NodeJS.Timeout | undefined

  /** `incoming`: the run's folder for new recordings. */
  constructor(incoming: string) {
    this.#incoming = incoming
  }

  /** Call when the recording of a test file is written, with the rows of its `openHandles`, at least one. */
  fileEnded(
    { projectId, testPath }: { projectId: string; testPath: string },
    handles: readonly OpenHandle[],
  ): void {
    const known = this.#rows.length
    const rows = handles.map((handle, row) => {
      return { handle: known + row < MOST_ROWS ? handle : undefined, heldMs: 0, isOpen: true }
    })
    this.#files.push({ projectId, testPath, endedMs: nowMs(), endedMicros: monotonicMicros(), rows })
    this.#write()
    this.#lookIn(SHORTEST_HELD_MS)
  }

  /** Call before another test file begins: then its resources count, too. */
  fileBegins(): void {
    if (this.#files.length === 0) return
    this.look()
    for (const row of this.#rows) if (row.handle?.byType === true) row.handle = undefined
  }

  /** Call when the process ends by itself. */
  exits(): void {
    clearRealTimeout(this.#timer)
    this.look()
    this.#exitedMs = nowMs()
    this.#write()
  }

  /** In band, at the end of a run: waits until it is known what was only being closed. */
  async settle(): Promise<void> {
    this.look()
    const [youngest] = this.#files.slice(-1)
    if (youngest?.rows.some(({ handle }) => handle !== undefined) !== true) return
    const ageMs = (monotonicMicros() - youngest.endedMicros) / 1000
    // A timer may fire a millisecond early.
    if (ageMs < SHORTEST_HELD_MS)
      await new Promise(resolve => setRealTimeout(resolve, Math.ceil(SHORTEST_HELD_MS - ageMs) + 1))
    this.look()
  }

  look(): void {
    let isNews = false
    const now = monotonicMicros()
    for (const { endedMicros, rows } of this.#files)
      for (const row of rows) {
        if (row.handle === undefined) continue
        const wasShort = row.heldMs < SHORTEST_HELD_MS
        if (row.handle.isOpen()) row.heldMs = Math.round((now - endedMicros) / 1000)
        else {
          row.handle = undefined
          row.isOpen = false
        }
        isNews ||= !row.isOpen || wasShort !== row.heldMs < SHORTEST_HELD_MS
      }
    if (isNews) this.#write()
  }

  get note(): HandleNote {
    return {
      processId: process.pid,
      threadId,
      exitedMs: this.#exitedMs,
      files: this.#files.map(({ projectId, testPath, endedMs, rows }) => ({
        projectId,
        testPath,
        endedMs,
        heldMs: rows.map(({ heldMs }) => heldMs),
        isOpen: rows.map(({ isOpen }) => isOpen),
      })),
    }
  }

  get #rows(): WatchedHandle[] {
    return this.#files.flatMap(({ rows }) => rows)
  }

  #lookIn(ms: number): void {
    clearRealTimeout(this.#timer)
    this.#timer = setRealTimeout(() => {
      this.look()
      if (this.#rows.some(({ handle }) => handle !== undefined)) this.#lookIn(POLL_MS)
    }, ms).unref()
  }

  #write(): void {
    const name = `handles-${process.pid}-${threadId}${HANDLES_EXTENSION}`
    try {
      writeWhole(join(this.#incoming, name), JSON.stringify(this.note))
    } catch {
      // The folder is gone: the run has ended, or a test removed it, which the run says.
    }
  }
}
