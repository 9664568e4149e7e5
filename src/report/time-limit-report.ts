// The report's time limits: tests and hooks that timed out, or nearly did.

import type { HandleKind } from '../recording/enums.js'
import type { CallReport, TestReference } from './code-reports.js'
import type { HookIdentity } from './file-report.js'

/** A function of a test or hook that did not end within its time limit, or took more than 80 % of it. */
export interface TimeLimitReport {
  file: string
  project: string
  /** Null: a hook that ran for a describe block. */
  test: TestReference | null
  /** Null: the test's own function. */
  hook: HookIdentity | null
  limitMs: number
  lastedMs: number
  timedOut: boolean
  /** Whether it takes a callback, `done`, that it had not called. */
  awaitsDone: boolean
  /** CPU time of the test with its hooks, or of the hook; null if unknown. */
  cpuMs: number | null
  /** As `cpuMs`: runnable but without a core. */
  readyMs: number | null
  /**
   * What it had opened that still was when it timed out, such as a request or a timer, the latest first. Empty: nothing, so it
   * awaited a promise. Null: it did not time out, or waits were not recorded.
   */
  open: { kind: HandleKind; stack: CallReport[] }[] | null
}
