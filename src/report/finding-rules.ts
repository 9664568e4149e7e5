// The rules of findings, and their documentation. A rule that is not listed here does not compile. A test checks that
// each has an entry in docs/findings.md.

export const FINDING_RULES = [
  'barrel',
  'cache-never-warms',
  'cache-off',
  'cold-cache',
  'costly-calls',
  'coverage-cost',
  'coverage-report',
  'dominant-hook',
  'environment-waits',
  'external-waits',
  'failing-module',
  'file-map',
  'fixed-cost',
  'garbage-collection',
  'global-setup',
  'heap-limit',
  'heavy-allocation',
  'heavy-import',
  'jest-extension',
  'kept-sandboxes',
  'leaked-work',
  'long-pole',
  'many-rows',
  'more-workers-than-cores',
  'near-time-limit',
  'open-handle-detection',
  'package-copies',
  'polling',
  'promise-hooks',
  'real-timers',
  'reloaded-modules',
  'sandbox-globals',
  'serial-awaits',
  'set-up-import',
  'slow-exit',
  'slow-reporters',
  'timed-out',
  'timed-out-waits',
  'ts-jest-type-check',
  'unused-jsdom',
  'worker-restarts',
] as const

export type FindingRule = (typeof FINDING_RULES)[number]

/** The rule alone where it can be found once in a run; else followed by what it found, such as `barrel:src/index.ts`. */
export type FindingId = FindingRule | `${FindingRule}:${string}`

const DOCUMENTATION = 'https://github.com/jest-profiler/jest-profiler/blob/main/docs/findings.md'

/** `barrel` for the finding `barrel:src/index.ts`. */
export function ruleOf(findingId: FindingId): FindingRule
export function ruleOf(findingId: string): string
export function ruleOf(findingId: string): string {
  return findingId.split(':', 1)[0] ?? findingId
}

/** The URL of the documentation; undefined if this release does not have the rule. */
export function docsUrl(findingId: string): string | undefined {
  const rule = FINDING_RULES.find(known => known === ruleOf(findingId))
  return rule && `${DOCUMENTATION}#${rule}`
}
