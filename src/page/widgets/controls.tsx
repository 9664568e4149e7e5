// Controls whose state is in the link.

import type { ComponentChildren, TargetedEvent } from 'preact'
import { useState } from 'preact/hooks'
import { TIMES } from '../../profile/profile.js'
import type { CodeData } from '../data/run-data.js'
import { ALL_TIME, chosenValues } from '../data/selection.js'
import { sanitize } from '../data/text.js'
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

/** Parameters of the link to set; null removes one. */
export type LinkChange = Readonly<Record<string, string | null>>

export interface ChoiceProps {
  readonly label: string
  readonly value: string | undefined
  /** Values, or titles by value. */
  readonly options: readonly string[] | ReadonlyMap<string, string>
  /** Called with null for all of them. */
  readonly onChange: (value: string | null) => void
}

export function Choice({ label, value, options, onChange }: ChoiceProps) {
  const titles = 'get' in options ? [...options] : options.map(option => [option, option] as const)
  return (
    <label class="choice-field">
      <span>{label}</span>
      <select value={value ?? ''} onChange={event => onChange(event.currentTarget.value || null)}>
        <option value="">all</option>
        {titles.map(([option, title]) => (
          <option key={option} value={option}>
            {sanitize(title)}
          </option>
        ))}
      </select>
    </label>
  )
}

interface RadiosProps {
  readonly name: string
  readonly legend: string
  /** Titles by value. */
  readonly options: Readonly<Record<string, string>>
  readonly chosen: string
  /** Why an option is not available, by value. */
  readonly disabled?: Readonly<Record<string, string | undefined>>
  readonly onChange: (change: LinkChange) => void
}

/** Radio buttons that set the parameter `name`. */
export function Radios({ name, legend, options, chosen, disabled = {}, onChange }: RadiosProps) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {Object.entries(options).map(([value, title]) => (
        <label key={value} title={disabled[value]}>
          <input
            type="radio"
            name={name}
            checked={chosen === value}
            disabled={disabled[value] !== undefined}
            onChange={() => onChange({ [name]: value })}
          />{' '}
          {title}
        </label>
      ))}
    </fieldset>
  )
}

/** Edits the query of the view. */
export function SearchField(props: { route: Route<string>; label: string; placeholder: string }) {
  const { route, label, placeholder } = props
  const search = ({ currentTarget: { value } }: TargetedEvent<HTMLInputElement>) =>
    navigate(changed(route, { q: value }), { replace: true })
  return (
    <label class="filter">
      <span>{label}</span>
      <input type="search" placeholder={placeholder} value={route.params.get('q') ?? ''} onInput={search} />
    </label>
  )
}

/** The value that the link names; CPU time if the profile does not have it. */
export function chosenValue(code: CodeData, params: URLSearchParams): string {
  const name = params.get('value') ?? ''
  return chosenValues(code, name).length > 0 ? name : TIMES.cpu.name
}

export function foldingOf(params: URLSearchParams): Folding {
  const isFolded = (name: string) => params.get(name) !== 'open'
  return { libraries: isFolded('libraries'), engine: isFolded('engine'), recursion: params.has('recursion') }
}

interface FlameFieldsProps {
  readonly code: CodeData
  readonly value: string
  readonly folding: Folding
  readonly route: Route<string>
  readonly onChange: (change: LinkChange) => void
}

/** Radio buttons for the values of the profile, and for all kinds of time if there are several. */
export function FlameFields({ code, value: chosen, folding, route, onChange }: FlameFieldsProps) {
  const kindsOfTime = chosenValues(code, ALL_TIME).length
  const values = code.values.map(({ type }) => [type.name, type.label])
  if (kindsOfTime > 1) values.splice(kindsOfTime, 0, [ALL_TIME, 'all time'])
  const { libraries, engine, recursion } = folding
  const boxes = [
    { name: 'libraries', isChecked: libraries, change: { libraries: libraries ? 'open' : null } },
    { name: 'Jest, Node, V8', isChecked: engine, change: { engine: engine ? 'open' : null } },
    { name: 'recursion', isChecked: recursion, change: { recursion: recursion ? null : '1' } },
  ]
  return (
    <>
      <Radios
        name="value"
        legend="Value"
        options={Object.fromEntries(values)}
        chosen={chosen}
        onChange={onChange}
      />
      <fieldset>
        <legend>Fold</legend>
        {boxes.map(({ name, isChecked, change }) => (
          <label key={name}>
            <input type="checkbox" checked={isChecked} onChange={() => onChange(change)} /> {name}
          </label>
        ))}
      </fieldset>
      <SearchField route={route} label="Search" placeholder="name or path:line" />
    </>
  )
}

/** Copies text, and shows whether the browser permitted it. */
export function CopyButton({ text, label }: { text: () => string; label: string }) {
  const [result, setResult] = useState<string>()
  const copy = async () => {
    setResult((await copyText(text())) ? 'Copied' : 'The browser refused')
    setTimeout(() => setResult(undefined), 2000)
  }
  return (
    <button type="button" class="quiet copy" onClick={copy}>
      <span aria-live="polite">{result ?? label}</span>
    </button>
  )
}

/** A command with a button that copies it. */
export function Command({ text }: { text: string }) {
  return (
    <p>
      <code>{sanitize(text)}</code> <CopyButton label="Copy" text={() => text} />
    </p>
  )
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // The clipboard API is not permitted for this origin, as in some viewers of CI artifacts: the old way may be.
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const isCopied = document.execCommand('copy')
    area.remove()
    return isCopied
  }
}
