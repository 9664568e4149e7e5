// ts-jest, or what is built on it, checking types in every worker: told by TypeScript's language service in the profile.

import { sum } from 'd3-array'
import type { Frame, Profile } from '../../profile/profile.js'
import { rankBy } from '../../profile/rank.js'
import { toMs } from '../../report/rounding.js'
import { duration, percent } from '../../report/views/figures.js'
import type { Facts, FindingDraft } from '../rule.js'

/**
 * The language service brings its program up to date or is asked for errors of types. With `isolatedModules` ts-jest
 * calls `transpileModule` instead, which never gets there, though it does enter `checkSourceFile`. Measured with
 * ts-jest 29.4 and TypeScript 5.9 on two small files: 2930 ms in these of 3070 ms; with `isolatedModules` 0 of 173 ms.
 */
const SERVICE = /^(?:synchronizeHostData|getSemanticDiagnostics|getPreEmitDiagnostics)$/
/** What checking takes on top, as it emits. */
const CHECKING = /^(?:createTypeChecker|checkSourceFile)$/

/** jest-preset-angular's transformer is a subclass of ts-jest's, and takes the same options. */
const REMEDIES: ReadonlyMap<string, string> = new Map([
  [
    'ts-jest',
    'Set `isolatedModules: true` in the tsconfig that ts-jest uses (before ts-jest 29.3: in the options of ts-jest)',
  ],
  [
    'jest-preset-angular',
    'Set `isolatedModules: true` in the tsconfig that jest-preset-angular uses, which is tsconfig.spec.json unless its ' +
      'options name another (before ts-jest 29.3: in the options of its transformer)',
  ],
])

export function tsJestTypeCheck({ report, profile }: Facts): FindingDraft[] {
  const rows = report.transforms.filter(
    ({ transformer }) => transformer !== null && REMEDIES.has(transformer),
  )
  const names = [...new Set(rows.flatMap(({ transformer }) => transformer ?? []))]
  const [name] = names
  const remedy = name === undefined ? undefined : REMEDIES.get(name)
  const misses = sum(rows, ({ cacheMisses }) => cacheMisses)
  if (remedy === undefined || timeIn(profile, isService) === 0) return []
  const costMs = toMs(timeIn(profile, isTypeCheck))
  return [
    {
      id: 'ts-jest-type-check',
      confidence: 'high',
      title: `${names.join(' and ')} ${names.length > 1 ? 'check' : 'checks'} types while tests run`,
      evidence:
        `${duration(costMs)}, ${percent(costMs, report.totals.cpuMs)} of CPU time, went to TypeScript's language ` +
        `service, to build the program and check types; transforms that were not cached: ${misses}.`,
      remedy: `${remedy}, and check types once, beside the tests, with \`tsc --noEmit\`.`,
      costMs,
      position: null,
    },
  ]
}

function timeIn(profile: Profile, isMeant: (frame: Frame) => boolean): number {
  return rankBy(profile, frame => (isMeant(frame) ? 'all' : undefined))[0]?.total ?? 0
}

/** Whether it is TypeScript called by a transformer: tests may have a language service of their own. */
function isCompilers({ package: name, category }: Frame): boolean {
  return name === 'typescript' && category === 'transform'
}

function isService(frame: Frame): boolean {
  return isCompilers(frame) && SERVICE.test(frame.name)
}

/** Whether all below it is type checking, as far as ts-jest does any. */
export function isTypeCheck(frame: Frame): boolean {
  return isService(frame) || (isCompilers(frame) && CHECKING.test(frame.name))
}
