// The clocks of a recording, taken when this module is loaded: a test that replaces them later does not reach us.

const { hrtime } = process
const { now } = Date
const nanoseconds = hrtime.bigint.bind(hrtime)

/** Microseconds on the monotonic clock that V8 stamps its samples with. */
export function monotonicMicros(): number {
  return Math.floor(Number(nanoseconds()) / 1000)
}

/** Milliseconds since the epoch. */
export function epochMs(): number {
  return now()
}
