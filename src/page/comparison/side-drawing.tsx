// One of both flame graphs: as wide as on its side, zoomed to the call that is chosen, or to where it would be.

import { useMemo } from 'preact/hooks'
import { amountText } from '../../report/views/figures.js'
import { FlameGraph, FoundText } from '../flame/flame-graph.js'
import { searchTree } from '../flame/flame-search.js'
import type { FlameLook, FlameNode } from '../flame/flame-tree.js'
import type { ComparedCall, ComparedTrees, SideName } from './compared-trees.js'
import type { CallsData } from './comparison-data.js'

const TITLES = {
  base: { title: 'Base', hint: 'as wide as in base, coloured by what became of it in head' },
  head: { title: 'Head', hint: 'as wide as in head, coloured by what it was in base' },
}

interface DrawingProps {
  readonly side: SideName
  readonly trees: ComparedTrees
  readonly calls: CallsData
  readonly query: string
  readonly look: FlameLook
  readonly zoomed: ComparedCall | undefined
  readonly chosen: ComparedCall | undefined
  readonly describe: (node: FlameNode) => string
  readonly onMove: (node: FlameNode) => void
  readonly onZoom: (node: FlameNode | undefined) => void
}

export function SideDrawing({ side, trees, calls, query, zoomed, chosen, ...given }: DrawingProps) {
  const tree = trees[side]
  const { title, hint } = TITLES[side]
  const search = useMemo(() => searchTree(tree, calls, query), [tree, calls, query])
  const { onMove, ...shown } = given
  return (
    <section class="flame-view compared" aria-label={title}>
      <h2>
        {title}{' '}
        <small>
          {amountText(tree.whole, tree.unit)} a run, {hint}
        </small>
      </h2>
      <FoundText tree={tree} search={search} query={query} />
      {tree.root.total === 0 ? (
        <p class="none">No sample of this selection was taken.</p>
      ) : (
        <FlameGraph
          {...shown}
          tree={tree}
          label={`Flame graph of ${side}`}
          zoomed={nearest(zoomed, side)}
          marked={chosen?.caller === undefined ? undefined : chosen[side]}
          onSelect={onMove}
          tallest={300}
          search={search}
        />
      )}
    </section>
  )
}

/** The call in this drawing, or the innermost of its callers that is there. Undefined: everything is shown. */
function nearest(call: ComparedCall | undefined, side: SideName): FlameNode | undefined {
  let shown = call
  while (shown !== undefined && shown[side] === undefined) shown = shown.caller
  return shown?.caller === undefined ? undefined : shown[side]
}
