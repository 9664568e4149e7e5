// The clocks of a recording, taken when this module is loaded: a test that replaces them later does not reach us.

const { hrtime } = process
const { now } = Date
const nanoseconds = hrtime.bigint.bind(hrtime)
type ThreadCpuUsage = () => { user: number; system: number }
const threadCpuUsage = (process as { threadCpuUsage?: ThreadCpuUsage }).threadCpuUsage?.bind(process)

/** Microseconds on the monotonic clock that V8 stamps its samples with. */
export function monotonicMicros(): number {
  return Math.floor(Number(nanoseconds()) / 1000)
}

/** CPU time of this thread in microseconds, or null where Node has no such clock (before 22.19 and 23.9). */
export function threadCpuMicros(): number | null {
  if (threadCpuUsage === undefined) return null
  const { user, system } = threadCpuUsage()
  return user + system
}

/** Milliseconds since the epoch. */
export function epochMs(): number {
  return now()
}
