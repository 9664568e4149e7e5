// Two sides → the pairs of entities of base and head, by table.

import { type Entity, TABLES, type Table } from '../comparison.js'
import type { RunFigures } from '../run-figures.js'
import { type Series, type Side, sideOf } from '../sides.js'
import { type FunctionPairing, pairFunctions } from './functions.js'
import { movedPaths } from './moved-paths.js'
import { type Pairing, pairByKey } from './pairing.js'
import { pairTests } from './tests.js'

export interface Matching {
  readonly tables: Readonly<Record<Table, Pairing>>
  readonly uncertain: FunctionPairing['uncertain']
}

export function matchSides(base: Side, head: Side): Matching {
  const moved = movedPaths(base, head)
  const functions = pairFunctions(base.tables.functions, head.tables.functions, moved)
  const pairingOf = (table: Table): Pairing => {
    if (table === 'functions') return functions
    if (table === 'tests') return pairTests(base.tables.tests, head.tables.tests, moved)
    const fileInHead = (entity: Entity) =>
      table === 'files' ? moved.ofTestFile(entity) : moved.ofCode(entity.file)
    return pairByKey(base.tables[table], head.tables[table], {
      base: series => keyOf(series, fileInHead(series.entity)),
      head: series => keyOf(series),
    })
  }
  const tables = Object.fromEntries(TABLES.map(table => [table, pairingOf(table)])) as Matching['tables']
  return { tables, uncertain: functions.uncertain }
}

// Without the position: hooks of one type in one describe block are distinguished by their order.
function keyOf({ entity }: Series, file = entity.file): string {
  return [entity.project, file, ...entity.name].join('\0')
}

/** The matching of functions, without figures. */
export interface MatchedFunctions {
  readonly pairs: readonly (readonly [base: Entity, head: Entity])[]
  /** Functions that only base has. */
  readonly onlyBase: readonly Entity[]
  /** Functions that may match but are ambiguous. */
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
