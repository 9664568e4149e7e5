// Names of scopes, which profile formats write as labels, markers and outermost frames.

import { fileKey } from '../../profile/paths.js'
import type { Phase, Profile, Scope } from '../../profile/profile.js'
import type { Position } from '../../report/code-reports.js'
import type { FileReport, TestReport } from '../../report/file-report.js'
import { relativeTo } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'
import { hookName, nameText } from '../../report/views/names.js'
import { placeText } from '../../tables/names.js'

interface ScopeLabels {
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

export function scopeLabels({ scopes }: Pick<Profile, 'scopes'>, report: Report): ScopeLabels[] {
  return scopes.map(scopeDescriber(report))
}

export function scopeDescriber(report: Report): (scope: Scope) => ScopeLabels {
  const toRelative = relativeTo(report.run.displayRoot)
  const files = new Map(
    report.files.map(file => [
      fileKey({ project: file.projectId, file: file.path }),
      // Indexed, because a file may have 20,000 tests.
      { ...file, names: new Map(file.tests.map(({ index, name }) => [index, name])) },
    ]),
  )
  return scope => {
    const { worker, phase, test, attempt } = scope
    const path = toRelative(scope.file)
    const file = files.get(fileKey({ project: scope.project, file: path }))
    const name = test === undefined ? undefined : (file?.names.get(test) ?? [`test ${test}`])
    return {
      file: path,
      project: file?.project ?? '',
      worker,
      phase,
      test: name === undefined ? groupLabel(scope, file) : testName({ name, attempt }),
      hook: scope.hook === undefined ? undefined : hookLabel(scope.hook, file),
    }
  }
}

function groupLabel({ group }: Scope, file: FileReport | undefined): string | undefined {
  if (group === undefined) return undefined
  const tests = file?.groups[group]?.tests ?? []
  return `${tests.length} concurrent tests (${tests[0] ?? '?'} to ${tests.at(-1) ?? '?'})`
}

function hookLabel(hook: number, file: FileReport | undefined): string {
  const report = file?.hooks[hook]
  return report === undefined ? `hook ${hook}` : hookName(report)
}

/** Describe chain and title, with the attempt from the second one on. */
export function testName({ name, attempt }: Pick<TestReport, 'name' | 'attempt'>): string {
  return attempt > 1 ? `${nameText(name)} (attempt ${attempt})` : nameText(name)
}

/** `path:line:column`, or the path if the position is unknown. */
export function placeName(place: Position): string {
  return place.line === 0 || place.file === '' ? place.file : placeText(place)
}
