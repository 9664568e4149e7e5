// The samples of one value by whose they are. In one column, because a large run has millions of them.

import type { Scope, ValueSamples } from './profile.js'

/** Names the owner of a scope's samples; undefined: nobody of interest. */
export type OwnerOf = (scope: Scope) => string | undefined

export interface RowsByOwner {
  readonly owners: readonly string[]
  /** For each owner the position of its first row in `rows`, and after the last one the number of rows. */
  readonly starts: Int32Array
  /** Positions in the samples, those of one owner next to each other, in their order. */
  readonly rows: Int32Array
}

const NOBODY = -1

export function rowsByOwner(
  scopes: readonly Scope[],
  samples: Pick<ValueSamples, 'scope'>,
  ownerOf: OwnerOf,
): RowsByOwner {
  const { owners, ownerOfScope } = numberedOwners(scopes, ownerOf)
  const ownerOfRow = (row: number) => ownerOfScope[samples.scope[row] ?? NOBODY] ?? NOBODY
  const starts = new Int32Array(owners.length + 1)
  const length = samples.scope.length
  for (let row = 0; row < length; row++) {
    const owner = ownerOfRow(row)
    if (owner !== NOBODY) starts[owner + 1] = (starts[owner + 1] ?? 0) + 1
  }
  for (let owner = 0; owner < owners.length; owner++)
    starts[owner + 1] = (starts[owner + 1] ?? 0) + (starts[owner] ?? 0)
  const rows = new Int32Array(starts[owners.length] ?? 0)
  const next = starts.slice()
  for (let row = 0; row < length; row++) {
    const owner = ownerOfRow(row)
    if (owner === NOBODY) continue
    const place = next[owner] ?? 0
    rows[place] = row
    next[owner] = place + 1
  }
  return { owners, starts, rows }
}

function numberedOwners(scopes: readonly Scope[], ownerOf: OwnerOf) {
  const numbers = new Map<string, number>()
  const ownerOfScope = Int32Array.from(scopes, scope => {
    const owner = ownerOf(scope)
    if (owner === undefined) return NOBODY
    const number = numbers.get(owner) ?? numbers.size
    numbers.set(owner, number)
    return number
  })
  return { owners: [...numbers.keys()], ownerOfScope }
}
