// Two sides → for each table, which things of base are which of head.

import { type Entity, TABLES, type Table } from '../comparison.js'
import type { Series, Side } from '../sides.js'
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

// Without the position: hooks of one type in one describe block are told apart by their order.
function keyOf({ entity }: Series, file = entity.file): string {
  return [entity.project, file, ...entity.name].join('\0')
}
