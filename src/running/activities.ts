// What the processes of a run are doing, from their notes.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toSlashes } from '../profile/paths.js'
import { ACTIVITY_EXTENSION, type Activity, parseActivity } from '../recording/activity.js'

export class Activities {
  readonly #incoming: string
  /** By path with `/`, when Jest had the result, in milliseconds since the epoch. */
  readonly #endedMs = new Map<string, number>()

  /** `incoming`: the run's folder for new recordings. */
  constructor(incoming: string) {
    this.#incoming = incoming
  }

  /** Call when Jest has the result of a test file: a process that died with it may have left its note. */
  ended(path: string): void {
    this.#endedMs.set(toSlashes(path), Date.now())
  }

  /** What is going on, by the name of the process's note. Throws what the file system throws. */
  now(): Map<string, Activity> {
    const running = this.#noted()
    for (const [note, { testPath, sinceMs }] of running)
      if ((this.#endedMs.get(testPath) ?? 0) >= sinceMs) running.delete(note)
    return running
  }

  /** What the process of a test file did last, and the name of its note; undefined: unknown. */
  lastOf(path: string): { note: string; activity: Activity } | undefined {
    const found = [...this.#noted()].find(([, { testPath }]) => testPath === toSlashes(path))
    return found && { note: found[0], activity: found[1] }
  }

  #noted(): Map<string, Activity> {
    const found = new Map<string, Activity>()
    for (const name of readdirSync(this.#incoming).filter(file => file.endsWith(ACTIVITY_EXTENSION))) {
      const activity = parseActivity(readFileSync(join(this.#incoming, name), 'utf8'))
      if (activity !== undefined && activity.doing !== 'idle')
        found.set(name, { ...activity, testPath: toSlashes(activity.testPath) })
    }
    return found
  }
}

/** `test “adds › up”`, `hook beforeAll`, `hook afterEach of “adds › up”`, `loading`. */
export function activityText({ doing, name }: Pick<Activity, 'doing' | 'name'>): string {
  if (doing === 'test') return `test “${name.join(' › ')}”`
  if (doing !== 'hook') return doing
  const [type = '', ...test] = name.toReversed()
  return test.length === 0 ? `hook ${type}` : `hook ${type} of “${test.reverse().join(' › ')}”`
}
