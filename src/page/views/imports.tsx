import { useState } from 'preact/hooks'
import type { ImportReport } from '../../report/account-reports.js'
import { count, duration } from '../../report/views/figures.js'
import { importName } from '../../report/views/imports.js'
import { type ImportNode, importTrees } from '../data/import-tree.js'
import type { RunData } from '../data/run-data.js'
import { pathName, plain } from '../data/text.js'
import { changed, type Route } from '../routes.js'
import { durationColumn } from '../widgets/duration-column.js'
import { Place } from '../widgets/links.js'
import { type Column, Table } from '../widgets/table.js'

const COLUMNS: readonly Column<ImportReport>[] = [
  {
    key: 'module',
    title: 'Module',
    value: row => importName(row),
    show: row => (row.transformer === null ? <Place file={row.module} line={0} /> : plain(importName(row))),
  },
  durationColumn('savedMs', 'Saved', row => row.savedMs, {
    hint: 'what not importing it would save, all test files together',
  }),
  durationColumn('totalMs', 'Total', row => row.totalMs, { hint: 'with all that it loaded in turn' }),
  durationColumn('selfMs', 'Self', row => row.selfMs, { hint: 'its own part' }),
  durationColumn('resolveMs', 'Resolve', row => row.resolveMs, {
    hint: 'finding the file, part of self',
    isMinor: true,
  }),
  durationColumn('transformMs', 'Transform', row => row.transformMs, {
    hint: 'in the transformer, part of self',
    isMinor: true,
  }),
  durationColumn('compileMs', 'Compile', row => row.compileMs, {
    hint: 'in V8, part of self',
    isMinor: true,
  }),
  durationColumn('mockMs', 'Automock', row => row.mockMs, {
    isMinor: true,
    hint: 'making mocks of it',
  }),
  durationColumn('evaluateMs', 'Evaluate', row => row.evaluateMs, {
    hint: 'its top-level code, part of self',
    isMinor: true,
  }),
  { key: 'files', title: 'Files', hint: 'test files that loaded it', value: row => row.files },
  {
    key: 'importers',
    title: 'Imported by',
    isMinor: true,
    value: row => row.importers.map(({ module }) => module).join(', '),
    show: row => (
      <>
        {row.importers.slice(0, 3).map(({ module, files }) => (
          <div key={module}>
            <Place file={module} line={0} /> <span class="sub">in {count(files, 'file')}</span>
          </div>
        ))}
        {row.importers.length > 3 && <span class="sub">and {row.importers.length - 3} more</span>}
      </>
    ),
  },
]

export function Imports({ data, route }: { data: RunData; route: Route }) {
  const isTree = route.params.get('as') === 'tree'
  const { imports } = data.report
  return (
    <>
      <h1>Imports</h1>
      <p class="choice">
        <a href={changed(route, { as: null })} aria-current={!isTree}>
          Table, all test files together
        </a>
        <a href={changed(route, { as: 'tree' })} aria-current={isTree}>
          Tree, from the test files
        </a>
      </p>
      {isTree ? (
        <>
          <p class="sub">Each module once, below what asked for it in the test file in which it cost most.</p>
          <ul class="tree">
            {importTrees(imports)
              .slice(0, 200)
              .map(node => (
                <Branch key={node.module} node={node} isOpen={false} />
              ))}
          </ul>
        </>
      ) : (
        <Table
          caption="Imports"
          columns={COLUMNS}
          rows={imports}
          route={route}
          sortBy="-savedMs"
          filter
          empty="How modules were loaded is not known in this run."
        />
      )}
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
  const place = isModule ? <Place file={node.module} line={0} /> : plain(node.module)
  if (node.children.length === 0) {
    return (
      <li class="leaf">
        {total} {place} {self}
      </li>
    )
  }
  // A link within a summary could not be told from it by keyboard: it is the first of what opens.
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
