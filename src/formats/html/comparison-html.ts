// The page of a comparison: the answer, every figure, and both sides' calls.

import type { ComparedCalls } from '../../compare/calls.js'
import { type Comparison, type ComparisonRow, type Entity, TABLES } from '../../compare/comparison.js'
import { roundMs } from '../../report/rounding.js'
import { count } from '../../report/views/figures.js'
import { TITLES } from '../comparison/wording.js'
import type { ComparedThing, PageComparison, PageTable } from './comparison-page-data.js'
import { packCalls } from './pack-calls.js'
import { type PageAssets, pageHtml } from './page-shell.js'

/** Most rows of each table; what changed comes first. */
const MOST_ROWS = 3000

export interface ComparisonHtmlOptions {
  readonly calls: ComparedCalls
  readonly assets: PageAssets
  /** What was compared, such as the project's name. */
  readonly title: string
}

export function toComparisonHtml(
  comparison: Comparison,
  { calls, assets, title }: ComparisonHtmlOptions,
): string {
  return pageHtml({
    assets,
    title: `Test profiles of ${title}, compared`,
    blocks: { comparison: pageComparison(comparison, title), calls: packCalls(calls) },
    loading: 'Reading the comparison …',
    withoutScripts: {
      forbidden: 'If this stays, the server forbids scripts: download the file.',
      off: 'This page needs JavaScript. The command that wrote it prints the same figures as text.',
    },
  })
}

function pageComparison(comparison: Comparison, title: string): PageComparison {
  const { tables } = comparison
  return {
    title,
    cuts: TABLES.flatMap(table => {
      const leftOut = tables[table].length - MOST_ROWS
      return leftOut > 0
        ? [`${TITLES[table]}: ${count(leftOut, 'row')} with the smallest changes left out; --json has all.`]
        : []
    }),
    comparison: {
      ...comparison,
      tables: Object.fromEntries(
        TABLES.map(table => [table, packTable(tables[table].slice(0, MOST_ROWS))]),
      ) as PageComparison['comparison']['tables'],
    },
  }
}

function packTable(rows: readonly ComparisonRow[]): PageTable {
  const things = new Map<Entity, ComparedThing>()
  const positions = new Map<Entity, number>()
  const packed = rows.map(({ entity, was, ...row }) => {
    const thing = positions.get(entity) ?? positions.size
    positions.set(entity, thing)
    things.set(entity, { entity, was })
    return { ...row, base: rounded(row.base), head: rounded(row.head), thing }
  })
  return { things: [...things.values()], rows: packed }
}

/** Values in whole microseconds: they are only drawn. */
function rounded(side: ComparisonRow['base']): ComparisonRow['base'] {
  if (side === null) return null
  return {
    ...side,
    values: side.values.map(value => (value === null ? null : roundMs(value))),
  }
}
