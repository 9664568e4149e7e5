// ts-jest, or a preset built on it, checks types in every worker. The profile shows it by TypeScript's language service.

import { sum } from 'd3-array'
import type { Frame } from '../../profile/profile.js'
import { duration, percent } from '../../report/views/figures.js'
import { byFileBelow } from '../evidence/files.js'
import type { Facts, FindingDraft } from '../rule.js'
import { timeBelow } from '../shared-time.js'

/**
 * The language service updates its program or looks for type errors. With `isolatedModules` ts-jest calls
 * `transpileModule` instead, which calls none of these, though it does call `checkSourceFile`. Measured with ts-jest
 * 29.4 and TypeScript 5.9 on two small files: 2930 of 3070 ms; with `isolatedModules` 0 of 173 ms.
 */
const SERVICE = /^(?:synchronizeHostData|getSemanticDiagnostics|getPreEmitDiagnostics)$/
/** Checks while emitting. */
const CHECKING = /^(?:createTypeChecker|checkSourceFile)$/

/** By transformer. jest-preset-angular's is a subclass of ts-jest's, and has the same options. */
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
  if (remedy === undefined || timeBelow(profile, isService) === 0) return []
  const costMs = timeBelow(profile, isTypeCheck)
  return [
    {
      id: 'ts-jest-type-check',
      confidence: 'high',
      title: `${names.join(' and ')} ${names.length > 1 ? 'check' : 'checks'} types while tests run`,
      evidence:
        `${duration(costMs)}, ${percent(costMs, report.totals.cpuMs)} of CPU time, went into TypeScript's language ` +
        `service, to build the program and check types; transforms that were not cached: ${misses}.`,
      remedy: `${remedy}, and check types once, separately from the tests, with \`tsc --noEmit\`.`,
      costMs,
      savings: { files: byFileBelow(profile, isTypeCheck) },
    },
  ]
}

/** Whether it is TypeScript called by a transformer: tests may use the language service themselves. */
function isCompilers({ package: name, category }: Frame): boolean {
  return name === 'typescript' && category === 'transform'
}

function isService(frame: Frame): boolean {
  return isCompilers(frame) && SERVICE.test(frame.name)
}

/** Whether everything below the frame belongs to type checking. */
export function isTypeCheck(frame: Frame): boolean {
  return isService(frame) || (isCompilers(frame) && CHECKING.test(frame.name))
}
