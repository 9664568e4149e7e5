// Chrome's performance panel shows tracks, nested slices, and calls below tests.

import { describe, expect } from '@jest/globals'
import { toTrace } from '../../src/formats/profiles/trace.js'
import { drawnRun } from '../support/drawn-run.js'
import { findReader, testWith } from './support/readers.js'
import { tracePanel } from './support/trace-panel.js'

const testWithReader = testWith(await findReader('@paulirish/trace_engine', tracePanel))

function draw(): string {
  const { profile, report } = drawnRun()
  return toTrace(profile, report)
}

describe('Chrome’s performance panel', () => {
  testWithReader('has a track for each worker', async panel => {
    const threads = await panel.read(draw())
    expect(threads.map(({ name }) => name)).toEqual(['Worker 1', 'Worker 2'])
  })

  testWithReader('draws files, phases, tests and hooks nested in each other', async panel => {
    const [worker] = await panel.read(draw())
    const slices = worker?.entries.filter(({ isCall }) => !isCall)
    expect(slices?.map(({ name, start, duration }) => `${start}+${duration} ${name}`)).toEqual([
      '10000+100000 cart.test.js',
      '10000+2000 environment',
      '12000+7000 imports',
      '20000+25000 cart › adds up',
      '46000+54000 cart › waits',
      '46000+2000 beforeEach of cart',
      '105000+5000 teardown',
    ])
    expect(slices?.find(({ name }) => name === 'beforeEach of cart')?.depth).toBe(2)
  })

  testWithReader('draws a flame chart of the samples, below the tests', async panel => {
    const [first, second] = await panel.read(draw())
    const calls = (entries = first?.entries) =>
      entries
        ?.filter(({ isCall }) => isCall)
        .map(({ name, start, duration, depth }) => `${'  '.repeat(depth)}${name} ${start}+${duration}`)
    expect(calls()).toEqual([
      '    (not sampled) 10000+1000',
      '    load 11000+1000',
      '    total 20500+24500',
      '      add 30000+15000',
      '    price 70000+30000',
    ])
    expect(calls(second?.entries)).toEqual([
      '  (not sampled) 30000+1000',
      '  load 31000+9000',
      '  send 40000+40000',
    ])
  })
})
