// The flame graphs of both sides, base above head. Selection, search and zoom are in the link and apply to both.

import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { PageComparison } from '../../formats/html/page-data.js'
import { amountText, percent } from '../../report/views/figures.js'
import { FlameGraph } from '../flame/flame-graph.js'
import type { FlameNode, FlameTree } from '../flame/flame-tree.js'
import { navigate } from '../navigation.js'
import { changed } from '../routes.js'
import { NeedsProfile } from '../views/view.js'
import { Choice, chosenValue, FlameFields, foldingOf, type LinkChange } from '../widgets/controls.js'
import { Legend } from '../widgets/figures.js'
import { RunDots } from '../widgets/run-dots.js'
import { NOISE_ERRORS } from './call-change.js'
import { callChanges, colourLegend } from './change-look.js'
import { type ComparedCall, comparedTrees, type SideName } from './compared-trees.js'
import type { CallsData, ComparisonViewProps } from './comparison-data.js'

export function ComparedFlame({ data, route }: ComparisonViewProps) {
  const { calls } = data
  if (calls === undefined) return <NeedsProfile />
  return (
    <>
      <h1>Flame graphs</h1>
      <Drawings data={data} route={route} calls={calls} />
    </>
  )
}

function Drawings({ data, route, calls }: ComparisonViewProps & { calls: CallsData }) {
  const { params } = route
  const phase = calls.phases.find(known => known === params.get('phase'))
  const [value, folding] = [chosenValue(calls, params), foldingOf(params)]
  const set = (change: LinkChange) => navigate(changed(route, { zoom: null, ...change }))
  const trees = useMemo(
    () => comparedTrees(calls, { phase, value }, folding),
    [calls, phase, value, folding.libraries, folding.engine, folding.recursion],
  )
  const { comparison } = data.page
  const { look, describe } = useMemo(() => callChanges(trees, calls, comparison.drift), [trees])
  const id = Number(params.get('zoom') ?? 0)
  const zoomed = id > 0 ? trees.calls[id] : undefined
  const [selected, setSelected] = useState<ComparedCall>()
  useEffect(() => setSelected(undefined), [trees, id])
  const chosen = selected ?? zoomed
  const zoomTo = (call: ComparedCall | undefined) => navigate(changed(route, { zoom: call?.id }))
  return (
    <>
      <div class="controls">
        <Choice label="Phase" value={phase} options={calls.phases} onChange={name => set({ phase: name })} />
        <FlameFields code={calls} value={value} folding={folding} route={route} onChange={set} />
      </div>
      <div class="node">
        {chosen?.caller === undefined ? (
          <p class="sub">No call selected. A call that is selected in one graph is marked in both.</p>
        ) : (
          <>
            <p>{describe(chosen)}</p>
            <RunDots runs={{ base: valuesOf(chosen.ofBase), head: valuesOf(chosen.ofHead) }} />
          </>
        )}
        {zoomed !== undefined && (
          <button type="button" class="quiet" onClick={() => zoomTo(undefined)}>
            Reset zoom
          </button>
        )}
      </div>
      {(['base', 'head'] as const).map(side => (
        <SideDrawing key={side} side={side} tree={trees[side]}>
          <FlameGraph
            tree={trees[side]}
            label={`Flame graph of ${side}`}
            code={calls}
            query={params.get('q') ?? ''}
            look={look}
            describe={node => describe(trees.callOf.get(node))}
            zoomed={nearest(zoomed, side)}
            marked={chosen?.caller && chosen[side]}
            onSelect={node => setSelected(trees.callOf.get(node))}
            onZoom={node => zoomTo(node && trees.callOf.get(node))}
            tallest={300}
          />
        </SideDrawing>
      ))}
      <ChangeLegend comparison={comparison} />
    </>
  )
}

const HINTS = {
  base: 'widths of base, coloured by the change to head',
  head: 'widths of head, coloured by the change from base',
}

function SideDrawing(props: { side: SideName; tree: FlameTree; children: ComponentChildren }) {
  const { side, tree, children } = props
  const title = side === 'base' ? 'Base' : 'Head'
  return (
    <section class="flame-view compared" aria-label={title}>
      <h2>
        {title}{' '}
        <small>
          {amountText(tree.whole, tree.unit)} per run, {HINTS[side]}
        </small>
      </h2>
      {tree.root.total === 0 ? <p class="none">No samples in this selection.</p> : children}
    </section>
  )
}

function valuesOf(times: Float64Array) {
  return { values: Array.from(times, time => time / 1000) }
}

/** The call in this graph, or its innermost caller that the graph has; undefined if everything is shown. */
function nearest(call: ComparedCall | undefined, side: SideName): FlameNode | undefined {
  let shown = call
  while (shown !== undefined && shown[side] === undefined) shown = shown.caller
  return shown?.caller === undefined ? undefined : shown[side]
}

function ChangeLegend({ comparison }: Pick<PageComparison, 'comparison'>) {
  const { drift, method } = comparison
  return (
    <>
      <Legend entries={colourLegend()} />
      <p class="sub hint">
        Total times, as means of the runs of each side. A call is grey if its mean changed by no more than{' '}
        {NOISE_ERRORS} standard errors, of the runs or of sampling, whichever is larger
        {drift !== null &&
          `, or by less than ${percent(drift.allowance, 1)}, which may be due to the machine`}
        . {SURE[method.kind]} Click or press Enter to zoom in both, Escape to reset; hold Ctrl and turn the
        wheel to zoom freely.
      </p>
    </>
  )
}

const SURE = {
  statistics:
    'Colours help to find changes, but are not corrected for the number of calls: for what is significant, see the tables.',
  ranges: 'With so few runs, a colour may also be noise.',
  'sampling error': 'With one run per side, a colour may be chance: the variation between runs is unknown.',
}
