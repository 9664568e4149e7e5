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

/** By transformer, where `isolatedModules` is set. jest-preset-angular's is a subclass of ts-jest's, and has the same options. */
const PLACES: ReadonlyMap<string, { readonly config: string; readonly options: string }> = new Map([
  ['ts-jest', { config: 'the tsconfig that ts-jest uses', options: 'the options of ts-jest' }],
  [
    'jest-preset-angular',
    {
      config:
        'the tsconfig that jest-preset-angular uses, which is tsconfig.spec.json unless its options name another',
      options: 'the options of its transformer',
    },
  ],
])

/** https://github.com/kulshekhar/ts-jest/blob/main/CHANGELOG.md#2930-2025-03-21 */
const READS_TSCONFIG_FROM = 29.3

/** What to set, by the installed version where it is known. */
function remedyFor(name: string, readSource: Facts['readSource']): string | undefined {
  const places = PLACES.get(name)
  if (places === undefined) return undefined
  const manifest = readSource('node_modules/ts-jest/package.json') ?? ''
  const version = Number(/"version"\s*:\s*"(\d+\.\d+)/.exec(manifest)?.[1])
  const where = Number.isNaN(version)
    ? `${places.config} (before ts-jest 29.3: in ${places.options})`
    : version < READS_TSCONFIG_FROM
      ? places.options
      : places.config
  return (
    `Set \`isolatedModules: true\` in ${where}, and check types once, separately from the tests, with \`tsc --noEmit\`. ` +
    'Types are then exported again by `export type`. Run the tests: with `emitDecoratorMetadata`, modules that import each other may fail, ' +
    'in NestJS with “circular dependency”; import what is only a type with `import type` there.'
  )
}

export function tsJestTypeCheck({ report, profile, readSource }: Facts): FindingDraft[] {
  const rows = report.transforms.filter(({ transformer }) => transformer !== null && PLACES.has(transformer))
  const names = [...new Set(rows.flatMap(({ transformer }) => transformer ?? []))]
  const [name] = names
  const remedy = name === undefined ? undefined : remedyFor(name, readSource)
  const misses = sum(rows, ({ cacheMisses }) => cacheMisses)
  if (remedy === undefined || timeBelow(profile, isService) === 0) return []
  const costMs = timeBelow(profile, isTypeCheck)
  return [
    {
      id: 'ts-jest-type-check',
      // Not every code base compiles file by file.
      confidence: 'medium',
      title: `${names.join(' and ')} ${names.length > 1 ? 'build' : 'builds'} a program to check types while tests run`,
      evidence:
        `${duration(costMs)}, ${percent(costMs, report.totals.cpuMs)} of CPU time, went into TypeScript's language ` +
        `service, to build the program and check types; transforms that were not cached: ${misses}.`,
      remedy,
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
