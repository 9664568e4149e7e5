// The whole command as one bar, with a legend that has all figures.

import type { Phase } from '../../profile/profile.js'
import type { Report } from '../../report/report.js'
import { duration, percent } from '../../report/views/figures.js'
import { type CommandPart, commandBar } from '../data/command-bar.js'

/** `link`: the target of a phase; undefined: no links. */
export function CommandBar(props: { report: Report; link: ((phase: Phase) => string) | undefined }) {
  const { report, link } = props
  const parts = commandBar(report)
  if (report.command === null || parts.length === 0) return null
  const { wallMs } = report.command
  const textOf = ({ name, ms }: CommandPart) => `${name} ${duration(ms)}, ${percent(ms, wallMs)}`
  return (
    <section class="command" aria-label="Whole command">
      <span class="bar labelled" role="img" aria-label={parts.map(textOf).join('; ')}>
        {parts.map(part => (
          <i
            key={part.name}
            style={{ width: `${(100 * part.ms) / wallMs}%`, background: part.colour }}
            title={titleOf(part, textOf(part))}
          >
            <span>{part.name}</span>
          </i>
        ))}
      </span>
      <ul class="legend">
        {parts.map(part => {
          const { name, ms, phase, colour } = part
          return (
            <li key={name} title={titleOf(part, textOf(part))}>
              <i style={{ background: colour }} />{' '}
              {phase !== undefined && link !== undefined ? <a href={link(phase)}>{name}</a> : name}{' '}
              <strong>{duration(ms)}</strong> {percent(ms, wallMs)}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function titleOf({ detail }: CommandPart, text: string): string {
  return detail === '' ? text : `${text}: ${detail}`
}
