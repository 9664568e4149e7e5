// The samples of one value, grouped by owner. They are in one column, because a large run has millions.

import { Interner } from './columns.js'
import type { Scope, ValueSamples } from './profile.js'

/** Returns the owner of a scope's samples; undefined: they are left out. */
export type OwnerOf = (scope: Scope) => string | undefined

export interface RowsByOwner {
  readonly owners: readonly string[]
  /** The position in `rows` of each owner's first row, followed by the number of rows. */
  readonly starts: Int32Array
  /** Positions in the samples, grouped by owner and otherwise in their order. */
  readonly rows: Int32Array
}

const NO_OWNER = -1

export function rowsByOwner(
  scopes: readonly Scope[],
  samples: Pick<ValueSamples, 'scope'>,
  ownerOf: OwnerOf,
): RowsByOwner {
  const { owners, ownerOfScope } = ownersOf(scopes, ownerOf)
  if (owners.length === 0) return { owners, starts: new Int32Array(1), rows: new Int32Array(0) }
  const ownerOfRow = Int32Array.from(samples.scope, scope => ownerOfScope[scope] ?? NO_OWNER)
  return { owners, ...sortRows(owners.length, ownerOfRow) }
}

interface ScopeOwners {
  readonly owners: readonly string[]
  /** Positions in `owners`, or NO_OWNER. */
  readonly ownerOfScope: Int32Array
}

/** Module state: a large run has a hundred thousand keys of tests, which several views need. */
const known = new WeakMap<readonly Scope[], WeakMap<OwnerOf, ScopeOwners>>()

function ownersOf(scopes: readonly Scope[], ownerOf: OwnerOf): ScopeOwners {
  const ofScopes = known.get(scopes) ?? new WeakMap<OwnerOf, ScopeOwners>()
  known.set(scopes, ofScopes)
  const found = ofScopes.get(ownerOf)
  if (found?.ownerOfScope.length === scopes.length) return found
  const owners = new Interner<string>()
  const ownerOfScope = Int32Array.from(scopes, scope => {
    const owner = ownerOf(scope)
    return owner === undefined ? NO_OWNER : owners.add(owner)
  })
  const made = { owners: owners.all, ownerOfScope }
  ofScopes.set(ownerOf, made)
  return made
}

/** A stable counting sort of rows by their numbers, which are below `groups`. Rows with -1 are left out. */
export function sortRows(groups: number, numbers: ArrayLike<number>): Pick<RowsByOwner, 'starts' | 'rows'> {
  const starts = new Int32Array(groups + 1)
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] ?? NO_OWNER
    if (number !== NO_OWNER) starts[number + 1] = (starts[number + 1] ?? 0) + 1
  }
  for (let number = 0; number < groups; number++)
    starts[number + 1] = (starts[number + 1] ?? 0) + (starts[number] ?? 0)
  const rows = new Int32Array(starts[groups] ?? 0)
  const next = starts.slice()
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] ?? NO_OWNER
    if (number === NO_OWNER) continue
    const place = next[number] ?? 0
    rows[place] = row
    next[number] = place + 1
  }
  return { starts, rows }
}
