// The samples of one value by whose they are. In one column, because a large run has millions of them.

import { getOrMake } from './columns.js'
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
  const numbers = new Map<string, number>()
  const ownerOfScope = Int32Array.from(scopes, scope => {
    const owner = ownerOf(scope)
    return owner === undefined ? NOBODY : getOrMake(numbers, owner, () => numbers.size)
  })
  const ownerOfRow = Int32Array.from(samples.scope, scope => ownerOfScope[scope] ?? NOBODY)
  return { owners: [...numbers.keys()], ...sortRows(numbers.size, ownerOfRow) }
}

/** A counting sort: the rows of each of `groups` numbers, next to each other in their order. Rows of `NOBODY` are left out. */
export function sortRows(groups: number, numbers: ArrayLike<number>): Pick<RowsByOwner, 'starts' | 'rows'> {
  const starts = new Int32Array(groups + 1)
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] ?? NOBODY
    if (number !== NOBODY) starts[number + 1] = (starts[number + 1] ?? 0) + 1
  }
  for (let number = 0; number < groups; number++)
    starts[number + 1] = (starts[number + 1] ?? 0) + (starts[number] ?? 0)
  const rows = new Int32Array(starts[groups] ?? 0)
  const next = starts.slice()
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] ?? NOBODY
    if (number === NOBODY) continue
    const place = next[number] ?? 0
    rows[place] = row
    next[number] = place + 1
  }
  return { starts, rows }
}
