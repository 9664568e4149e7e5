// On whose behalf time was spent, in names: what profile formats write as labels, markers and outermost frames.

import type { Phase, Profile, Scope } from '../../profile/profile.js'
import type { FileReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'

export interface ScopeLabels {
  /** Relative to `rootDir`. */
  readonly file: string
  /** Display name, `''` without one. */
  readonly project: string
  readonly worker: number
  readonly phase: Phase
  /** Describe chain and title; undefined outside of tests. */
  readonly test: string | undefined
  /** Such as `beforeEach of cart`; undefined outside of hooks. */
  readonly hook: string | undefined
}

/** One for each scope of the profile. */
export function scopeLabels({ scopes }: Pick<Profile, 'scopes'>, report: Report): ScopeLabels[] {
  const prefix = `${report.run.rootDir.replace(/\/$/, '')}/`
  const files = new Map(report.files.map(file => [`${file.projectId}\0${file.path}`, file]))
  return scopes.map(scope => {
    const path = scope.file.startsWith(prefix) ? scope.file.slice(prefix.length) : scope.file
    const file = files.get(`${scope.project}\0${path}`)
    const { worker, phase } = scope
    const project = file?.project ?? ''
    return { file: path, project, worker, phase, test: testLabel(scope, file), hook: hookLabel(scope, file) }
  })
}

function testLabel({ test, attempt, group }: Scope, file: FileReport | undefined): string | undefined {
  if (test !== undefined) {
    const report = file?.tests.find(candidate => candidate.index === test)
    const name = report === undefined ? `test ${test}` : report.name.join(' › ')
    return attempt > 1 ? `${name} (attempt ${attempt})` : name
  }
  if (group === undefined) return undefined
  const tests = file?.groups[group]?.tests ?? []
  return `${tests.length} concurrent tests (${tests[0] ?? '?'} to ${tests.at(-1) ?? '?'})`
}

function hookLabel({ hook }: Scope, file: FileReport | undefined): string | undefined {
  if (hook === undefined) return undefined
  const report = file?.hooks[hook]
  if (report === undefined) return `hook ${hook}`
  return report.describe.length === 0 ? report.type : `${report.type} of ${report.describe.join(' › ')}`
}
