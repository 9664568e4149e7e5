// The names that recordings are written with, each list once: types, checks and options all follow from these. Workers load
// this, and no more of what a recording is.

export const RECORDING_VERSION = 7

export const ENGINE_NAMES = ['inspector', 'v8-profiler-next'] as const
export type EngineName = (typeof ENGINE_NAMES)[number]

/** How a recording ended: regularly, or why its file was cut short. */
export const RECORDING_ENDS = ['teardown', 'process exit', 'environment failed', 'abandoned'] as const
export type RecordingEnd = (typeof RECORDING_ENDS)[number]

export const TEST_STATUSES = ['passed', 'failed', 'skipped', 'todo', 'unfinished'] as const
export type TestStatus = (typeof TEST_STATUSES)[number]

export function hasRun({ status }: { readonly status: TestStatus }): boolean {
  return status !== 'skipped' && status !== 'todo'
}

/**
 * What Jest did for the file: build the environment (its constructor and its `setup`), run the set-up files, load its
 * own test framework into the sandbox (and the project's `snapshotSerializers`), run the set-up files that come after
 * that, import the test file and all that it imports, run tests and hooks, tear down. `other` is everything else that
 * Jest does in between; `tests` comes only from test runners that report no tests of their own, because circus's have
 * windows.
 */
export const RECORDED_PHASES = [
  'environment',
  'setupFiles',
  'framework',
  'setupFilesAfterEnv',
  'imports',
  'tests',
  'teardown',
  'other',
] as const
export type RecordedPhase = (typeof RECORDED_PHASES)[number]

export const HOOK_TYPES = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'] as const
export type HookType = (typeof HOOK_TYPES)[number]

/** Whose package a script belongs to, if nobody but Jest, or the user's transformers, has loaded it. */
export const TOOLS = ['jest', 'transform'] as const
export type Tool = (typeof TOOLS)[number]

/** What of Jest could not be observed for a test file, because that Jest is laid out in another way than those that are known. */
export const UNOBSERVED_PARTS = ['modules', 'transforms', 'cache keys', 'source maps'] as const
export type UnobservedPart = (typeof UNOBSERVED_PARTS)[number]
