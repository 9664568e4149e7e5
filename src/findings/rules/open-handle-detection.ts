// A run with `--detectOpenHandles`: Jest follows every promise, timer and handle for it, and so makes each of them slower.

import { followsHandles } from '../../jest/frames.js'
import type { Frame } from '../../profile/profile.js'
import { rankBy } from '../../profile/rank.js'
import { toMs } from '../../report/rounding.js'
import { duration, percent } from '../../report/views/figures.js'
import type { Facts, FindingDraft } from '../rule.js'

/** https://github.com/nodejs/node/blob/v24.0.0/lib/internal/async_hooks.js */
const NODES =
  /^(?:promise\w*Hook\w*|destroyTracking\w*|emit(?:Init|Before|After|Destroy)\w*|emitHook|registerDestroyHook)$/

export function openHandleDetection({ report, profile }: Facts): FindingDraft[] {
  if (report.run.detectOpenHandles !== true) return []
  const msOf = (isMeant: (frame: Frame) => boolean) =>
    toMs(rankBy(profile, frame => (isMeant(frame) ? 'meant' : undefined))[0]?.total ?? 0)
  const costMs = msOf(isTracking)
  return [
    {
      id: 'open-handle-detection',
      // A test of the project may have hooks of its own.
      confidence: 'medium',
      title: '`--detectOpenHandles` makes this run slower than others',
      evidence:
        `${duration(costMs)}, ${percent(costMs, report.totals.cpuMs)} of CPU time, went to tracking each promise, timer and ` +
        'handle, and all test files ran one after the other in one process.',
      remedy: 'Profile without it, and use it only to look for a handle that keeps Jest from exiting.',
      costMs,
      position: null,
      shares: { transformMs: msOf(frame => isTracking(frame) && frame.category === 'transform') },
    },
  ]
}

export function isTracking(frame: Frame): boolean {
  return followsHandles(frame) || (frame.file === 'node:internal/async_hooks' && NODES.test(frame.name))
}
