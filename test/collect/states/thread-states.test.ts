import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import type { CallTreeColumns } from '../../../src/collect/call-tree-columns.js'
import { monotonicMicros } from '../../../src/collect/clock.js'
import { ThreadStates } from '../../../src/collect/states/thread-states.js'

/** Microseconds. */
const LONG = 200_000

/** Records the states while `work` runs, and returns for how long each lasted, in microseconds by its name. */
async function timesOf(work: (states: ThreadStates) => unknown) {
  const states = new ThreadStates()
  const start = monotonicMicros()
  states.boundary(start)
  await work(states)
  states.boundary(monotonicMicros())
  await states.settle()
  const now = monotonicMicros()
  const { columns } = states.end(start, now)
  return { times: sumsOf(columns, now - start), columns, start, whole: now - start }
}

function sumsOf({ functions, nodes, samples }: CallTreeColumns, end: number): Record<string, number> {
  const sums: Record<string, number> = {}
  samples.node.forEach((node, sample) => {
    const name = functions.name[nodes.function[node] ?? -1] ?? ''
    const until = samples.time[sample + 1] ?? end
    sums[name] = (sums[name] ?? 0) + until - (samples.time[sample] ?? Number.NaN)
  })
  return sums
}

describe('ThreadStates', () => {
  test('cover the recording in the order of time', async () => {
    const { times, columns, whole } = await timesOf(() => sleep(20))
    const { time } = columns.samples
    expect(time[0]).toBe(0)
    expect(time).toEqual(time.toSorted((a, b) => a - b))
    expect(new Set(time).size).toBe(time.length)
    expect(Object.values(times).reduce((sum, micros) => sum + micros, 0)).toBe(whole)
  })

  test('tell idle time, wherever the event loop waits', async () => {
    const { times } = await timesOf(() => sleep(LONG / 1000))
    expect(times['(idle)']).toBeGreaterThan(0.5 * LONG)
    expect(times['(blocked)'] ?? 0).toBeLessThan(0.1 * LONG)
  })

  test('end an idle span when the event loop wakes up', async () => {
    const woken: number[] = []
    const { columns, start } = await timesOf(async states => {
      for (let turn = 0; turn < 2; turn++) {
        await sleep(30)
        woken.push(monotonicMicros())
        states.wokeUp(woken.at(-1) ?? 0)
        const end = monotonicMicros() + 30_000
        while (monotonicMicros() < end);
      }
    })
    const { node, time } = columns.samples
    const idle = node.flatMap((state, sample) => (columns.functions.name[state] === '(idle)' ? sample : []))
    const ends = idle.map(sample => time[sample + 1] ?? Number.NaN)
    expect(ends).toEqual(expect.arrayContaining(woken.map(at => at - start)))
  })

  test('tell garbage collections', async () => {
    const { times } = await timesOf(() => {
      let kept: unknown[] = []
      for (let index = 0; index < 3_000_000; index++) kept = [kept[1], { index }]
      return kept
    })
    expect(times['(garbage collector)']).toBeGreaterThan(0)
  })

  // Linux accounts for the time without a core.
  const onLinux = existsSync('/proc/thread-self/schedstat') ? test : test.skip

  onLinux('tell time in synchronous calls that wait, but not that of computing', async () => {
    const { times } = await timesOf(() => {
      execFileSync(process.execPath, ['-e', `setTimeout(() => {}, ${LONG / 1000})`])
    })
    expect(times['(blocked)']).toBeGreaterThan(0.5 * LONG)
    const busy = await timesOf(() => {
      const end = process.cpuUsage().user + LONG
      while (process.cpuUsage().user < end);
    })
    expect(busy.times['(blocked)'] ?? 0).toBeLessThan(0.2 * LONG)
  })

  onLinux('see blocked time only where boundaries were read', () => {
    const states = new ThreadStates()
    expect(states.unknownParts).toContain('blocked time')
    states.boundary(monotonicMicros())
    expect(states.unknownParts).not.toContain('blocked time')
    states.end(0, monotonicMicros())
  })
})
