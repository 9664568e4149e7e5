// Figures in text, and bars beside them.

import type { PhaseTimes } from '../../report/file-report.js'
import { duration } from '../../report/views/figures.js'

/** An en dash where it is not known. */
export function Duration({ ms }: { ms: number | null | undefined }) {
  if (ms === null || ms === undefined) return <span title="not known">–</span>
  return ms === 0 ? <span class="zero">0</span> : duration(ms)
}

type BarTimes = Pick<PhaseTimes, 'wallMs' | 'cpuMs' | 'readyMs' | 'blockedMs' | 'idleMs' | 'gcMs'>

/** What a span of time was made of: running, collecting garbage, without a core, blocked, waiting. `of`: what a full bar stands for. */
export function TimeBar({ times, of }: { times: BarTimes; of: number }) {
  const { wallMs, cpuMs, readyMs, blockedMs, idleMs, gcMs } = times
  const parts = [
    ['cpu', Math.max(0, cpuMs - gcMs), 'CPU'],
    ['gc', gcMs, 'garbage collection'],
    ['ready', readyMs ?? 0, 'no core'],
    ['blocked', blockedMs, 'blocked'],
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
export function ShareBar({ value, of, colour }: { value: number; of: number; colour?: string }) {
  const width = of > 0 ? Math.min(100, (100 * value) / of) : 0
  return (
    <span class="bar share" aria-hidden="true">
      <i style={{ width: `${width}%`, ...(colour === undefined ? {} : { background: colour }) }} />
    </span>
  )
}

export function TimeLegend() {
  return (
    <p class="legend">
      <span>
        <i class="part-cpu" /> CPU
      </span>
      <span>
        <i class="part-gc" /> garbage collection
      </span>
      <span>
        <i class="part-ready" /> no core
      </span>
      <span>
        <i class="part-blocked" /> blocked in a synchronous call
      </span>
      <span>
        <i class="part-idle" /> waiting
      </span>
    </p>
  )
}
