// Both sides' flame graphs, above each other: as wide as in base, then as wide as in head. What was chosen, searched and
// zoomed to is in the link, and is marked in both.

import { useEffect, useMemo, useState } from 'preact/hooks'
import { duration, percent } from '../../report/figures.js'
import { plain, position } from '../data/text.js'
import type { FlameLook } from '../flame/flame-canvas.js'
import { FlameGraph } from '../flame/flame-graph.js'
import { searchTree } from '../flame/flame-search.js'
import type { FlameNode } from '../flame/flame-tree.js'
import { navigate } from '../navigation.js'
import { changed } from '../routes.js'
import { NeedsProfile } from '../views/needs-profile.js'
import { changeOf } from './call-change.js'
import type { CallsData } from './calls-data.js'
import { colourOfChange } from './change-colours.js'
import { ChangeLegend } from './change-legend.js'
import { describeCall, shortChange } from './change-text.js'
import { type ComparedCall, type ComparedTrees, comparedTrees, type SideName } from './compared-trees.js'
import type { ViewProps } from './comparison-app.js'
import { FlameControls, flameChoice } from './flame-controls.js'
import { RunDots } from './run-dots.js'

export function ComparedFlame({ data, route }: ViewProps) {
  const { calls } = data
  if (calls === undefined) return <NeedsProfile />
  return (
    <>
      <h1>Flame graphs</h1>
      <Drawings data={data} route={route} calls={calls} />
    </>
  )
}

function Drawings({ data, route, calls }: ViewProps & { calls: CallsData }) {
  const { params } = route
  const choice = flameChoice(calls, params)
  const trees = useMemo(() => comparedTrees(calls, choice, choice.folding), [calls, JSON.stringify(choice)])
  const allowance = data.page.comparison.drift?.allowance ?? 0
  const changes = useMemo(
    () => trees.calls.map(call => changeOf(call, { intervalMicros: calls.intervalMicros, allowance })),
    [trees, allowance],
  )
  const id = Number(params.get('zoom') ?? 0)
  const zoomed = id > 0 ? trees.calls[id] : undefined
  const [moved, setMoved] = useState<ComparedCall>()
  useEffect(() => setMoved(undefined), [trees, id])
  const chosen = moved ?? zoomed
  const describe = (call: ComparedCall | undefined) => {
    const change = call === undefined ? undefined : changes[call.id]
    if (call === undefined || change === undefined) return ''
    const frame = calls.frames[call.frame]
    return describeCall(
      call,
      change,
      frame === undefined ? '' : position(frame.file, frame.line, frame.column),
    )
  }
  const query = params.get('q') ?? ''
  const look = useMemo(() => {
    const changeAt = (node: FlameNode) => changes[trees.callOf.get(node)?.id ?? -1]
    return {
      colourOf: (node: FlameNode) => colourOfChange(changeAt(node) ?? { kind: 'noise', share: 0 }),
      labelOf: (node: FlameNode) => {
        const change = changeAt(node)
        const text = change === undefined ? '' : shortChange(change)
        return text === '' ? node.label : `${node.label}  ${text}`
      },
    }
  }, [trees, changes])
  return (
    <>
      <FlameControls calls={calls} route={route} choice={choice} />
      <div class="node">
        {chosen?.caller === undefined ? (
          <p class="sub">No call is chosen. What is chosen in one drawing is marked in both.</p>
        ) : (
          <>
            <p>{describe(chosen)}</p>
            <RunDots row={{ base: figuresOf(chosen.ofBase), head: figuresOf(chosen.ofHead) }} />
          </>
        )}
        {zoomed !== undefined && (
          <button type="button" class="quiet" onClick={() => navigate(changed(route, { zoom: null }))}>
            Show everything
          </button>
        )}
      </div>
      {SIDES.map(side => (
        <Drawing
          key={side}
          {...{ side, trees, calls, query, look, zoomed, chosen }}
          describe={node => describe(trees.callOf.get(node))}
          onMove={node => setMoved(trees.callOf.get(node))}
          onZoom={node =>
            navigate(changed(route, { zoom: node === undefined ? null : trees.callOf.get(node)?.id }))
          }
        />
      ))}
      <ChangeLegend comparison={data.page.comparison} />
    </>
  )
}

const SIDES = ['base', 'head'] as const

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

function Drawing({ side, trees, calls, query, zoomed, chosen, ...given }: DrawingProps) {
  const tree = trees[side]
  const { title, hint } = TITLES[side]
  const search = useMemo(() => searchTree(tree, calls, query), [tree, calls, query])
  const { onMove, ...shown } = given
  return (
    <section class="flame-view compared" aria-label={title}>
      <h2>
        {title}{' '}
        <small>
          {duration(tree.time / 1000)} a run, {hint}
        </small>
      </h2>
      {search !== undefined && (
        <p class="sub" role="status">
          “{plain(query)}”: {duration(search.time / 1000)}, {percent(search.time, tree.time)}, in{' '}
          {search.nodes.size.toLocaleString('en-US')} places
        </p>
      )}
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
          {...(search === undefined ? {} : { matches: (node: FlameNode) => search.nodes.has(node) })}
        />
      )}
    </section>
  )
}

/** Of a call that is not in this drawing, the innermost of its callers that is: there it would be. Undefined: all. */
function nearest(call: ComparedCall | undefined, side: SideName): FlameNode | undefined {
  let shown = call
  while (shown !== undefined && shown[side] === undefined) shown = shown.caller
  return shown?.caller === undefined ? undefined : shown[side]
}

function figuresOf(times: Float64Array) {
  const values = Array.from(times, time => time / 1000)
  return { medianMs: 0, values, errorMs: null, totalMs: null }
}
