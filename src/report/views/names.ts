// The names of tests and hooks in all outputs. Names come from test code: outputs make them safe. Needs no Node.

import type { HookIdentity } from '../file-report.js'

/** The full name of a test or describe block: outermost block first, then the title. */
export function nameText(name: readonly string[]): string {
  return name.join(' › ')
}

export function hookName({ type, describe }: Pick<HookIdentity, 'type' | 'describe'>): string {
  return describe.length === 0 ? type : `${type} of ${nameText(describe)}`
}
