// What a row is of, leading to its calls where it has any.

import { isOwnCode } from '../../profile/own-code.js'
import { position } from '../data/text.js'
import type { NamedRow } from './comparison-data.js'
import { comparisonHref } from './comparison-routes.js'

export function Thing({ row }: { row: NamedRow }) {
  const { label, place, formerly, table, entity } = row
  const query = searchFor(row)
  const isPath = table === 'files' || table === 'modules'
  const name =
    query === '' ? (
      <span class={isPath ? 'name path' : 'name'}>{label}</span>
    ) : (
      <a
        class={isPath ? 'name path' : 'name'}
        href={comparisonHref('flame', {
          q: query,
          libraries: isFolded(entity.category) ? 'open' : undefined,
        })}
      >
        {label}
      </a>
    )
  return (
    <span class="thing">
      {name} <span class="path">{place}</span>
      {formerly !== '' && ' '}
      {formerly !== '' && <span class="tag">{formerly}</span>}
    </span>
  )
}

/** What finds its calls; `''` of what is no code. */
function searchFor({ table, entity }: NamedRow): string {
  const { file, line, column, name } = entity
  if (table === 'functions') return file === '' ? name.join(' ') : position(file, line, column)
  if (table === 'modules') return file
  return table === 'packages' ? name.join(' ') : ''
}

function isFolded(category: NamedRow['entity']['category']): boolean {
  return !isOwnCode({ category })
}
