// The page of a comparison: the answer, every figure, and both sides' calls.

import type { ComparedCalls } from '../../compare/calls.js'
import { type Comparison, type ComparisonRow, type Entity, TABLES } from '../../compare/comparison.js'
import { PHASES } from '../../profile/profile.js'
import { type Bounds, OTHER, prune } from '../../profile/prune.js'
import { roundMs } from '../../report/rounding.js'
import { count, duration } from '../../report/views/figures.js'
import { TITLES } from '../comparison/wording.js'
import { packCode } from './pack-code.js'
import type { ComparedThing, PageCalls, PageComparison, PageTable } from './page-data.js'
import { type PageAssets, pageHtml } from './page-shell.js'

/** For each table. Changes come first. */
const MOST_ROWS = 3000

/** `title`: what was compared, such as the project's name. */
export function toComparisonHtml(
  comparison: Comparison,
  { calls, assets, title }: { calls: ComparedCalls; assets: PageAssets; title: string },
): string {
  return pageHtml({
    assets,
    title: `Test profile comparison of ${title}`,
    blocks: { comparison: pageComparison(comparison, title), calls: packCalls(calls) },
    loading: 'Reading the comparison …',
    withoutScripts: {
      forbidden: 'If this message stays, the server blocks scripts: download the file.',
      off: 'This page needs JavaScript. The command that wrote it prints the same data as text.',
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
        ? [`${TITLES[table]}: ${count(leftOut, 'row')} with the smallest changes omitted; --json has all.`]
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
  for (const { entity, was } of rows) things.set(entity, { entity, was })
  const positions = new Map([...things.keys()].map((entity, position) => [entity, position]))
  const packed = rows.map(({ entity, was: _was, ...row }) => {
    return { ...row, base: rounded(row.base), head: rounded(row.head), thing: positions.get(entity) ?? 0 }
  })
  return { things: [...things.values()], rows: packed }
}

/** Values in integer microseconds, because they are only drawn. */
function rounded(side: ComparisonRow['base']): ComparisonRow['base'] {
  return side && { ...side, values: side.values.map(value => (value === null ? null : roundMs(value))) }
}

/** With all these rows, a page of dozens of runs has some 6 MB. Most stacks are light and occur in one run only. */
const BOUNDS: Bounds = { stacks: 80_000, rows: 800_000 }

/** The calls of both sides as columns. */
export function packCalls(
  { profile: whole, runs, intervalMs, uncertain }: ComparedCalls,
  bounds = BOUNDS,
): PageCalls {
  const { profile, lightest } = prune(whole, bounds)
  const { scopes } = profile
  return {
    // Paths are relative already.
    ...packCode(profile, file => file),
    scopes: {
      run: scopes.map(({ worker }) => worker),
      phase: scopes.map(({ phase }) => PHASES.indexOf(phase)),
    },
    runs,
    intervalMicros: intervalMs * 1000,
    uncertain: [...uncertain],
    cuts:
      lightest === 0
        ? []
        : [
            `Calls of less than ${duration(lightest / 1000)} in all runs together are grouped as “${OTHER.name}”. All of them are in the runs’ own profiles.`,
          ],
  }
}
