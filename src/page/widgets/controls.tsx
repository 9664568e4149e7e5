// Choices that are kept in the link: links, fields and boxes.

import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { TIMES } from '../../profile/profile.js'
import type { CodeData } from '../data/code-data.js'
import { ALL_TIME, chosenValues } from '../data/selection.js'
import { plain } from '../data/text.js'
import type { Folding } from '../flame/flame-tree.js'
import { navigate } from '../navigation.js'
import { changed, type Params, type Route } from '../routes.js'

interface ChoiceLinksProps {
  readonly route: Route<string>
  readonly links: readonly {
    readonly title: ComponentChildren
    readonly change: Params
    readonly isChosen: boolean
  }[]
}

export function ChoiceLinks({ route, links }: ChoiceLinksProps) {
  return links.map(({ title, change, isChosen }, index) => (
    <a key={index} href={changed(route, change)} aria-current={isChosen}>
      {title}
    </a>
  ))
}

/** What a choice changes in the link; null: nothing is chosen. */
export type OnChange = (change: Readonly<Record<string, string | null>>) => void

interface ChoiceProps {
  readonly label: string
  readonly value: string | undefined
  /** Values, with their titles where those are not the same. */
  readonly options: readonly string[] | ReadonlyMap<string, string>
  /** Given null for all of them. */
  readonly onChange: (value: string | null) => void
}

/** A field that chooses one of several. */
export function Choice({ label, value, options, onChange }: ChoiceProps) {
  const titles = 'get' in options ? [...options] : options.map(option => [option, option] as const)
  return (
    <label class="choice-field">
      <span>{label}</span>
      <select value={value ?? ''} onChange={event => onChange(event.currentTarget.value || null)}>
        <option value="">all</option>
        {titles.map(([option, title]) => (
          <option key={option} value={option}>
            {plain(title)}
          </option>
        ))}
      </select>
    </label>
  )
}

interface SearchFieldProps {
  readonly route: Route<string>
  readonly label: string
  readonly placeholder: string
}

/** What is searched for in the view. */
export function SearchField({ route, label, placeholder }: SearchFieldProps) {
  return (
    <label class="filter">
      <span>{label}</span>
      <input
        type="search"
        placeholder={placeholder}
        value={route.params.get('q') ?? ''}
        onInput={event => navigate(changed(route, { q: event.currentTarget.value }), { replace: true })}
      />
    </label>
  )
}

/** CPU time where the link names no value that the profile has. */
export function chosenValue(code: CodeData, params: URLSearchParams): string {
  const asked = params.get('value') ?? ''
  return chosenValues(code, asked).length > 0 ? asked : TIMES.cpu.name
}

export function foldingOf(params: URLSearchParams): Folding {
  return { libraries: params.get('libraries') !== 'open', recursion: params.has('recursion') }
}

interface FlameFieldsProps {
  readonly code: CodeData
  readonly value: string
  readonly folding: Folding
  readonly route: Route<string>
  readonly onChange: OnChange
}

/** One radio button for each value that the profile has, and one for all kinds of time where there are several. */
export function FlameFields({ code, value: chosen, folding, route, onChange }: FlameFieldsProps) {
  const kindsOfTime = chosenValues(code, ALL_TIME).length
  const values = code.values.map(({ type }) => ({ value: type.name, label: type.label }))
  if (kindsOfTime > 1) values.splice(kindsOfTime, 0, { value: ALL_TIME, label: 'all time' })
  return (
    <>
      <fieldset>
        <legend>Value</legend>
        {values.map(({ value, label }) => (
          <label key={value}>
            <input
              type="radio"
              name="value"
              checked={chosen === value}
              onChange={() => onChange({ value })}
            />{' '}
            {label}
          </label>
        ))}
      </fieldset>
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
      <SearchField route={route} label="Search" placeholder="name or path:line" />
    </>
  )
}

/** Copies text; says so, or says that the browser does not let it. */
export function CopyButton({ text, label }: { text: () => string; label: string }) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready')
  const copy = async () => {
    const isCopied = await copyText(text())
    setState(isCopied ? 'copied' : 'refused')
    setTimeout(() => setState('ready'), 2000)
  }
  return (
    <button type="button" class="quiet copy" onClick={copy}>
      <span aria-live="polite">
        {state === 'ready' ? label : state === 'copied' ? 'Copied' : 'The browser refused'}
      </span>
    </button>
  )
}

/** A command to run, with a button that copies it. */
export function Command({ text }: { text: string }) {
  return (
    <p>
      <code>{plain(text)}</code> <CopyButton label="Copy" text={() => text} />
    </p>
  )
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Not allowed for this origin, as in some viewers of CI artifacts: the old way may still be.
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const isCopied = document.execCommand('copy')
    area.remove()
    return isCopied
  }
}
