// The kinds of waits.

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

/** `other (…)`: a resource that only Node or a native addon has a name for. */
export type ResourceKind = (typeof RESOURCE_KINDS)[number] | `other (${string})`

/** Synchronous calls that block a thread. */
export type BlockingKind =
  | 'child process (synchronous)'
  | 'file system (synchronous)'
  | 'Atomics.wait (synchronous)'
  | 'synchronous call'

/** Idle time without a known reason. If too many resources are created at once, recording stops, because it would slow tests. */
export const UNKNOWN_KINDS = ['unexplained', 'not recorded', 'not recorded (too many at once)'] as const

/** `time limit`: a time limit ended the wait, after polling in vain, or that of the test. */
export type IdleKind = ResourceKind | 'time limit' | (typeof UNKNOWN_KINDS)[number]

export type WaitKind = IdleKind | BlockingKind
