// Modules: as a table, as a tree, and as an icicle, whose widths are times.

import { useMemo, useState } from 'preact/hooks'
import { count, duration } from '../../report/views/figures.js'
import { IMPORTS } from '../../tables/time-tables.js'
import { type ImportNode, importTrees, packageCopies, TEST_FILES } from '../data/import-tree.js'
import { pathName, sanitize } from '../data/text.js'
import { ZoomCrumbs } from '../flame/crumbs.js'
import { OUTLINE_COLOUR } from '../flame/flame-canvas.js'
import { FlameGraph } from '../flame/flame-graph.js'
import type { FlameNode } from '../flame/flame-tree.js'
import { describeImport, importIcicle } from '../flame/import-icicle.js'
import { navigate } from '../navigation.js'
import { changed } from '../routes.js'
import { ChoiceLinks, SearchField } from '../widgets/controls.js'
import { Category, Place } from '../widgets/names.js'
import { TableView } from './table-views.js'
import type { ViewProps } from './view.js'

export function Imports({ data, route }: ViewProps) {
  const shape = route.params.get('as')
  const shapes = [
    { title: 'Table', as: null },
    { title: 'Tree', as: 'tree' },
    { title: 'Icicle', as: 'icicle' },
  ]
  const choice = (
    <p class="choice">
      <ChoiceLinks
        route={route}
        links={shapes.map(({ title, as }) => ({ title, change: { as, zoom: null }, isChosen: shape === as }))}
      />
    </p>
  )
  if (shape !== 'tree' && shape !== 'icicle')
    return (
      <TableView data={data} route={route} table={IMPORTS}>
        {choice}
      </TableView>
    )
  return (
    <>
      <h1>{IMPORTS.title}</h1>
      {choice}
      <p class="sub">
        All test files together: each module once, below the module that imported it in most files, from the
        set-up files and the test files. What several test files import themselves is next to them.
      </p>
      {shape === 'icicle' ? <Icicle data={data} route={route} /> : <Tree data={data} />}
    </>
  )
}

const MOST_TREES = 200

function Tree({ data }: Pick<ViewProps, 'data'>) {
  const trees = useMemo(() => importTrees(data.report), [data.report])
  return (
    <ul class="tree">
      {trees.slice(0, MOST_TREES).map(node => (
        <Branch key={node.module} node={node} isOpen />
      ))}
    </ul>
  )
}

function Icicle({ data, route }: ViewProps) {
  const { report } = data
  const icicle = useMemo(() => importIcicle(report), [report])
  const { tree, look, code, nodeOf } = icicle
  const [chosen, setChosen] = useState<FlameNode>()
  const id = Number(route.params.get('zoom') ?? 0)
  const zoomed = id > 0 ? tree.nodes[id] : undefined
  const zoom = (node: FlameNode | undefined) => navigate(changed(route, { zoom: node?.id }))
  const categories = [...new Set(report.imports.map(({ category }) => category))].toSorted()
  if (tree.root.total === 0) return <p class="none">{IMPORTS.empty}</p>
  return (
    <>
      <div class="controls">
        <SearchField route={route} label="Search" placeholder="module or package" />
      </div>
      {zoomed !== undefined && <ZoomCrumbs zoomed={zoomed} onZoom={zoom} />}
      <FlameGraph
        tree={tree}
        label="Imports of all test files"
        look={look}
        code={code}
        query={route.params.get('q') ?? ''}
        describe={node => describeImport(icicle, node)}
        zoomed={zoomed}
        onZoom={zoom}
        onSelect={setChosen}
      />
      <ModuleDetails node={nodeOf.get(chosen ?? zoomed ?? tree.root)} />
      <p class="legend">
        {categories.map(name => (
          <Category key={name} name={name} />
        ))}
      </p>
      <Copies data={data} />
    </>
  )
}

function ModuleDetails({ node }: { node: ImportNode | undefined }) {
  if (node?.row == null) return null
  const { importers, transformer } = node.row
  if (transformer !== null || importers.length === 0) return null
  return (
    <p class="node">
      <Place file={node.module} line={0} /> <span class="sub">imported by</span>{' '}
      {importers.slice(0, 5).map(({ module, files }) => (
        <span key={module}>
          <Place file={module} line={0} /> <span class="sub">in {count(files, 'file')}</span>{' '}
        </span>
      ))}
    </p>
  )
}

/** Packages that were loaded from several folders, which the icicle outlines. */
function Copies({ data }: Pick<ViewProps, 'data'>) {
  const packages = packageCopies(data.report.imports)
  if (packages.length === 0) return null
  return (
    <section>
      <h2>
        Loaded in several copies{' '}
        <small>
          <i class="outlined" style={{ borderColor: OUTLINE_COLOUR }} /> outlined
        </small>
      </h2>
      <ul class="copies">
        {packages.map(({ package: name, copies }) => (
          <li key={name}>
            <strong>{sanitize(name)}</strong>
            <ul class="tests">
              {copies.map(({ folder, selfMs, files }) => (
                <li key={folder}>
                  {duration(selfMs)} <span class="path">{sanitize(folder)}</span>{' '}
                  <span class="sub">in {count(files, 'file')}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Branch({ node, isOpen }: { node: ImportNode; isOpen: boolean }) {
  const [open, setOpen] = useState(isOpen)
  const total = <span class="number">{duration(node.totalMs)}</span>
  const self = node.row !== undefined && (
    <span class="sub">
      self {duration(node.row.selfMs)}, in {count(node.row.files, 'file')}
    </span>
  )
  const isModule = (node.row?.transformer ?? null) === null
  const isFile = isModule && node.module !== TEST_FILES
  const place = isFile ? <Place file={node.module} line={0} /> : sanitize(node.module)
  if (node.children.length === 0) {
    return (
      <li class="leaf">
        {total} {place} {self}
      </li>
    )
  }
  // A link within the summary would conflict with it for keyboard users, so it comes first in the details.
  return (
    <li>
      <details open={open} onToggle={event => setOpen(event.currentTarget.open)}>
        <summary>
          {total} <span class="path">{pathName(node.module)}</span> {self}
        </summary>
        {open && (
          <ul>
            {isFile && <li class="leaf sub">source: {place}</li>}
            {node.children.map(child => (
              <Branch key={child.module} node={child} isOpen={node.children.length === 1} />
            ))}
          </ul>
        )}
      </details>
    </li>
  )
}
