// For how long the thread really ran within a window, by its own clock.

import type { ThreadClock } from '../collect/recording.js'
import { at } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'

interface Window {
  start: Microseconds
  end: Microseconds
}

/** For windows in order; between two readings of the clock its time is shared out evenly. */
export function threadTime({ time, cpu }: ThreadClock): (window: Window) => Microseconds {
  const next = readingsIn(time)
  const clockAt = (moment: Microseconds): Microseconds => {
    const after = next(moment)
    if (after === 0) return at(cpu, 0)
    if (after >= time.length) return at(cpu, time.length - 1)
    const [from, to] = [at(time, after - 1), at(time, after)]
    const share = to > from ? (moment - from) / (to - from) : 0
    return at(cpu, after - 1) + share * (at(cpu, after) - at(cpu, after - 1))
  }
  return ({ start, end }) => {
    const from = clockAt(start)
    return clockAt(end) - from
  }
}

/** The first reading after a moment; moments come in ascending order, but for the end of one window. */
function readingsIn(time: readonly Microseconds[]): (moment: Microseconds) => number {
  let next = 0
  return moment => {
    while (next > 0 && at(time, next - 1) > moment) next--
    while (next < time.length && at(time, next) <= moment) next++
    return next
  }
}
