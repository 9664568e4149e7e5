// Remedies for expensive calls that a set-up file can try for all tests, and less console output.

import { sum } from 'd3-array'
import { CALL_REMEDIES } from '../../findings/call-remedies.js'
import { count, duration } from '../../report/views/figures.js'
import { type Candidate, type DoctorFacts, filesAt, wallOf } from '../candidate.js'
import { SILENT_CONSOLE } from './set-up-texts.js'

const LEAST_SHARE = 0.01

export function calls(facts: DoctorFacts): Candidate[] {
  return [...remedies(facts), ...console(facts)]
}

function remedies(facts: DoctorFacts): Candidate[] {
  const { report, record } = facts
  const packages = record.modules.flatMap(({ package: name }) => name ?? [])
  return CALL_REMEDIES.flatMap(
    ({ kinds, package: from, function: named, trial, patch = '' }): Candidate[] => {
      if (trial === undefined) return []
      const rows = report.calls.filter(
        ({ kind, callee }) =>
          kinds.includes(kind) && from?.test(callee.package ?? '') !== false && named.test(callee.function),
      )
      const findings = report.findings.filter(finding => finding.trial === trial.name)
      const callsMs = sum(rows, ({ totalMs }) => totalMs)
      const foundMs = sum(findings, finding => finding.costMs)
      const costMs = Math.max(callsMs, foundMs)
      if (foundMs === 0 && callsMs < LEAST_SHARE * report.totals.cpuMs) return []
      const owner = rows[0]?.callee.package ?? packages.find(name => from?.test(name) === true)
      const entry = record.modules.find(module => module.package === owner)
      if (entry === undefined) return []
      const end = `/node_modules/${owner}`
      const folder = entry.path.slice(0, entry.path.lastIndexOf(`${end}/`) + end.length)
      const setUp = facts.writeSetUp(trial.name, trial.setUp(folder))
      const affected = filesAt(
        findings.flatMap(({ files }) => files),
        facts,
      )
      const files = affected.length === 0 ? facts.files : affected
      return [
        {
          name: trial.name,
          title: trial.title,
          reason: `${owner} takes ${duration(costMs)} in ${count(files.length, 'test file')}`,
          files: files.map(({ key }) => key),
          scope: 'files',
          mostMs: wallOf(costMs, facts),
          change: {
            options: ({ setupFilesAfterEnv }) => ({ setupFilesAfterEnv: [...setupFilesAfterEnv, setUp] }),
          },
          patch: () => patch,
        },
      ]
    },
  )
}

function console(facts: DoctorFacts): Candidate[] {
  const { report } = facts
  const rows = report.calls.filter(({ kind }) => kind === 'console')
  const costMs = sum(rows, ({ totalMs }) => totalMs)
  if (costMs < LEAST_SHARE * report.totals.cpuMs) return []
  const setUp = facts.writeSetUp('silent', SILENT_CONSOLE)
  const files = filesAt(
    rows.flatMap(({ tests }) => tests.map(({ file }) => file)),
    facts,
  )
  return [
    {
      name: 'silent',
      title: 'no console output (--silent)',
      reason: `writing to the console takes ${duration(costMs)}`,
      files: (files.length === 0 ? facts.files : files).map(({ key }) => key),
      scope: 'files',
      mostMs: wallOf(costMs, facts),
      change: { options: ({ setupFiles }) => ({ setupFiles: [setUp, ...setupFiles] }) },
      patch: () => '// in the Jest config; or mock the methods where the messages are expected\nsilent: true',
    },
  ]
}
