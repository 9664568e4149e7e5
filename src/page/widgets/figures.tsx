// Figures in text, and bars beside them.

import type { ComponentChildren } from 'preact'
import { PHASES, type Phase } from '../../profile/profile.js'
import type { PhaseTimes } from '../../report/file-report.js'
import { duration, percent } from '../../report/views/figures.js'

/** An en dash where it is not known. */
export function Duration({ ms }: { ms: number | null | undefined }) {
  if (ms === null || ms === undefined) return <span title="not known">–</span>
  return ms === 0 ? <span class="zero">0</span> : duration(ms)
}

/** Milliseconds; null where they are unknown. */
interface BarTimes extends Pick<PhaseTimes, 'wallMs' | 'cpuMs' | 'idleMs'> {
  readonly readyMs: number | null
  readonly blockedMs: number | null
  readonly gcMs: number | null
}

/** What a span of time was made of: running, collecting garbage, without a core, blocked, waiting. `of`: what a full bar stands for. */
export function TimeBar({ times, of }: { times: BarTimes; of: number }) {
  const { wallMs, cpuMs, idleMs } = times
  const gcMs = times.gcMs ?? 0
  const parts = [
    ['cpu', Math.max(0, cpuMs - gcMs), 'CPU'],
    ['gc', gcMs, 'garbage collection'],
    ['ready', times.readyMs ?? 0, 'no core'],
    ['blocked', times.blockedMs ?? 0, 'blocked'],
    ['idle', idleMs, 'waiting'],
  ] as const
  const label = parts
    .filter(([, ms]) => ms > 0)
    .map(([, ms, name]) => `${name} ${duration(ms)}`)
    .join(', ')
  return (
    <span class="bar" role="img" aria-label={label} title={`${duration(wallMs)}: ${label}`}>
      {parts.map(([kind, ms]) =>
        ms > 0 ? <i key={kind} class={`part-${kind}`} style={{ width: `${(100 * ms) / of}%` }} /> : null,
      )}
    </span>
  )
}

/** A share of the largest row as a bar; the figure stands beside it. */
export function ShareBar({ value, of }: { value: number; of: number }) {
  const width = of > 0 ? Math.min(100, (100 * value) / of) : 0
  return (
    <span class="bar share" aria-hidden="true">
      <i style={{ width: `${width}%` }} />
    </span>
  )
}

export function TimeLegend() {
  return (
    <Legend
      entries={[
        { style: 'part-cpu', text: 'CPU' },
        { style: 'part-gc', text: 'garbage collection' },
        { style: 'part-ready', text: 'no core' },
        { style: 'part-blocked', text: 'blocked in a synchronous call' },
        { style: 'part-idle', text: 'waiting' },
      ]}
    />
  )
}

interface LargeFigure {
  readonly name: string
  readonly value: ComponentChildren
  readonly meaning?: string | undefined
  /** Text rather than a number. */
  readonly isText?: boolean
}

/** The large figures at the top of a view. */
export function FigureList({ figures }: { figures: readonly LargeFigure[] }) {
  return (
    <dl class="figures">
      {figures.map(({ name, value, meaning, isText }) => (
        <div key={name} title={meaning}>
          <dt>{name}</dt>
          <dd class={isText ? 'small' : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface PhaseBarsProps {
  readonly phases: Readonly<Record<Phase, PhaseTimes>>
  /** Milliseconds that the phases add up to. */
  readonly wallMs: number
  readonly caption: string
  /** Where a phase leads. */
  readonly link: (phase: Phase) => string
}

export function PhaseBars({ phases, wallMs, caption, link }: PhaseBarsProps) {
  const rows = PHASES.map(phase => ({ phase, times: phases[phase] })).filter(({ times }) => times.wallMs > 0)
  const most = Math.max(...rows.map(({ times }) => times.wallMs), 1)
  return (
    <>
      <table class="bars">
        <caption class="hidden">{caption}</caption>
        <tbody>
          {rows.map(({ phase, times }) => (
            <tr key={phase}>
              <th scope="row">
                <a href={link(phase)}>{phase}</a>
              </th>
              <td class="number">{duration(times.wallMs)}</td>
              <td class="number sub">{percent(times.wallMs, wallMs)}</td>
              <td class="wide">
                <TimeBar times={times} of={most} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <TimeLegend />
    </>
  )
}

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
