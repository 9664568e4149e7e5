// Fake timers for tests that sleep: time passes as soon as nothing else is left to do.

import { sum } from 'd3-array'
import { ruleOf } from '../../report/finding-rules.js'
import { count, duration } from '../../report/views/figures.js'
import { type Candidate, type DoctorFacts, fileLines, filesAt, wallOf } from '../candidate.js'
import { TIMERS_WITHOUT_WAITING } from './set-up-texts.js'

const RULES: ReadonlySet<string> = new Set(['real-timers', 'polling', 'serial-awaits'])

export function timers(facts: DoctorFacts): Candidate[] {
  const findings = facts.report.findings.filter(({ id }) => RULES.has(ruleOf(id)))
  const files = filesAt(
    findings.flatMap(finding => finding.files),
    facts,
  )
  if (files.length === 0) return []
  const setUp = facts.writeSetUp('timers without waiting', TIMERS_WITHOUT_WAITING)
  const costMs = sum(findings, finding => finding.costMs)
  return [
    {
      name: 'fake-timers',
      title: 'fake timers that advance by themselves',
      reason: `tests in ${count(files.length, 'file')} wait ${duration(costMs)} for real timers`,
      files: files.map(({ key }) => key),
      scope: 'files',
      mostMs: wallOf(costMs, facts),
      change: {
        options: ({ setupFilesAfterEnv }) => ({ setupFilesAfterEnv: [...setupFilesAfterEnv, setUp] }),
      },
      patch: passing =>
        `// a file in setupFilesAfterEnv of a project with\n${fileLines(passing)}\n// or call it in these files\n${withoutJestObject(TIMERS_WITHOUT_WAITING)}`,
    },
  ]
}

/** As people write it. */
function withoutJestObject(text: string): string {
  return text
    .replace(/^const jestObject = .*\n/, '')
    .replaceAll('jestObject.', 'jest.')
    .trim()
}
