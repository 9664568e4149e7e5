// The runs of one side → Side: each entity once, with its figures in all runs.

import { compareText } from '../profile/order.js'
import { type Entity, TABLES, type Table } from './comparison.js'
import type { Figure, RunFigures } from './run-figures.js'

export interface Side {
  /** In chronological order. */
  readonly runs: readonly RunFigures[]
  readonly tables: Readonly<Record<Table, readonly Series[]>>
}

/** One entity in all runs of a side. */
export interface Series {
  readonly entity: Entity
  /** By run; undefined: the run does not have it. */
  readonly figures: readonly (Figure | undefined)[]
}

export type Sides = Readonly<Record<'base' | 'head', Side>>

export function sideOf(given: readonly RunFigures[]): Side {
  const runs = given.toSorted((a, b) => a.startedAtMs - b.startedAtMs || compareText(a.id, b.id))
  const tables = Object.fromEntries(
    TABLES.map(table => [table, seriesOf(runs.map(run => run.tables[table]))]),
  ) as Record<Table, Series[]>
  return { runs, tables }
}

function seriesOf(runs: readonly (readonly Figure[])[]): Series[] {
  const series = new Map<string, { entity: Entity; figures: (Figure | undefined)[] }>()
  runs.forEach((figures, run) => {
    const seen = new Map<string, number>()
    for (const figure of figures) {
      const identity = identityOf(figure.entity)
      // Tests of the same name, and files of two projects without a name, are distinguished by their order.
      const occurrence = seen.get(identity) ?? 0
      seen.set(identity, occurrence + 1)
      const key = `${identity}\0${occurrence}`
      const known = series.get(key) ?? { entity: figure.entity, figures: runs.map(() => undefined) }
      known.figures[run] = figure
      series.set(key, known)
    }
  })
  return [...series.values()]
}

// The position of a test is the same in all runs of a side. The category of a function or package is not: it may belong to
// a library in one run and to a transformer in another.
function identityOf({ name, file, project, line, column }: Entity): string {
  return [project, file, line, column, ...name].join('\0')
}
