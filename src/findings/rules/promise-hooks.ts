// What AsyncLocalStorage costs before Node 24: a hook that Node calls for each promise, timer and callback, whoever uses it. Jest does.

import type { Frame } from '../../profile/profile.js'
import { duration, percent } from '../../report/views/figures.js'
import { byFileBelow } from '../evidence/files.js'
import type { Facts, FindingDraft } from '../rule.js'
import { timeBelow } from '../shared-time.js'

/** Of CPU time: for less, another version of Node is no advice. */
const LEAST_SHARE = 0.05
/** https://github.com/nodejs/node/pull/55552 */
const WITHOUT_HOOKS = 24
/** https://github.com/nodejs/node/blob/v20.20.2/lib/async_hooks.js, and from Node 22 on a file of its own. */
const FILES = /^node:(?:async_hooks|internal\/async_local_storage\/async_hooks)$/
const NAMES = /^(?:init|_propagate)$/

export function promiseHooks({ report, profile }: Facts): FindingDraft[] {
  const { nodeVersion, jestVersion, detectOpenHandles } = report.run
  // `--detectOpenHandles` has a hook of its own, and a finding.
  if (detectOpenHandles === true || Number(/^v(\d+)/.exec(nodeVersion)?.[1]) >= WITHOUT_HOOKS) return []
  const costMs = timeBelow(profile, isPropagating)
  if (costMs < LEAST_SHARE * report.totals.cpuMs) return []
  return [
    {
      id: 'promise-hooks',
      // Another version of Node is faster or slower elsewhere, too.
      confidence: 'medium',
      title: `Node ${nodeVersion} calls a hook for each promise and callback`,
      evidence: `${duration(costMs)}, ${percent(costMs, report.totals.cpuMs)} of CPU time: ${usedBy(jestVersion)} AsyncLocalStorage, which this version of Node follows with a hook.`,
      remedy: 'Run the tests on Node 24 or later, which needs no hook for it.',
      costMs,
      savings: { files: byFileBelow(profile, isPropagating) },
    },
  ]
}

export function isPropagating({ file, name }: Frame): boolean {
  return FILES.test(file) && NAMES.test(name)
}

/** Seen in 30.4.2 and 30.5.2: https://github.com/jestjs/jest/tree/v30.4.2/packages/jest-circus/src */
function usedBy(jestVersion: string): string {
  const [major = 0, minor = 0] = jestVersion.split('.').map(Number)
  const isJest = major > 30 || (major === 30 && minor >= 4)
  return isJest ? `Jest ${jestVersion} knows the running test by` : 'your code or a package uses'
}
