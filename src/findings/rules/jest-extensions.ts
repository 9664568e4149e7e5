// The project's own code that Jest calls around tests: an environment, a resolver, a snapshot serializer. It runs for every test file,
// every import or every value.

import { greatest, sum } from 'd3-array'
import { extensionCalledBy } from '../../jest/frames.js'
import { at, getOrMake, increase } from '../../profile/columns.js'
import { isOwnCode } from '../../profile/own-code.js'
import { fileKey } from '../../profile/paths.js'
import {
  type Frame,
  type FrameIndex,
  NO_CALLER,
  type Profile,
  samplesOf,
  TIMES,
} from '../../profile/profile.js'
import { relativeTo } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'
import { duration, percent } from '../../report/views/figures.js'
import { type Facts, type FindingDraft, leastCostMs } from '../rule.js'

const KINDS = {
  environment: {
    name: 'environment',
    remedy:
      'Do once per worker what does not depend on the test file: a variable of the module lives as long as the worker. What all ' +
      'workers can share belongs into `globalSetup`. Use the environment only for files that need it, by `projects` or by a ' +
      '`@jest-environment` docblock.',
  },
  resolver: {
    name: 'resolver',
    remedy:
      'Jest calls it for every import. Return early where it changes nothing, keep what it found by path and folder, or ' +
      'replace it with `moduleNameMapper`.',
  },
  serializer: {
    name: 'snapshot serializer',
    remedy:
      'Jest calls `test` of each serializer for every value in a snapshot: look at the type of the value first, and leave ' +
      'expensive checks to `serialize`.',
  },
} as const
type ExtensionKind = keyof typeof KINDS

/** What environments extend: its time is that of the kind of environment, and not of the project's own code. */
const BASES = /^(?:jest-environment-.*|@jest\/environment.*|jsdom|happy-dom|@happy-dom\/.*)$/

/** A share of the time of all test files. */
const LEAST_SHARE = 0.1

export function jestExtensions(facts: Facts): FindingDraft[] {
  const { report } = facts
  const least = Math.max(leastCostMs(report), LEAST_SHARE * report.totals.fileWallMs)
  return extensionsOf(facts).flatMap(extension => {
    const { kind, file, times, entries } = extension
    const waitedMs = kind === 'environment' ? waitsOf(file, report) : 0
    const ranMs = sum(times.values()) / 1000
    const costMs = ranMs + waitedMs
    if (costMs < least) return []
    const entry = greatest(entries, ([, micros]) => micros)?.[0]
    const each =
      times.size > 1 ? `, ${duration(costMs / times.size)} in each of ${times.size} test files` : ''
    const { name, remedy } = KINDS[kind]
    const waited = waitedMs >= 1 ? `, and waits that it started took ${duration(waitedMs)}` : ''
    return [
      {
        id: `jest-extension:${kind} ${file}`,
        confidence: 'medium',
        title: `The ${name} ${file} takes ${duration(costMs)}${each}`,
        evidence:
          `Its code and what it calls ran for ${duration(ranMs)}, ${percent(ranMs, report.totals.cpuMs)} of CPU time${waited}. ` +
          `Most of it is in ${entry === undefined ? 'its module' : `\`${entry.name}\``}.`,
        remedy,
        costMs,
        savings: { files: times },
        position: { file, line: entry?.line ?? 0, column: entry?.column ?? 0 },
        ...(kind === 'environment' ? { shares: { fixedMs: costMs } } : {}),
      },
    ]
  })
}

interface Extension {
  readonly kind: ExtensionKind
  /** As in the report. */
  readonly file: string
  /** Microseconds of CPU and blocked time by `fileKey` of test files. */
  readonly times: Map<string, number>
  /** Microseconds below the functions that Jest called. */
  readonly entries: Map<Frame, number>
  /** Whether some of it passed while the environment was built: only that of an environment does. */
  isBuilding: boolean
}

function extensionsOf({ profile, report }: Pick<Facts, 'profile' | 'report'>): Extension[] {
  const { frames, scopes } = profile
  const toRelative = relativeTo(report.run.displayRoot)
  const called = calledByJest(profile)
  const found = new Map<string, Extension>()
  for (const type of [TIMES.cpu, TIMES.blocked]) {
    const samples = samplesOf(profile, type)
    samples.stack.forEach((stack, row) => {
      const scope = at(scopes, at(samples.scope, row))
      const isAround = scope.phase === 'environment' || scope.phase === 'teardown'
      const { entry, kind } = called[stack] ?? {}
      const isExtension = kind !== undefined || (isAround && entry !== undefined)
      if (entry === undefined || !isExtension) return
      const frame = at(frames, entry)
      const [role, file] = [kind ?? 'environment', toRelative(frame.file)]
      const extension = getOrMake(found, `${role} ${file}`, () => ({
        kind: role,
        file,
        times: new Map<string, number>(),
        entries: new Map<Frame, number>(),
        isBuilding: false,
      }))
      const micros = at(samples.weight, row)
      increase(extension.times, fileKey(scope), micros)
      increase(extension.entries, frame, micros)
      extension.isBuilding ||= scope.phase === 'environment'
    })
  }
  // A timer of the code under test may run while the environment is torn down.
  return [...found.values()].filter(({ kind, isBuilding }) => kind !== 'environment' || isBuilding)
}

/** Undefined within what an environment extends. */
type Called = { readonly entry: FrameIndex; readonly kind: ExtensionKind | undefined } | undefined

/** By stack: the own function that Jest called last as an extension, else the outermost own function. */
function calledByJest({ frames, stacks }: Profile): Called[] {
  const called: Called[] = []
  const isBase: boolean[] = []
  stacks.frame.forEach((index, stack) => {
    const caller = at(stacks.caller, stack)
    const frame = at(frames, index)
    const before = caller === NO_CALLER ? undefined : called[caller]
    const isBelowBase = caller !== NO_CALLER && isBase[caller] === true
    isBase.push(isBelowBase || (before !== undefined && BASES.test(frame.package ?? '')))
    const calling = caller === NO_CALLER ? undefined : at(frames, at(stacks.frame, caller)).package
    const kind = isOwnCode(frame) ? extensionCalledBy(calling) : undefined
    if (kind !== undefined) called.push({ entry: index, kind })
    else if (isBase[stack] === true) called.push(undefined)
    else
      called.push(
        before ?? (isOwnCode(frame) && !isBelowBase ? { entry: index, kind: undefined } : undefined),
      )
  })
  return called
}

/** Milliseconds of idle time that waits of its code took. */
function waitsOf(file: string, { waits }: Report): number {
  return sum(
    waits.filter(({ startedAt }) => startedAt?.file === file),
    ({ totalMs }) => totalMs,
  )
}
