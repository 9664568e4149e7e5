import { useMemo } from 'preact/hooks'
import { CATEGORIES } from '../../profile/profile.js'
import { type FunctionRow, functionRows } from '../data/functions.js'
import type { RunData } from '../data/run-data.js'
import { plain, position } from '../data/text.js'
import { changed, type Route } from '../routes.js'
import { Category } from '../widgets/category.js'
import { durationColumn } from '../widgets/duration-column.js'
import { FunctionName, Place } from '../widgets/links.js'
import { type Column, Table } from '../widgets/table.js'
import { NeedsProfile } from './needs-profile.js'

const COLUMNS: readonly Column<FunctionRow>[] = [
  { key: 'name', title: 'Function', value: row => plain(row.name), show: row => <FunctionName {...row} /> },
  durationColumn('selfMs', 'Self', row => row.selfMs),
  durationColumn('totalMs', 'Total', row => row.totalMs),
  {
    key: 'place',
    title: 'Defined at',
    value: row => position(row.file, row.line, row.column),
    show: row => <Place {...row} />,
  },
  {
    key: 'category',
    title: 'Category',
    value: row => row.category,
    show: row => <Category name={row.category} />,
  },
  {
    key: 'package',
    title: 'Package',
    isMinor: true,
    value: row => row.package ?? '',
    show: row => plain(row.package ?? ''),
  },
]

export function Functions({ data, route }: { data: RunData; route: Route }) {
  const { profile } = data
  const all = useMemo(() => (profile === undefined ? [] : functionRows(profile)), [profile])
  if (profile === undefined) return <NeedsProfile />
  const [category, packageName] = [route.params.get('category'), route.params.get('package')]
  const rows = all.filter(
    row =>
      (category === null || row.category === category) &&
      (packageName === null || row.package === packageName),
  )
  const present = CATEGORIES.filter(name => all.some(row => row.category === name))
  return (
    <>
      <h1>Functions</h1>
      <p class="choice">
        <a
          href={changed(route, { category: null, package: null })}
          aria-current={category === null && packageName === null}
        >
          all
        </a>
        {present.map(name => (
          <a
            key={name}
            href={changed(route, { category: name, package: null })}
            aria-current={category === name}
          >
            <Category name={name} />
          </a>
        ))}
        {packageName !== null && (
          <a href={changed(route, { package: null })} aria-current={true}>
            {plain(packageName)} ×
          </a>
        )}
      </p>
      <Table caption="Functions" columns={COLUMNS} rows={rows} route={route} sortBy="-selfMs" filter />
    </>
  )
}
