// A run with `--detectOpenHandles`: to find handles, Jest tracks every promise and timer, which makes all of them slower.

import { followsHandles } from '../../jest/frames.js'
import type { Frame } from '../../profile/profile.js'
import { duration, percent } from '../../report/views/figures.js'
import { byFileBelow } from '../evidence/files.js'
import type { Facts, FindingDraft } from '../rule.js'
import { timeBelow } from '../shared-time.js'

/** https://github.com/nodejs/node/blob/v24.0.0/lib/internal/async_hooks.js */
const NODES =
  /^(?:promise\w*Hook\w*|destroyTracking\w*|emit(?:Init|Before|After|Destroy)\w*|emitHook|registerDestroyHook)$/

export function openHandleDetection({ report, profile }: Facts): FindingDraft[] {
  if (report.run.detectOpenHandles !== true) return []
  const costMs = timeBelow(profile, isTracking)
  const transformMs = timeBelow(profile, frame => isTracking(frame) && frame.category === 'transform')
  return [
    {
      id: 'open-handle-detection',
      // Tests may use async hooks themselves.
      confidence: 'medium',
      title: '`--detectOpenHandles` makes this run slower than others',
      evidence:
        `${duration(costMs)}, ${percent(costMs, report.totals.cpuMs)} of CPU time, went into tracking every promise, timer ` +
        'and handle, and all test files ran one after another in one process.',
      remedy: 'Profile without it, and use it only to look for a handle that keeps Jest from exiting.',
      costMs,
      savings: { files: byFileBelow(profile, isTracking) },
      shares: { transformMs },
    },
  ]
}

export function isTracking(frame: Frame): boolean {
  return followsHandles(frame) || (frame.file === 'node:internal/async_hooks' && NODES.test(frame.name))
}
