// ts-jest checking types in every worker: told by TypeScript's language service in the profile.

import { rankBy } from '../../analysis/rank.js'
import type { Frame, Profile } from '../../profile/profile.js'
import { duration, percent } from '../../report/figures.js'
import { toMs } from '../../report/function-report.js'
import type { Facts, Found } from '../rule.js'

/**
 * The language service brings its program up to date or is asked for errors of types. With `isolatedModules` ts-jest
 * calls `transpileModule` instead, which never gets there, though it does enter `checkSourceFile`. Measured with
 * ts-jest 29.4 and TypeScript 5.9 on two small files: 2930 ms in these of 3070 ms; with `isolatedModules` 0 of 173 ms.
 */
const SERVICE = /^(?:synchronizeHostData|getSemanticDiagnostics|getPreEmitDiagnostics)$/
/** What checking takes on top, as it emits. */
const CHECKING = /^(?:createTypeChecker|checkSourceFile)$/

export function tsJestTypeCheck({ report, profile }: Facts): Found[] {
  const rows = report.transforms.filter(({ transformer }) => transformer === 'ts-jest')
  const misses = rows.reduce((sum, { cacheMisses }) => sum + cacheMisses, 0)
  if (rows.length === 0 || timeIn(profile, isService) === 0) return []
  const costMs = toMs(timeIn(profile, isTypeCheck))
  return [
    {
      id: 'ts-jest-type-check',
      confidence: 'high',
      title: 'ts-jest checks types while tests run',
      evidence:
        `${duration(costMs)}, ${percent(costMs, report.totals.cpuMs)} of CPU time, went to TypeScript's language ` +
        `service, to build the program and check types; transforms that were not cached: ${misses}.`,
      remedy:
        'Set `isolatedModules: true` in the tsconfig that ts-jest uses (before ts-jest 29.3: in the options of ' +
        'ts-jest), and check types once, beside the tests, with `tsc --noEmit`.',
      costMs,
      position: null,
    },
  ]
}

function timeIn(profile: Profile, isMeant: (frame: Frame) => boolean): number {
  return rankBy(profile, frame => (isMeant(frame) ? 'all' : undefined))[0]?.total ?? 0
}

function isService({ package: name, name: frame }: Frame): boolean {
  return name === 'typescript' && SERVICE.test(frame)
}

/** Whether all below it is type checking, as far as ts-jest does any. */
export function isTypeCheck(frame: Frame): boolean {
  return isService(frame) || (frame.package === 'typescript' && CHECKING.test(frame.name))
}
