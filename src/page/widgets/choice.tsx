import { plain } from '../data/text.js'

export interface Option {
  readonly value: string
  readonly title: string
}

/** A field that chooses one of several; null: all. */
export function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: string | undefined
  options: readonly Option[]
  onChange: (value: string | null) => void
}) {
  return (
    <label class="choice-field">
      <span>{label}</span>
      <select
        value={value ?? ''}
        onChange={event => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
      >
        <option value="">all</option>
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {plain(option.title)}
          </option>
        ))}
      </select>
    </label>
  )
}
