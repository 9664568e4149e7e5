// Fields of every flame graph: which value, what is folded, what is searched for. They are read from the link.

import { TIMES } from '../../profile/profile.js'
import type { CodeData } from '../data/code-data.js'
import { ALL_TIME, chosenValues } from '../data/selection.js'
import type { Folding } from '../flame/flame-tree.js'
import { navigate } from '../navigation.js'
import { changed, type Route } from '../routes.js'

type OnChange = (change: Record<string, string | null>) => void

/** CPU time where the link names no value that the profile has. */
export function chosenValue(code: CodeData, params: URLSearchParams): string {
  const asked = params.get('value') ?? ''
  return chosenValues(code, asked).length > 0 ? asked : TIMES.cpu.name
}

export function foldingOf(params: URLSearchParams): Folding {
  return { libraries: params.get('libraries') !== 'open', recursion: params.has('recursion') }
}

/** One for each value that the profile has, and one for all kinds of time where there are several. */
export function ValueFields({
  code,
  value: chosen,
  onChange,
}: {
  code: CodeData
  value: string
  onChange: OnChange
}) {
  const kindsOfTime = chosenValues(code, ALL_TIME).length
  const choices = code.values.map(({ type }) => ({ value: type.name, label: type.label }))
  if (kindsOfTime > 1) choices.splice(kindsOfTime, 0, { value: ALL_TIME, label: 'all time' })
  return (
    <fieldset>
      <legend>Value</legend>
      {choices.map(({ value, label }) => (
        <label key={value}>
          <input type="radio" name="value" checked={chosen === value} onChange={() => onChange({ value })} />{' '}
          {label}
        </label>
      ))}
    </fieldset>
  )
}

export function FoldingFields({ folding, onChange }: { folding: Folding; onChange: OnChange }) {
  return (
    <fieldset>
      <legend>Fold</legend>
      <label>
        <input
          type="checkbox"
          checked={folding.libraries}
          onChange={() => onChange({ libraries: folding.libraries ? 'open' : null })}
        />{' '}
        libraries
      </label>
      <label>
        <input
          type="checkbox"
          checked={folding.recursion}
          onChange={() => onChange({ recursion: folding.recursion ? null : '1' })}
        />{' '}
        recursion
      </label>
    </fieldset>
  )
}

export function SearchField({ route }: { route: Route<string> }) {
  return (
    <label class="filter">
      <span>Search</span>
      <input
        type="search"
        placeholder="name or path:line"
        value={route.params.get('q') ?? ''}
        onInput={event => navigate(changed(route, { q: event.currentTarget.value }), { replace: true })}
      />
    </label>
  )
}
