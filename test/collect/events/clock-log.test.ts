import { describe, expect, jest, test } from '@jest/globals'

let now = 0
let cpu: number | undefined
jest.unstable_mockModule('../../../src/collect/clock.js', () => ({
  monotonicMicros: () => now,
  threadCpuMicros: () => cpu,
}))
const { ClockLog } = await import('../../../src/collect/events/boundary-logs.js')

describe('ClockLog', () => {
  function columnsOf(ticks: readonly (readonly [moment: number, ran: number])[]) {
    const log = new ClockLog()
    for (const [moment, ran] of ticks) {
      now = moment
      cpu = ran
      log.tick()
    }
    return log.columns(1000)
  }

  test('records the thread’s CPU time at each tick', () => {
    const ticks = [
      [1000, 50],
      [2100, 60],
    ] as const
    expect(columnsOf(ticks)).toMatchObject({ time: [0, 1100], cpu: [50, 60] })
  })

  test('ticks within a fifth of a millisecond share a reading, which is not shared for longer', () => {
    const ticks = [
      [1000, 50],
      [1150, 60],
      [1199, 70],
      [1200, 80],
      [1390, 90],
    ] as const
    expect(columnsOf(ticks)).toMatchObject({ time: [0, 200], cpu: [50, 80] })
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
