// A flame graph whose zoom is in the link, with what is known of the node that was chosen.

import { useMemo, useState } from 'preact/hooks'
import { duration, percent } from '../../report/figures.js'
import type { FlameNode, FlameTree } from '../data/flame-tree.js'
import type { RunData } from '../data/run-data.js'
import { plain } from '../data/text.js'
import { navigate } from '../navigation.js'
import { changed, functionLink, type Route } from '../routes.js'
import { Category } from '../widgets/category.js'
import { FlameGraph } from '../widgets/flame-graph.js'
import { Place } from '../widgets/links.js'

interface FlameViewProps {
  readonly tree: FlameTree
  readonly label: string
  readonly data: RunData
  readonly route: Route
  /** Name of the parameter that holds the zoom. */
  readonly parameter: string
  /** Text that names or places have to hold. */
  readonly query?: string
  readonly isUpsideDown?: boolean
  readonly tallest?: number
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
  const id = Number(route.params.get(parameter) ?? 0)
  const zoomed = id > 0 ? tree.nodes[id] : undefined
  const search = useMemo(() => searchIn(tree, data, query), [tree, data, query])
  if (tree.root.total === 0) return <p class="none">No sample of this selection was taken.</p>
  const current = chosen !== undefined && tree.nodes[chosen.id] === chosen ? chosen : zoomed
  return (
    <div class="flame-view">
      {search !== undefined && (
        <p class="sub" role="status">
          “{plain(query)}”: {duration(search.total / 1000)}, {percent(search.total, tree.root.total)}, in{' '}
          {search.found.size.toLocaleString('en-US')} places
        </p>
      )}
      <FlameGraph
        tree={tree}
        label={label}
        zoomed={zoomed}
        onZoom={node => navigate(changed(route, { [parameter]: node?.id }))}
        onSelect={setChosen}
        isUpsideDown={isUpsideDown}
        {...(search === undefined ? {} : { matches: node => search.found.has(node) })}
        {...(tallest === undefined ? {} : { tallest })}
      />
      <NodeDetails node={current} data={data} whole={tree.root.total} />
      {zoomed !== undefined && (
        <button type="button" class="quiet" onClick={() => navigate(changed(route, { [parameter]: null }))}>
          Show everything
        </button>
      )}
    </div>
  )
}

/** Nodes that match, and the time of them all, each moment once. */
function searchIn({ nodes }: FlameTree, { profile }: RunData, query: string) {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return undefined
  const found = new Set<FlameNode>()
  const within = new Set<FlameNode>()
  let total = 0
  for (const node of nodes) {
    const frame = profile?.frames[node.frame]
    const place = frame === undefined ? '' : `${frame.file}:${frame.line}`
    const isFound = node.parent !== undefined && `${node.label}\n${place}`.toLowerCase().includes(wanted)
    if (isFound) found.add(node)
    const isBelow = node.parent !== undefined && within.has(node.parent)
    if (isFound && !isBelow) total += node.total
    if (isFound || isBelow) within.add(node)
  }
  return { found, total }
}

function NodeDetails({ node, data, whole }: { node: FlameNode | undefined; data: RunData; whole: number }) {
  if (node === undefined || node.parent === undefined) return null
  const frame = data.profile?.frames[node.frame]
  return (
    <p class="node">
      <strong>
        {frame === undefined ? plain(node.label) : <a href={functionLink(frame)}>{plain(node.label)}</a>}
      </strong>{' '}
      {frame !== undefined && <Place {...frame} />} <Category name={node.category} />{' '}
      <span>
        total {duration(node.total / 1000)}, {percent(node.total, whole)}; self {duration(node.self / 1000)}
      </span>
    </p>
  )
}
