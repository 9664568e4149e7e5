// Candidates → one trial: what each test file gets of them.

import { group } from 'd3-array'
import type { Change, DoctorFacts, SuiteFile } from '../candidate.js'
import type { ProjectOptions } from '../trial/trial-spec.js'
import type { Trial } from './suite-runner.js'

/** A change, and the test files that get it. */
export interface AppliedChange {
  readonly change: Change
  readonly files: ReadonlySet<string>
}

/** `only`: the test files to run; null: all of the suite. */
export function trialOf(
  changes: readonly AppliedChange[],
  only: readonly string[] | null,
  { files, configs }: Pick<DoctorFacts, 'files' | 'configs'>,
): Trial {
  const ofFile = (file: SuiteFile) => changes.filter(change => change.files.has(file.key))
  const changed = files.filter(file => ofFile(file).length > 0)
  const alike = group(
    changed,
    file => `${file.config.id} ${ofFile(file).map(change => changes.indexOf(change))}`,
  )
  return {
    only,
    globalOptions: Object.assign({}, ...changes.map(({ change }) => change.globalOptions ?? {})),
    projectOptions: Object.fromEntries(
      configs.map(config => [
        config.id,
        optionsOf(config, changes, ({ change }, own) => change.projectOptions?.(own)),
      ]),
    ),
    changed: [...alike.values()].flatMap(same => {
      const [first] = same
      if (first === undefined) return []
      const options = optionsOf(first.config, ofFile(first), ({ change }, own) => change.options?.(own))
      return { files: same.map(({ key }) => key), options }
    }),
  }
}

/** Each change builds on those before it. */
function optionsOf(
  config: DoctorFacts['configs'][number],
  changes: readonly AppliedChange[],
  read: (change: AppliedChange, config: DoctorFacts['configs'][number]) => ProjectOptions | undefined,
): ProjectOptions {
  const options: ProjectOptions = {}
  for (const change of changes) Object.assign(options, read(change, { ...config, ...options }))
  return options
}
