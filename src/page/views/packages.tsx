import type { PackageReport } from '../../report/code-reports.js'
import type { RunData } from '../data/run-data.js'
import { plain } from '../data/text.js'
import { href, type Route } from '../routes.js'
import { Category } from '../widgets/category.js'
import { durationColumn } from '../widgets/duration-column.js'
import { type Column, Table } from '../widgets/table.js'

const COLUMNS: readonly Column<PackageReport>[] = [
  {
    key: 'package',
    title: 'Package',
    value: row => row.package,
    show: row => (
      <a class="name" href={href('functions', { package: row.package })}>
        {plain(row.package)}
      </a>
    ),
  },
  durationColumn('selfMs', 'Self', row => row.selfMs),
  durationColumn('totalMs', 'Total', row => row.totalMs),
  { key: 'functions', title: 'Functions', value: row => row.functions },
  {
    key: 'category',
    title: 'Category',
    value: row => row.category,
    show: row => <Category name={row.category} />,
  },
]

export function Packages({ data, route }: { data: RunData; route: Route }) {
  return (
    <>
      <h1>Packages</h1>
      <Table
        caption="Packages"
        columns={COLUMNS}
        rows={data.report.packages}
        route={route}
        sortBy="-selfMs"
        filter
      />
    </>
  )
}
