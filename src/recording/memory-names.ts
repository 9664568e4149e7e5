// Names that a run and its processes have in common for memory. Without a schema, because workers load it.

export const MEMORY_VERSION = 2

/** The extension of notes among incoming recordings. Not `.json`, which Jest 30 would watch. */
export const MEMORY_EXTENSION = '.memory'
export function memoryNoteName(processId: number, threadId: number): string {
  return `memory-${processId}-${threadId}${MEMORY_EXTENSION}`
}

export const SNAPSHOT_EXTENSION = '.heapsnapshot'

/** The name of the file by which the parent says that all test files are done. */
export const ALL_DONE = 'all-done'

/** The properties of the objects by which a snapshot's kept sandboxes are found: a `sandboxKey`, and the sandbox's global object. */
export const KEPT_KEY = 'jestProfilerKeptSandbox'
export const KEPT_GLOBAL = 'jestProfilerKeptGlobal'

export interface SandboxOwner {
  readonly projectId: string
  readonly testPath: string
}

export function sandboxKey({ projectId, testPath }: SandboxOwner): string {
  return `${projectId} ${testPath}`
}
