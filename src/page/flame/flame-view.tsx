// A flame graph whose zoom is in the link, with what is known of the node that was chosen.

import { useEffect, useState } from 'preact/hooks'
import { amountText, percent } from '../../report/views/figures.js'
import type { FrameInfo } from '../data/code-data.js'
import type { ProfileData } from '../data/run-data.js'
import { plain } from '../data/text.js'
import { navigate } from '../navigation.js'
import { changed, functionLink, type Route } from '../routes.js'
import { Category, Place } from '../widgets/names.js'
import { FlameGraph } from './flame-graph.js'
import { describeNode, type FlameNode, type FlameTree } from './flame-tree.js'

interface FlameViewProps {
  readonly tree: FlameTree
  readonly label: string
  readonly profile: ProfileData
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
  profile,
  route,
  parameter,
  query = '',
  isUpsideDown = false,
  tallest,
}: FlameViewProps) {
  const [chosen, setChosen] = useState<FlameNode>()
  const id = Number(route.params.get(parameter) ?? 0)
  const zoomed = id > 0 ? tree.nodes[id] : undefined
  // The back button undoes what was chosen, too.
  useEffect(() => setChosen(undefined), [id])
  if (tree.root.total === 0) return <p class="none">No samples in this selection.</p>
  // A node of another zoom or tree is no longer chosen.
  const current = chosen !== undefined && tree.nodes[chosen.id] === chosen ? chosen : zoomed
  return (
    <div class="flame-view">
      <FlameGraph
        tree={tree}
        label={label}
        zoomed={zoomed}
        onZoom={node => navigate(changed(route, { [parameter]: node?.id }))}
        onSelect={setChosen}
        describe={node => describeNode(tree, node, profile.frames[node.frame])}
        isUpsideDown={isUpsideDown}
        code={profile}
        query={query}
        tallest={tallest}
      />
      <NodeDetails node={current} frame={profile.frames[current?.frame ?? -1]} tree={tree} />
      {zoomed !== undefined && (
        <button type="button" class="quiet" onClick={() => navigate(changed(route, { [parameter]: null }))}>
          Reset zoom
        </button>
      )}
    </div>
  )
}

interface NodeDetailsProps extends Pick<FlameViewProps, 'tree'> {
  readonly node: FlameNode | undefined
  readonly frame: FrameInfo | undefined
}

function NodeDetails({ node, frame, tree: { whole, unit } }: NodeDetailsProps) {
  if (node === undefined || node.parent === undefined) return null
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
