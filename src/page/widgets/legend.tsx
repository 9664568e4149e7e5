import type { ComponentChildren } from 'preact'

interface LegendEntry {
  readonly text: string
  readonly colour?: string
  /** Class of the sample, where that is no plain colour. */
  readonly style?: string
}

/** What colours and marks stand for; `children` come before the entries. */
export function Legend({
  entries,
  children,
}: {
  entries: readonly LegendEntry[]
  children?: ComponentChildren
}) {
  return (
    <p class="legend">
      {children}
      {entries.map(({ text, colour, style }) => (
        <span key={text}>
          <i class={style} style={{ background: colour }} /> {text}
        </span>
      ))}
    </p>
  )
}
