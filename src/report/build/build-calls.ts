// The report's calls: what the project's own code calls outside itself, each with the tests that it costs most.

import { type CallColumns, callsOf, forEachCaller, type OutgoingCall } from '../../attribution/calls.js'
import { at } from '../../profile/columns.js'
import { ANONYMOUS } from '../../profile/frame.js'
import { byDescending } from '../../profile/order.js'
import { testKey } from '../../profile/paths.js'
import { type Frame, NO_CALLER, type Profile } from '../../profile/profile.js'
import type { CallingTest, CallRow } from '../code-reports.js'
import type { FileRecord } from '../record/run-record.js'
import type { ToRelative } from '../relative-path.js'
import { toMs } from '../rounding.js'
import type { Identifying } from './hotspots.js'
import { ownedByTest } from './owners.js'

/** Tests shown for one call. */
const TESTS_OF_A_CALL = 5

/** Tests for which the resumed work of one package has a row each. */
const TESTS_OF_RESUMED = 50

/** The most expensive first. The lines of the callers are found later, because that reads sources. */
export function buildCalls(
  profile: Profile,
  files: readonly FileRecord[],
  { toRelative, identify }: Identifying,
): CallRow[] {
  const columns = callsOf(profile)
  const owners = ownersOfCalls(profile, columns)
  const definitions = testDefinitions(files)
  const rows = columns.calls.flatMap((call, index) => {
    if (call.total <= 0) return []
    const row = (given: Owners, caller: CallRow['caller'], total = call.total) => {
      const count = Math.round((call.count * total) / call.total)
      const self = Math.round((call.self * total) / call.total)
      return callRow({ ...call, total, count, self }, { owners: given, caller, identify })
    }
    const own = at(owners, index)
    if (call.caller !== NO_CALLER) return row(own, callerOf(at(profile.frames, call.caller), toRelative))
    // Its callers are the tests.
    return own.costliest.flatMap(({ owner, total }) => {
      const place = definitions.get(owner)
      const caller = place && callerOf({ name: ANONYMOUS, ...place }, toRelative)
      return caller === undefined ? [] : row({ count: 1, costliest: [{ owner, total }] }, caller, total)
    })
  })
  return rows.toSorted(byDescending('totalMs', identityOf))
}

interface Owners {
  count: number
  /** The most expensive first. */
  readonly costliest: { readonly owner: string; readonly total: number }[]
}

function ownersOfCalls(profile: Profile, columns: CallColumns): Owners[] {
  const owners = columns.calls.map((): Owners => ({ count: 0, costliest: [] }))
  forEachCaller(profile, columns, ownedByTest, (owner, call, total) => {
    const found = at(owners, call)
    found.count++
    const { costliest } = found
    const most = at(columns.calls, call).caller === NO_CALLER ? TESTS_OF_RESUMED : TESTS_OF_A_CALL
    if (total <= (costliest[most - 1]?.total ?? 0)) return
    costliest.push({ owner, total })
    costliest.sort((a, b) => b.total - a.total || (a.owner < b.owner ? -1 : 1)).splice(most)
  })
  return owners
}

type CallerPlace = Pick<Frame, 'name' | 'file' | 'line' | 'column'>

function callerOf({ name, file, line, column }: CallerPlace, toRelative: ToRelative): CallRow['caller'] {
  return { function: name, file: toRelative(file), line, column, lines: [] }
}

/** Where tests are defined, by their keys. */
function testDefinitions(files: readonly FileRecord[]): ReadonlyMap<string, Omit<CallerPlace, 'name'>> {
  return new Map(
    files.flatMap(({ projectId: project, path: file, recording }) =>
      (recording?.tests ?? []).map(test => {
        const place = { file: test.file === '' ? file : test.file, line: test.line, column: test.column }
        return [testKey({ project, file, index: test.index }), place] as const
      }),
    ),
  )
}

function callRow(
  { callee, self, total, count }: OutgoingCall,
  {
    owners,
    caller,
    identify,
  }: { owners: Owners; caller: CallRow['caller']; identify: Identifying['identify'] },
): CallRow {
  const { kind, function: called, package: owner, category } = callee
  return {
    caller,
    callee: { function: called, writtenAs: [], package: owner ?? null, category },
    kind,
    totalMs: toMs(total),
    selfMs: toMs(self),
    sampleCount: count,
    testCount: owners.count,
    tests: owners.costliest.flatMap(({ owner: test, total: part }): CallingTest[] => {
      const identity = identify(test)
      return identity === undefined ? [] : [{ ...identity, totalMs: toMs(part) }]
    }),
  }
}

const identityOf = ({ caller, callee, kind }: CallRow) =>
  [caller.file, caller.line, caller.column, caller.function, kind, callee.package, callee.function].join('\0')
