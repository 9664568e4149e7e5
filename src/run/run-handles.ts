// What became of what test files left open, from the notes of their processes.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { handleWatchOf } from '../collect/handles/current-watch.js'
import { toSlashes } from '../profile/paths.js'
import {
  HANDLES_EXTENSION,
  type HandleNote,
  parseHandleNote,
  SHORTEST_HELD_MS,
} from '../recording/handle-note.js'
import type { HandleEnd, HandleRecord } from '../report/record/handle-record.js'

interface RunEnd {
  /** Milliseconds since the epoch. */
  readonly endedMs: number
  /** Whether Jest has ended all workers: not after `--bail`, and not for another reason. */
  readonly hasEndedWorkers: boolean
}

/** Processes are looked at this often, in milliseconds, so what was open that long before the end was open until then. */
const LATE_MS = 300

export class RunHandles {
  readonly #incoming: string
  #notes: HandleNote[] = []

  /** `incoming`: the run's folder for new recordings. */
  constructor(incoming: string) {
    this.#incoming = incoming
  }

  /** In band, waits until it is known what was only being closed. */
  async settleOwnProcess(): Promise<void> {
    await handleWatchOf(this.#incoming)?.settle()
  }

  /** Call at the end of the run, while the folder exists, and in band again when the process exits. */
  record(end: RunEnd): HandleRecord[] {
    const own = handleWatchOf(this.#incoming)?.note
    if (this.#notes.length === 0) this.#notes = this.#read()
    const others = this.#notes.filter(
      ({ processId, threadId }) => processId !== own?.processId || threadId !== own.threadId,
    )
    return [
      ...(own === undefined ? [] : recordsOf(own, { ...end, hasEndedWorkers: false })),
      ...others.flatMap(note => recordsOf(note, end)),
    ]
  }

  #read(): HandleNote[] {
    try {
      return readdirSync(this.#incoming)
        .filter(name => name.endsWith(HANDLES_EXTENSION))
        .flatMap(name => parseHandleNote(readFileSync(join(this.#incoming, name), 'utf8')) ?? [])
    } catch {
      // A test removed the folder, which the run says.
      return []
    }
  }
}

function recordsOf({ files, exitedMs }: HandleNote, { endedMs, hasEndedWorkers }: RunEnd): HandleRecord[] {
  return files.map(file => ({
    projectId: file.projectId,
    path: toSlashes(file.testPath),
    rows: file.heldMs.map((heldMs, row) => {
      const isOpen = file.isOpen[row] === true
      if (isOpen && exitedMs === null && hasEndedWorkers)
        return { heldMs: Math.max(heldMs, endedMs - file.endedMs), end: 'force' }
      const isLate =
        exitedMs !== null && heldMs >= SHORTEST_HELD_MS && exitedMs - file.endedMs - heldMs <= LATE_MS
      const end: HandleEnd = isLate ? 'exit' : isOpen ? 'open' : 'closed'
      return { heldMs: isLate ? exitedMs - file.endedMs : heldMs, end }
    }),
  }))
}
