import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { schedulerClock } from '../../src/collect/clock.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** The clock of a thread with the given schedstat file, and the path of that file. */
function clockOf(told: string) {
  const path = join(temporaryFolder(), 'schedstat')
  writeFileSync(path, told)
  return { path, clock: schedulerClock(path) }
}

describe('schedulerClock', () => {
  test('returns the thread’s CPU time and its time without a core in microseconds', () => {
    const { path, clock } = clockOf('66038579 39618 7\n')
    expect(clock()).toEqual({ ran: 66_038, delayed: 39 })
    writeFileSync(path, '213826594 2139618 13\n')
    expect(clock()).toEqual({ ran: 213_826, delayed: 2139 })
  })

  test('returns undefined when the kernel does not count, or the file is missing', () => {
    expect(clockOf('0 0 0\n').clock()).toBeUndefined()
    expect(clockOf('').clock()).toBeUndefined()
    expect(schedulerClock(join(temporaryFolder(), 'nothing'))()).toBeUndefined()
  })

  test('reads this thread’s time on Linux, and never decreases', () => {
    const ran = schedulerClock()
    const before = ran()
    const system = '/proc/thread-self/schedstat'
    const counts = existsSync(system) && !readFileSync(system, 'utf8').startsWith('0 ')
    expect(before !== undefined).toBe(counts)
    expect((ran()?.ran ?? 0) - (before?.ran ?? 0)).toBeGreaterThanOrEqual(0)
    expect((ran()?.delayed ?? 0) - (before?.delayed ?? 0)).toBeGreaterThanOrEqual(0)
  })
})
