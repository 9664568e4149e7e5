import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { schedulerClock } from '../../src/collect/clock.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** Of a thread of which this is told, first at its start. */
function clockOf(told: string) {
  const path = join(temporaryFolder(), 'schedstat')
  writeFileSync(path, told)
  return { path, clock: schedulerClock(path) }
}

describe('schedulerClock', () => {
  test('reports for how long the thread has run by now, in microseconds', () => {
    const { path, clock } = clockOf('66038579 39618 7\n')
    expect(clock()).toBe(66_038)
    writeFileSync(path, '213826594 218154 13\n')
    expect(clock()).toBe(213_826)
  })

  test('reports nothing where the kernel does not count, or there is no such file', () => {
    expect(clockOf('0 0 0\n').clock()).toBeUndefined()
    expect(clockOf('').clock()).toBeUndefined()
    expect(schedulerClock(join(temporaryFolder(), 'nothing'))()).toBeUndefined()
  })

  test('is that of this thread on Linux, and does not go back', () => {
    const ran = schedulerClock()
    const before = ran()
    const system = '/proc/thread-self/schedstat'
    const counts = existsSync(system) && !readFileSync(system, 'utf8').startsWith('0 ')
    expect(before !== undefined).toBe(counts)
    expect((ran() ?? 0) - (before ?? 0)).toBeGreaterThanOrEqual(0)
  })
})
