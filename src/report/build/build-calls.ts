// The report's calls: what the project's own code calls outside itself, each with the tests that it costs most.

import { type CallColumns, callsOf, forEachCaller, type OutgoingCall } from '../../attribution/calls.js'
import { at } from '../../profile/columns.js'
import { byDescending } from '../../profile/order.js'
import type { Profile } from '../../profile/profile.js'
import type { CallingTest, CallRow } from '../code-reports.js'
import type { FileRecord } from '../record/run-record.js'
import { toMs } from '../rounding.js'
import { testIdentifier } from './hotspots.js'
import type { Naming } from './listed-tests.js'
import { ownedByTest } from './owners.js'

/** Tests shown for one call. */
const TESTS_OF_A_CALL = 5

/** The most expensive first. The lines of the callers are found later, because that reads sources. */
export function buildCalls(profile: Profile, files: readonly FileRecord[], naming: Naming): CallRow[] {
  const columns = callsOf(profile)
  const owners = ownersOfCalls(profile, columns)
  const identify = testIdentifier(profile.scopes, files, naming)
  const rows = columns.calls.flatMap((call, index) =>
    call.total > 0 ? callRow(call, { profile, owners: at(owners, index), identify, naming }) : [],
  )
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
    if (total <= (costliest[TESTS_OF_A_CALL - 1]?.total ?? 0)) return
    costliest.push({ owner, total })
    costliest.sort((a, b) => b.total - a.total || (a.owner < b.owner ? -1 : 1)).splice(TESTS_OF_A_CALL)
  })
  return owners
}

function callRow(
  { caller, callee, self, total, count }: OutgoingCall,
  {
    profile,
    owners,
    identify,
    naming,
  }: {
    profile: Profile
    owners: Owners
    identify: ReturnType<typeof testIdentifier>
    naming: Naming
  },
): CallRow {
  const { name, file, line, column } = at(profile.frames, caller)
  const { kind, function: called, package: owner, category } = callee
  return {
    caller: { function: name, file: naming.toRelative(file), line, column, lines: [] },
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
