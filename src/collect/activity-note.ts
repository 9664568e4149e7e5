// Notes in a file what this process is doing, whenever the user's code is about to run: a write of some ten microseconds for each hook and
// test. See recording/activity.ts.

import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { blockNames, type CircusHook, type CircusTest } from '../jest/circus.js'
import { ACTIVITY_EXTENSION, type Activity } from '../recording/activity.js'
import { nowMs } from './clock.js'

/** The name of this process's note in the folder of new recordings. */
export function activityNoteName(): string {
  return `activity-${process.pid}-${threadId}${ACTIVITY_EXTENSION}`
}

export class ActivityNote {
  /** Undefined once it is closed. */
  #file: number | undefined
  /** Bytes that are written, so that a shorter note covers a longer one. */
  #length = 0

  /** `incoming`: the run's folder for new recordings. Throws what the file system throws. */
  constructor(incoming: string) {
    this.#file = openSync(join(incoming, activityNoteName()), 'w')
  }

  note(activity: Omit<Activity, 'sinceMs'>): void {
    if (this.#file === undefined) return
    const text = JSON.stringify({ ...activity, sinceMs: nowMs() })
    const bytes = Buffer.from(text.padEnd(this.#length))
    this.#length = bytes.length
    writeSync(this.#file, bytes, 0, bytes.length, 0)
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }
}

/** What one test file is doing. */
export class FileActivity {
  readonly #note: ActivityNote
  readonly #file: Pick<Activity, 'projectId' | 'testPath'>
  #test: readonly string[] | undefined

  constructor(note: ActivityNote, file: Pick<Activity, 'projectId' | 'testPath'>) {
    this.#note = note
    this.#file = file
    this.#now('loading')
  }

  /** Not noted: a hook or the test's function follows at once. */
  testBegins(test: CircusTest): void {
    this.#test = [...blockNames(test.parent), String(test.name)]
  }

  functionBegins(): void {
    if (this.#test !== undefined) this.#now('test', this.#test)
  }

  testEnds(): void {
    this.#test = undefined
  }

  hookBegins({ type }: CircusHook): void {
    this.#now('hook', this.#test === undefined ? [type] : [...this.#test, type])
  }

  tearsDown(): void {
    this.#now('teardown')
  }

  ends(): void {
    this.#now('idle')
  }

  #now(doing: Activity['doing'], name: readonly string[] = []): void {
    this.#note.note({ ...this.#file, doing, name })
  }
}

// Module state: a process has one file for it in each run.
let current: { incoming: string; note: ActivityNote } | undefined

/** The note of this process for a run. */
export function activityNote(incoming: string): ActivityNote {
  if (current?.incoming === incoming) return current.note
  closeActivityNote()
  const note = new ActivityNote(incoming)
  current = { incoming, note }
  return note
}

/** Closes the file of this process, if there is one: where the run ends in it, a folder with an open file cannot be removed everywhere. */
export function closeActivityNote(): void {
  const closing = current
  current = undefined
  closing?.note.close()
}
