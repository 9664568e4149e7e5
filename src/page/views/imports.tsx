import { useState } from 'preact/hooks'
import { count, duration } from '../../report/views/figures.js'
import { IMPORTS } from '../../tables/time-tables.js'
import { type ImportNode, importTrees } from '../data/import-tree.js'
import { pathName, sanitize } from '../data/text.js'
import { ChoiceLinks } from '../widgets/controls.js'
import { Place } from '../widgets/names.js'
import { TableView } from './table-views.js'
import type { ViewProps } from './view.js'

export function Imports({ data, route }: ViewProps) {
  const isTree = route.params.get('as') === 'tree'
  const choice = (
    <p class="choice">
      <ChoiceLinks
        route={route}
        links={[
          { title: 'Table, all test files together', change: { as: null }, isChosen: !isTree },
          { title: 'Tree, from the test files', change: { as: 'tree' }, isChosen: isTree },
        ]}
      />
    </p>
  )
  if (!isTree)
    return (
      <TableView data={data} route={route} table={IMPORTS}>
        {choice}
      </TableView>
    )
  return (
    <>
      <h1>{IMPORTS.title}</h1>
      {choice}
      <p class="sub">Each module once, below what imported it in the test file in which it cost most.</p>
      <ul class="tree">
        {importTrees(data.report.imports)
          .slice(0, 200)
          .map(node => (
            <Branch key={node.module} node={node} isOpen={false} />
          ))}
      </ul>
    </>
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
  const place = isModule ? <Place file={node.module} line={0} /> : sanitize(node.module)
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
            <li class="leaf sub">source: {place}</li>
            {node.children.map(child => (
              <Branch key={child.module} node={child} isOpen={node.children.length === 1} />
            ))}
          </ul>
        )}
      </details>
    </li>
  )
}
