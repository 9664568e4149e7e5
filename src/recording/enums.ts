// The names in recordings, each list once, for types, checks and options. Workers load no more of what a recording is.

export const RECORDING_VERSION = 7

/** `none`: no V8 profile, so no functions, lines and flame graphs. */
export const ENGINE_NAMES = ['inspector', 'v8-profiler-next', 'none'] as const
export type EngineName = (typeof ENGINE_NAMES)[number]

/** Whether V8's stacks are sampled. Otherwise the samples of a recording are the thread's states, as its clocks show them. */
export function takesSamples({ engine }: { readonly engine: EngineName }): boolean {
  return engine !== 'none'
}

/** How a recording ended: at teardown, or why it was cut short; `interrupted`: it was saved while its file was running. */
export const RECORDING_ENDS = [
  'teardown',
  'process exit',
  'environment failed',
  'abandoned',
  'interrupted',
] as const
export type RecordingEnd = (typeof RECORDING_ENDS)[number]

export const TEST_STATUSES = ['passed', 'failed', 'skipped', 'todo', 'unfinished'] as const
export type TestStatus = (typeof TEST_STATUSES)[number]

export const FILE_STATUSES = ['passed', 'failed', 'skipped', 'unfinished', 'interrupted'] as const
export type FileStatus = (typeof FILE_STATUSES)[number]

export function hasRun({ status }: { readonly status: TestStatus }): boolean {
  return status !== 'skipped' && status !== 'todo'
}

export const HOOK_TYPES = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'] as const
export type HookType = (typeof HOOK_TYPES)[number]

/** What a test file may leave open. */
export const HANDLE_KINDS = [
  'timer',
  'interval',
  'server',
  'socket',
  'HTTP request',
  'UDP socket',
  'child process',
  'worker',
  'message port',
  'file watcher',
] as const
export type HandleKind = (typeof HANDLE_KINDS)[number]

/** The owner of a script in a package that only Jest, or only transformers, loaded. */
export const TOOLS = ['jest', 'transform'] as const
export type Tool = (typeof TOOLS)[number]

/** Parts of Jest that could not be observed, because the layout of that Jest is unknown. */
export const UNOBSERVED_PARTS = [
  'modules',
  'transforms',
  'cache keys',
  'source maps',
  'idle time',
  'blocked time',
  'allocations',
] as const
export type UnobservedPart = (typeof UNOBSERVED_PARTS)[number]
