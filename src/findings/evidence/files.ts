// The test files that a cost falls on, for the savings of findings.

import { rollup, sum } from 'd3-array'
import { at, increase } from '../../profile/columns.js'
import { fileKey } from '../../profile/paths.js'
import { type Frame, type Profile, samplesOf, TIMES } from '../../profile/profile.js'
import type { FileRecord } from '../../report/record/run-record.js'
import { relativeTo } from '../../report/relative-path.js'
import type { Facts } from '../rule.js'
import type { ByFile } from '../savings.js'
import { below, isTransform } from '../shared-time.js'
import { moduleReach } from './reached-modules.js'

export function keyOf({ projectId, path }: Pick<FileRecord, 'projectId' | 'path'>): string {
  return fileKey({ project: projectId, file: path })
}

/** Milliseconds. */
export function wallOf({ recording, wallMs }: FileRecord): number {
  return recording === undefined ? wallMs : recording.header.wallMicros / 1000
}

/** The recorded files by any amount of each; files without one are left out. */
export function byFile({ files }: Facts['record'], amountOf: (file: FileRecord) => number): ByFile {
  const entries = files.map(file => [keyOf(file), amountOf(file)] as const)
  return new Map(entries.filter(([, amount]) => amount > 0))
}

/** CPU time in stacks with such a frame. */
export function byFileBelow(profile: Profile, isMeant: (frame: Frame) => boolean): ByFile {
  return byFileIn(profile, below(profile, isMeant))
}

/** CPU and blocked time in such stacks. */
export function byFileIn(profile: Profile, isMeant: readonly boolean[]): ByFile {
  const { frames, stacks, scopes } = profile
  const times = new Map<string, number>()
  for (const type of [TIMES.cpu, TIMES.blocked]) {
    const samples = samplesOf(profile, type)
    samples.stack.forEach((leaf, row) => {
      const isIdle = at(frames, at(stacks.frame, leaf)).category === 'idle'
      const stack = isIdle ? at(stacks.caller, leaf) : leaf
      if (isMeant[stack] === true)
        increase(times, fileKey(at(scopes, at(samples.scope, row))), at(samples.weight, row))
    })
  }
  return times
}

/** Amounts of files that are named as in the report; projects that share a file share the amount. */
export function byPath(
  { report, record }: Pick<Facts, 'report' | 'record'>,
  amounts: Iterable<readonly [path: string, amount: number]>,
): ByFile {
  const toRelative = relativeTo(report.run.displayRoot)
  const amountOf = rollup(
    amounts,
    rows => sum(rows, ([, amount]) => amount),
    ([path]) => path,
  )
  return byFile(record, ({ path }) => amountOf.get(toRelative(path)) ?? 0)
}

/** The same; or all files by their time, where it is unknown which of them: for lack of samples, or because the cost is small in each. */
function orAll(found: ByFile, record: Facts['record']): ByFile {
  return found.size > 0 ? found : byFile(record, wallOf)
}

/** CPU time below such frames, or all files by their time. */
export function byFileBelowOrAll(
  { record, profile }: Pick<Facts, 'record' | 'profile'>,
  isMeant: (frame: Frame) => boolean,
): ByFile {
  return orAll(byFileBelow(profile, isMeant), record)
}

export function transformsByFile(facts: Pick<Facts, 'record' | 'profile'>): ByFile {
  return byFileBelowOrAll(facts, isTransform)
}

/** The files for which a module is among the most expensive, by what it takes there; or those whose imports lead to it; or all. */
export function byPathOfModule(record: Facts['record'], module: string): ByFile {
  const times = byFile(
    record,
    ({ recording }) => recording?.modules.find(({ path }) => path === module)?.total ?? 0,
  )
  return orAll(times.size > 0 ? times : leadingTo(record, module), record)
}

/** The files whose imports lead to the module, to equal parts. */
function leadingTo(record: Facts['record'], module: string): ByFile {
  const known = new Map(record.modules.map(row => [row.path, row]))
  const reach = moduleReach(record.modules)
  return byFile(record, ({ path }) => {
    const start = known.get(path)
    if (start === undefined) return 0
    return [...reach([start], () => true)].some(row => row.path === module) ? 1 : 0
  })
}

/** Whether a file is a test file or, by its folder, a helper of tests. */
export function isOfTests(path: string, { files }: Pick<Facts['report'], 'files'>): boolean {
  return (
    files.some(file => file.path === path) || /(?:^|\/)(?:__tests__|__mocks__|tests?|specs?|e2e)\//.test(path)
  )
}
