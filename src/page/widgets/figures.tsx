// Figures as text and as bars.

import type { ComponentChildren } from 'preact'
import { PHASES, type Phase } from '../../profile/profile.js'
import type { PhaseTimes, TestReport } from '../../report/file-report.js'
import { duration, percent } from '../../report/views/figures.js'

/** An en dash if unknown. */
export function Duration({ ms }: { ms: number | null | undefined }) {
  if (ms === null || ms === undefined) return <span title="not known">–</span>
  return ms === 0 ? <span class="zero">0</span> : duration(ms)
}

type BarTimes = Pick<TestReport, 'wallMs' | 'cpuMs' | 'idleMs' | 'readyMs' | 'blockedMs' | 'gcMs'>

/** The parts of a wall time, by their class. */
const PARTS = {
  cpu: 'CPU',
  gc: 'garbage collection',
  ready: 'no core',
  blocked: 'blocked in a synchronous call',
  idle: 'waiting',
}

/** The parts of a wall time. `of`: milliseconds of a full bar. */
export function TimeBar({ times, of }: { times: BarTimes; of: number }) {
  const { wallMs, cpuMs, idleMs, readyMs, blockedMs } = times
  const gc = times.gcMs ?? 0
  const amounts = {
    cpu: Math.max(0, (cpuMs ?? 0) - gc),
    gc,
    ready: readyMs,
    blocked: blockedMs,
    idle: idleMs,
  }
  const parts = (Object.keys(PARTS) as (keyof typeof PARTS)[])
    .map(kind => ({ kind, ms: amounts[kind] ?? 0 }))
    .filter(({ ms }) => ms > 0)
  const label = parts.map(({ kind, ms }) => `${PARTS[kind]} ${duration(ms)}`).join(', ')
  return (
    <span class="bar" role="img" aria-label={label} title={`${duration(wallMs)}: ${label}`}>
      {parts.map(({ kind, ms }) => (
        <i key={kind} class={`part-${kind}`} style={{ width: `${(100 * ms) / of}%` }} />
      ))}
    </span>
  )
}

/** The share of the largest row; the figure is next to the bar. */
export function ShareBar({ value, of }: { value: number; of: number }) {
  const width = of > 0 ? Math.min(100, (100 * value) / of) : 0
  return (
    <span class="bar share" aria-hidden="true">
      <i style={{ width: `${width}%` }} />
    </span>
  )
}

export function TimeLegend() {
  return <Legend entries={Object.entries(PARTS).map(([kind, text]) => ({ style: `part-${kind}`, text }))} />
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
  /** The sum of the phases in milliseconds. */
  readonly wallMs: number
  readonly caption: string
  /** The target of a phase's link; undefined: no links. */
  readonly link: ((phase: Phase) => string) | undefined
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
              <th scope="row">{link === undefined ? phase : <a href={link(phase)}>{phase}</a>}</th>
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
  /** A class, if the sample is not a plain colour. */
  readonly style?: string
}

/** The meaning of colours and marks. `children` come before the entries. */
export function Legend(props: { entries: readonly LegendEntry[]; children?: ComponentChildren }) {
  const { entries, children } = props
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
