import { useMemo } from 'preact/hooks'
import { CATEGORIES } from '../../profile/profile.js'
import { FUNCTIONS } from '../../tables/code-tables.js'
import { functionRows } from '../data/functions.js'
import { plain } from '../data/text.js'
import { changed } from '../routes.js'
import { Category } from '../widgets/category.js'
import { NeedsProfile } from './needs-profile.js'
import { TableView, type ViewProps } from './table-view.js'

export function Functions({ data, route }: ViewProps) {
  const { profile } = data
  const all = useMemo(
    () =>
      profile === undefined
        ? []
        : functionRows(profile).map(({ name, package: packageName, ...row }) => ({
            ...row,
            function: name,
            package: packageName ?? null,
            sampleCount: 0,
          })),
    [profile],
  )
  if (profile === undefined) return <NeedsProfile />
  const [category, packageName] = [route.params.get('category'), route.params.get('package')]
  const rows = all.filter(
    row =>
      (category === null || row.category === category) &&
      (packageName === null || row.package === packageName),
  )
  const present = CATEGORIES.filter(name => all.some(row => row.category === name))
  return (
    <TableView data={data} route={route} table={FUNCTIONS} rows={rows}>
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
    </TableView>
  )
}
