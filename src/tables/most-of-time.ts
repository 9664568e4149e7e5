// What a test or hook mostly did with its wall time, in two words.

import { duration, percent } from '../report/views/figures.js'
import type { TimeParts } from './cell.js'
import { isRough } from './columns.js'

/** The part that took half of it or more, such as `waits 80 %`; else how much CPU time it took. */
export function mostOfTime(times: TimeParts): string {
  const { wallMs, cpuMs, readyMs, blockedMs, idleMs, importsMs = null } = times
  if (cpuMs === null || idleMs === null) return 'CPU –'
  const parts = { 'no core': readyMs, waits: idleMs, imports: importsMs, blocked: blockedMs }
  const [most] = Object.entries(parts).flatMap(([name, ms]) =>
    ms !== null && ms >= wallMs / 2 ? `${name} ${percent(ms, wallMs)}` : [],
  )
  return most ?? `CPU ${isRough(times) ? '~' : ''}${duration(cpuMs)}`
}
