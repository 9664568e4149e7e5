import { describe, expect, jest, test } from '@jest/globals'

let now = 0
let cpu: number | undefined
jest.unstable_mockModule('../../../src/collect/clock.js', () => ({
  monotonicMicros: () => now,
  threadCpuMicros: () => cpu,
}))
const { ClockLog } = await import('../../../src/collect/events/boundary-logs.js')

describe('ClockLog', () => {
  test('records the thread’s CPU time at each tick', () => {
    const log = new ClockLog()
    for (const [moment, ran] of [
      [1000, 50],
      [1100, 60],
    ] as const) {
      now = moment
      cpu = ran
      log.tick()
    }
    expect(log.columns(1000)).toMatchObject({ time: [0, 100], cpu: [50, 60] })
  })

  test.each([
    ['linux', 4000],
    ['win32', 15_625],
    ['darwin', 0],
  ])('knows the step of the system’s clock: on %s %d µs', (platform, step) => {
    const own = process.platform
    cpu = 50
    const log = new ClockLog()
    log.tick()
    try {
      Object.defineProperty(process, 'platform', { value: platform })
      expect(log.columns(0)?.step).toBe(step)
    } finally {
      Object.defineProperty(process, 'platform', { value: own })
    }
  })

  test('has no columns when Node cannot read the thread’s CPU time', () => {
    cpu = undefined
    const log = new ClockLog()
    log.tick()
    expect(log.columns(1000)).toBeNull()
  })
})
