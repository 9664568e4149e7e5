// Which candidate of the doctor tries what a finding says. Names are those of `jest-profiler doctor --only`.

import { type FindingId, type FindingRule, ruleOf } from '../report/finding-rules.js'

/** Candidates about the same thing as the finding, such as a module, have its name, too. */
const KINDS: Readonly<Partial<Record<FindingRule, string>>> = {
  barrel: 'barrel',
  'package-copies': 'one-copy',
  'set-up-import': 'without-import',
}

const NAMES: Readonly<Partial<Record<FindingRule, string>>> = {
  'file-map': 'roots',
  polling: 'fake-timers',
  'real-timers': 'fake-timers',
  'sandbox-globals': 'sandbox-globals',
  'ts-jest-type-check': 'isolated-modules',
  'unused-jsdom': 'environment-node',
  'worker-restarts': 'worker-memory-limit',
}

/** Undefined: the doctor cannot try it. */
export function trialFor(id: FindingId): string | undefined {
  const rule = ruleOf(id)
  const kind = KINDS[rule]
  return kind === undefined ? NAMES[rule] : kind + id.slice(rule.length)
}
