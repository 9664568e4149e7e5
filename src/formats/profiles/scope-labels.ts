// On whose behalf time was spent, in names: what profile formats write as labels, markers and outermost frames.

import { fileKey } from '../../profile/paths.js'
import type { Phase, Profile, Scope } from '../../profile/profile.js'
import type { FileHookReport, FileReport, TestReport } from '../../report/file-report.js'
import { relativeTo } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'

export interface ScopeLabels {
  /** Relative to `displayRoot`. */
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
  return scopes.map(scopeDescriber(report))
}

export function scopeDescriber(report: Report): (scope: Scope) => ScopeLabels {
  const toRelative = relativeTo(report.run.displayRoot)
  const files = new Map(
    report.files.map(file => [fileKey({ project: file.projectId, file: file.path }), named(file)]),
  )
  return scope => {
    const path = toRelative(scope.file)
    const file = files.get(fileKey({ project: scope.project, file: path }))
    const { worker, phase } = scope
    const project = file?.report.project ?? ''
    return {
      file: path,
      project,
      worker,
      phase,
      test: testLabel(scope, file),
      hook: hookLabel(scope, file?.report),
    }
  }
}

interface NamedFile {
  readonly report: FileReport
  /** By position in the file: one has had 20,000. */
  readonly names: ReadonlyMap<number, string[]>
}

function named(report: FileReport): NamedFile {
  return { report, names: new Map(report.tests.map(({ index, name }) => [index, name])) }
}

function testLabel({ test, attempt, group }: Scope, file: NamedFile | undefined): string | undefined {
  if (test !== undefined) return testName({ name: file?.names.get(test) ?? [`test ${test}`], attempt })
  if (group === undefined) return undefined
  const tests = file?.report.groups[group]?.tests ?? []
  return `${tests.length} concurrent tests (${tests[0] ?? '?'} to ${tests.at(-1) ?? '?'})`
}

function hookLabel({ hook }: Scope, file: FileReport | undefined): string | undefined {
  if (hook === undefined) return undefined
  const report = file?.hooks[hook]
  if (report === undefined) return `hook ${hook}`
  return hookName(report)
}

/** Describe chain and title, with the attempt from the second one on. */
export function testName({ name, attempt }: Pick<TestReport, 'name' | 'attempt'>): string {
  const title = name.join(' › ')
  return attempt > 1 ? `${title} (attempt ${attempt})` : title
}

/** Such as `beforeEach of cart`. */
export function hookName({ type, describe }: Pick<FileHookReport, 'type' | 'describe'>): string {
  return describe.length === 0 ? type : `${type} of ${describe.join(' › ')}`
}

/** `path:line:column`, as far as it is known. */
export function placeName({ file, line, column }: { file: string; line: number; column: number }): string {
  return line === 0 || file === '' ? file : `${file}:${line}:${column}`
}
