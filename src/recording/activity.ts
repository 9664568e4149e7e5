// What a process is doing right now, for whoever must say so when the process itself no longer can: because it died, hangs or is being
// killed. Without a schema, because workers load it.

export const ACTIVITY_EXTENSION = '.activity'

export interface Activity {
  readonly projectId: string
  /** Absolute. */
  readonly testPath: string
  /** `idle`: the process has no test file. */
  readonly doing: 'loading' | 'test' | 'hook' | 'teardown' | 'idle'
  /** Describe chain and title of the test, or the type of the hook, such as `beforeAll`; empty for others. */
  readonly name: readonly string[]
  /** When that began, in milliseconds since the epoch. */
  readonly sinceMs: number
}

/** Undefined for text that was read while it was being written, or is of another release. */
export function parseActivity(text: string): Activity | undefined {
  try {
    const { projectId, testPath, doing, name, sinceMs } = JSON.parse(text)
    const isSound =
      typeof projectId === 'string' &&
      typeof testPath === 'string' &&
      typeof doing === 'string' &&
      Array.isArray(name) &&
      typeof sinceMs === 'number'
    return isSound
      ? { projectId, testPath, doing: doing as Activity['doing'], name: name.map(String), sinceMs }
      : undefined
  } catch {
    return undefined
  }
}
