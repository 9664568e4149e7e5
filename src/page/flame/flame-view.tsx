// A flame graph whose zoom is in the link, with details of the selected node.

import { useEffect, useState } from 'preact/hooks'
import { amountText, percent } from '../../report/views/figures.js'
import type { FrameInfo, ProfileData } from '../data/run-data.js'
import type { StackOperation } from '../data/stack-operations.js'
import { sanitize } from '../data/text.js'
import { navigate } from '../navigation.js'
import { changed, functionLink, type Route } from '../routes.js'
import { SourceListing } from '../views/source.js'
import { Category, Place } from '../widgets/names.js'
import { ZoomCrumbs } from './crumbs.js'
import { FlameGraph, type FlameGraphProps } from './flame-graph.js'
import { describeNode, type FlameNode, type FlameTree } from './flame-tree.js'
import { actionsOf } from './node-menu.js'

interface FlameViewProps
  extends Pick<FlameGraphProps, 'tree' | 'label' | 'query' | 'isUpsideDown' | 'tallest'> {
  readonly profile: ProfileData
  readonly route: Route
  /** The name of the parameter that holds the zoom. */
  readonly parameter: string
  /** Undefined: the stacks cannot be changed here. */
  readonly onOperate?: (operation: StackOperation) => void
  /** Whether the source of the selected call is shown, where the page has it. */
  readonly hasSource?: boolean
}

export function FlameView({
  profile,
  route,
  parameter,
  onOperate,
  hasSource = false,
  ...graph
}: FlameViewProps) {
  const { tree } = graph
  const [chosen, setChosen] = useState<FlameNode>()
  const id = Number(route.params.get(parameter) ?? 0)
  const zoomed = id > 0 ? tree.nodes[id] : undefined
  // The back button also resets the selection.
  useEffect(() => setChosen(undefined), [id])
  if (tree.root.total === 0) return <p class="none">No samples in this selection.</p>
  // A node of another zoom or tree is no longer selected.
  const current = chosen !== undefined && tree.nodes[chosen.id] === chosen ? chosen : zoomed
  const zoom = (node: FlameNode | undefined) => navigate(changed(route, { [parameter]: node?.id }))
  const actions = (node: FlameNode) =>
    onOperate === undefined ? [] : actionsOf(node, profile.frames[node.frame])
  const frame = profile.frames[current?.frame ?? -1]
  return (
    <div class="flame-view">
      {zoomed !== undefined && <ZoomCrumbs zoomed={zoomed} onZoom={zoom} />}
      <FlameGraph
        {...graph}
        zoomed={zoomed}
        onZoom={zoom}
        actionsOf={actions}
        onOperate={onOperate}
        onSelect={setChosen}
        describe={node => describeNode(tree, node, profile.frames[node.frame])}
        code={profile}
      />
      <NodeDetails node={current} frame={frame} tree={tree} />
      {current !== undefined && onOperate !== undefined && (
        <p class="choice">
          {actions(current).map(({ title, operation }) => (
            <button key={title} type="button" onClick={() => onOperate(operation)}>
              {title}
            </button>
          ))}
        </p>
      )}
      {frame !== undefined && hasSource && (
        <SourceListing profile={profile} file={frame.file} line={frame.line} />
      )}
      {zoomed !== undefined && (
        <button type="button" class="quiet" onClick={() => zoom(undefined)}>
          Reset zoom
        </button>
      )}
    </div>
  )
}

function NodeDetails(props: { node: FlameNode | undefined; frame: FrameInfo | undefined; tree: FlameTree }) {
  const { node, frame } = props
  const { whole, unit } = props.tree
  if (node === undefined || node.parent === undefined) return null
  const label = sanitize(node.label)
  const link = frame === undefined ? node.owner?.linkTo() : functionLink(frame)
  return (
    <p class="node">
      <strong>{link === undefined ? label : <a href={link}>{label}</a>}</strong>{' '}
      {frame !== undefined && <Place {...frame} />}{' '}
      {node.owner === undefined && <Category name={node.category} />}{' '}
      <span>
        total {amountText(node.total, unit)}, {percent(node.total, whole)}; self {amountText(node.self, unit)}
      </span>
    </p>
  )
}
