// GitLab CI: a Code Quality report and a dotenv report.
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format,
// https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsdotenv

import { createHash } from 'node:crypto'
import { increase } from '../profile/columns.js'
import type { Remark } from './remarks.js'

/** Remarks outside of the repository are left out, because GitLab requires a path. */
export function toCodeQuality(remarks: readonly Remark[]): string {
  const known = new Map<string, number>()
  const entries = remarks
    .filter(({ file }) => file !== '')
    .map(remark => ({
      description: `${remark.title}. ${remark.message}`,
      check_name: `jest-profiler/${remark.check}`,
      fingerprint: fingerprint(remark, known),
      severity: remark.level === 'error' ? 'critical' : SEVERITIES[remark.severity],
      location: { path: remark.file, lines: { begin: Math.max(1, remark.line) } },
    }))
  return `${JSON.stringify(entries, null, 1)}\n`
}

/** GitLab uses it to find new remarks, so it must be unique, even for two tests of the same name. */
function fingerprint({ id }: Remark, known: Map<string, number>): string {
  increase(known, id, 1)
  return createHash('sha256')
    .update(`${id} ${known.get(id)}`)
    .digest('hex')
}

const SEVERITIES = { high: 'major', medium: 'minor', low: 'info' } as const

/** `left`: names of variables that were left out, because GitLab accepts no whitespace in their values. */
export function toDotenv(variables: readonly (readonly [name: string, value: string])[]): {
  text: string
  left: string[]
} {
  const isLeft = ([, value]: readonly [name: string, value: string]) => /\s/.test(value)
  const readable = variables.filter(variable => !isLeft(variable))
  return {
    text: readable.map(([name, value]) => `${name}=${value}\n`).join(''),
    left: variables.filter(isLeft).map(([name]) => name),
  }
}
