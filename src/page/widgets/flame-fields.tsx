// Fields of every flame graph: which time, what is folded, what is searched for. They are read from the link.

import type { TimeKind } from '../data/selection.js'
import type { Folding } from '../flame/flame-tree.js'
import { navigate } from '../navigation.js'
import { changed, type Route } from '../routes.js'

type OnChange = (change: Record<string, string | null>) => void

const TIME_TITLES: Readonly<Record<TimeKind, string>> = { cpu: 'CPU', waiting: 'waiting', all: 'both' }

export function timeOf(params: URLSearchParams): TimeKind {
  return (['cpu', 'waiting', 'all'] as const).find(time => time === params.get('time')) ?? 'cpu'
}

export function foldingOf(params: URLSearchParams): Folding {
  return { libraries: params.get('libraries') !== 'open', recursion: params.has('recursion') }
}

export function TimeFields({ time: chosen, onChange }: { time: TimeKind; onChange: OnChange }) {
  return (
    <fieldset>
      <legend>Time</legend>
      {(['cpu', 'waiting', 'all'] as const).map(time => (
        <label key={time}>
          <input type="radio" name="time" checked={chosen === time} onChange={() => onChange({ time })} />{' '}
          {TIME_TITLES[time]}
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
