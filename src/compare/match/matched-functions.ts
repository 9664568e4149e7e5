// Which functions of base are which of head, for whatever shows them in another way than in rows.

import type { Entity } from '../comparison.js'
import type { RunFigures } from '../run-figures.js'
import { type Series, sideOf } from '../sides.js'
import { matchSides } from './match-sides.js'

export interface MatchedFunctions {
  /** As it is in base, and in head. */
  readonly pairs: readonly (readonly [base: Entity, head: Entity])[]
  /** Only there, for all that is known. */
  readonly onlyBase: readonly Entity[]
  /** What may be each other's and cannot be told. */
  readonly uncertain: { readonly base: readonly Entity[]; readonly head: readonly Entity[] }
}

export function matchedFunctions(
  baseRuns: readonly RunFigures[],
  headRuns: readonly RunFigures[],
): MatchedFunctions {
  const { tables, uncertain } = matchSides(sideOf(baseRuns), sideOf(headRuns))
  const entities = (series: readonly Series[]) => series.map(({ entity }) => entity)
  return {
    pairs: tables.functions.matched.map(([base, head]) => [base.entity, head.entity]),
    onlyBase: entities(tables.functions.onlyBase),
    uncertain: { base: entities(uncertain.base), head: entities(uncertain.head) },
  }
}
