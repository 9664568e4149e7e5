// What is won where all workers end at the same time.

import type { ScheduleReport } from '../report.js'

/** Of the time until the last worker ended: what less could be won is not worth a word. */
const LEAST_GAIN = 0.05

/** What workers that all end at the same time would win, in milliseconds; 0 where that is little. */
export function gainOfBalance({ workers, balancedWallMs }: ScheduleReport): number {
  const end = workers.reduce((last, { endedAtMs }) => Math.max(last, endedAtMs), 0)
  const gain = end - balancedWallMs
  return gain >= LEAST_GAIN * end ? gain : 0
}
