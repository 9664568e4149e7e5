// Tests and hooks that timed out, or nearly did.

import type { Microseconds } from '../profile/profile.js'
import type { HandleKind } from '../recording/enums.js'
import type { HookDefinition } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import type { FileTimes } from './file-times.js'
import type { Times } from './segment-times.js'
import { ALL_TIME, type TimeSelection } from './timeline.js'
import { type Call, callAt } from './wait-sums.js'

export interface TimeLimitSum {
  /** Position of the test in the file; undefined: the hook ran for none. */
  readonly test: number | undefined
  /** Position in the file's hooks; undefined: it is the test's own function. */
  readonly hook: number | undefined
  readonly limitMs: number
  readonly lasted: Microseconds
  readonly timedOut: boolean
  /** Whether it takes a callback that it has not called. */
  readonly awaitsDone: boolean
  /** Of the whole test, or of the hook that ran for none; undefined: unknown. */
  readonly times: Times | undefined
  /** What it had opened that still was when it timed out, the latest first; undefined: unknown. */
  readonly open: readonly OpenWait[] | undefined
}

interface OpenWait {
  readonly kind: HandleKind
  /** Innermost frame first; empty: unknown. */
  readonly stack: readonly Call[]
}

export function timeLimitsOf(
  recording: ResolvedRecording,
  { tests, hooks }: Pick<FileTimes, 'tests' | 'hooks'>,
  selection: TimeSelection = ALL_TIME,
): TimeLimitSum[] {
  return (recording.timeLimits ?? []).flatMap(({ open, ...limit }) => {
    const span = recording.tests[limit.test]
    if (span === undefined ? selection !== ALL_TIME : !selection.hasTest(span.index)) return []
    const hook = hooks.findIndex(known => isSame(known, limit.hook))
    const ofTest = tests.find(({ index, attempt }) => index === span?.index && attempt === span.attempt)
    return {
      test: span?.index,
      hook: hook < 0 ? undefined : hook,
      limitMs: limit.limitMs,
      lasted: limit.lastedMicros,
      timedOut: limit.timedOut,
      awaitsDone: limit.awaitsDone,
      times: span === undefined ? hooks[hook]?.times : ofTest?.times,
      open: open
        ?.map(({ kind, stack }) => ({ kind, stack: (stack ?? []).map(site => callAt(site, recording)) }))
        .reverse(),
    }
  })
}

function isSame(known: HookDefinition, hook: HookDefinition | null): boolean {
  return (
    known.site === hook?.site &&
    known.type === hook.type &&
    known.describe.join('\0') === hook.describe.join('\0')
  )
}
