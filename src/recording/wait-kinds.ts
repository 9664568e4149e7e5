// What a thread waits for, each kind once.

/** What wakes an idle thread up. */
export const RESOURCE_KINDS = [
  'timer',
  'HTTP request',
  'socket',
  'child process',
  'file system',
  'DNS',
  'worker',
  'compression',
  'cryptography',
] as const

/** `other (…)`: one that only Node, or the native addon that made it, has a name for. */
export type ResourceKind = (typeof RESOURCE_KINDS)[number] | `other (${string})`

/** What a thread stands still in. */
export type BlockingKind =
  | 'child process (synchronous)'
  | 'file system (synchronous)'
  | 'compression (synchronous)'
  | 'Atomics.wait (synchronous)'

/** Where too many resources are created at once, recording stops because it would slow the tests. */
export const UNKNOWN_KINDS = ['unexplained', 'not recorded', 'not recorded (too many at once)'] as const

/** `time limit`: one ended the wait, beside a poll that asked in vain until then. */
export type IdleKind = ResourceKind | 'time limit' | (typeof UNKNOWN_KINDS)[number]

export type WaitKind = IdleKind | BlockingKind
