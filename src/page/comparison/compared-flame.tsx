// Both sides' flame graphs, above each other: as wide as in base, then as wide as in head. What was chosen, searched and
// zoomed to is in the link, and is marked in both.

import { useEffect, useMemo, useState } from 'preact/hooks'
import { navigate } from '../navigation.js'
import { changed } from '../routes.js'
import { NeedsProfile } from '../views/needs-profile.js'
import { CallChanges } from './call-changes.js'
import type { CallsData } from './calls-data.js'
import { ChangeLegend } from './change-legend.js'
import { ChosenCall } from './chosen-call.js'
import { type ComparedCall, comparedTrees } from './compared-trees.js'
import type { ComparisonViewProps } from './comparison-data.js'
import { FlameControls, flameChoice } from './flame-controls.js'
import { SideDrawing } from './side-drawing.js'

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
  const choice = flameChoice(calls, params)
  const trees = useMemo(() => comparedTrees(calls, choice, choice.folding), [calls, JSON.stringify(choice)])
  const { comparison } = data.page
  const changes = useMemo(() => new CallChanges(trees, calls, comparison.drift), [trees])
  const id = Number(params.get('zoom') ?? 0)
  const zoomed = id > 0 ? trees.calls[id] : undefined
  const [moved, setMoved] = useState<ComparedCall>()
  useEffect(() => setMoved(undefined), [trees, id])
  const chosen = moved ?? zoomed
  const zoomTo = (call: ComparedCall | undefined) => navigate(changed(route, { zoom: call?.id }))
  return (
    <>
      <FlameControls calls={calls} route={route} choice={choice} />
      <ChosenCall
        call={chosen}
        description={changes.describe(chosen)}
        onShowAll={zoomed === undefined ? undefined : () => zoomTo(undefined)}
      />
      {(['base', 'head'] as const).map(side => (
        <SideDrawing
          key={side}
          side={side}
          trees={trees}
          calls={calls}
          zoomed={zoomed}
          chosen={chosen}
          query={params.get('q') ?? ''}
          look={changes.look}
          describe={node => changes.describe(trees.callOf.get(node))}
          onMove={node => setMoved(trees.callOf.get(node))}
          onZoom={node => zoomTo(node === undefined ? undefined : trees.callOf.get(node))}
        />
      ))}
      <ChangeLegend comparison={comparison} />
    </>
  )
}
