// A flame graph whose zoom is in the link, with what is known of the node that was chosen.

import { useEffect, useMemo, useState } from 'preact/hooks'
import { amountText, percent } from '../../report/views/figures.js'
import type { RunData } from '../data/run-data.js'
import { plain, position } from '../data/text.js'
import { navigate } from '../navigation.js'
import { changed, functionLink, type Route } from '../routes.js'
import { Category, Place } from '../widgets/names.js'
import { FlameGraph, FoundText } from './flame-graph.js'
import { searchTree } from './flame-search.js'
import { describeNode, type FlameNode, type FlameTree } from './flame-tree.js'

interface FlameViewProps {
  readonly tree: FlameTree
  readonly label: string
  readonly data: RunData
  readonly route: Route
  /** Name of the parameter that holds the zoom. */
  readonly parameter: string
  /** Text that names or places must contain. */
  readonly query?: string
  readonly isUpsideDown?: boolean
  readonly tallest?: number | undefined
}

export function FlameView({
  tree,
  label,
  data,
  route,
  parameter,
  query = '',
  isUpsideDown = false,
  tallest,
}: FlameViewProps) {
  const [chosen, setChosen] = useState<FlameNode>()
  const placeOf = (node: FlameNode) => {
    const frame = data.profile?.frames[node.frame]
    return frame === undefined ? '' : position(frame.file, frame.line, frame.column)
  }
  const id = Number(route.params.get(parameter) ?? 0)
  const zoomed = id > 0 ? tree.nodes[id] : undefined
  // The back button undoes what was chosen, too.
  useEffect(() => setChosen(undefined), [id])
  const { profile } = data
  const search = useMemo(
    () => (profile === undefined ? undefined : searchTree(tree, profile, query)),
    [tree, profile, query],
  )
  if (tree.root.total === 0) return <p class="none">No sample of this selection was taken.</p>
  // A node of another zoom or tree is no longer chosen.
  const current = chosen !== undefined && tree.nodes[chosen.id] === chosen ? chosen : zoomed
  return (
    <div class="flame-view">
      <FoundText tree={tree} search={search} query={query} />
      <FlameGraph
        tree={tree}
        label={label}
        zoomed={zoomed}
        onZoom={node => navigate(changed(route, { [parameter]: node?.id }))}
        onSelect={setChosen}
        describe={node => describeNode(tree, node, placeOf(node))}
        isUpsideDown={isUpsideDown}
        search={search}
        tallest={tallest}
      />
      <NodeDetails node={current} data={data} tree={tree} />
      {zoomed !== undefined && (
        <button type="button" class="quiet" onClick={() => navigate(changed(route, { [parameter]: null }))}>
          Show everything
        </button>
      )}
    </div>
  )
}

function NodeDetails({
  node,
  data,
  tree: { whole, unit },
}: {
  node: FlameNode | undefined
  data: RunData
  tree: FlameTree
}) {
  if (node === undefined || node.parent === undefined) return null
  const frame = data.profile?.frames[node.frame]
  return (
    <p class="node">
      <strong>
        {frame === undefined ? plain(node.label) : <a href={functionLink(frame)}>{plain(node.label)}</a>}
      </strong>{' '}
      {frame !== undefined && <Place {...frame} />} <Category name={node.category} />{' '}
      <span>
        total {amountText(node.total, unit)}, {percent(node.total, whole)}; self {amountText(node.self, unit)}
      </span>
    </p>
  )
}
