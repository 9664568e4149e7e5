// The Firefox Profiler shows tracks, markers, and the samples of one test.

import { describe, expect } from '@jest/globals'
import { toFirefox } from '../../src/formats/profiles/firefox.js'
import { drawnRun } from '../support/drawn-run.js'
import { firefoxProfiler } from './support/firefox-profiler.js'
import { findReader, testWith } from './support/readers.js'

interface ThreadList {
  threads: { threadHandle: string; name: string; processName: string; cpuMs: number; markerCount: number }[]
}

interface ThreadMarkers {
  flatMarkers: {
    handle: string
    name: string
    label: string
    start: number
    duration: number
    hasStack: boolean
  }[]
}

interface ThreadSamples {
  weightType: string
  topFunctionsBySelf: { name: string; selfSamples: number }[]
  categoryBreakdown: { categories: { name: string; samples: number }[] }
}

const testWithReader = testWith(await findReader('@firefox-devtools/profiler-cli', firefoxProfiler))

function draw(): string {
  const { profile, report } = drawnRun()
  return toFirefox(profile, report)
}

describe('the Firefox Profiler', () => {
  testWithReader('has a track for each worker, with its CPU time', async profiler => {
    await profiler.load(draw(), async query => {
      const { threads } = await query<ThreadList>('thread', 'list')
      expect(threads.map(({ name, processName, cpuMs }) => [name, processName, cpuMs])).toEqual([
        ['Worker 1', 'Jest worker 1', 80],
        ['Worker 2', 'Jest worker 2', 50],
      ])
    })
  })

  testWithReader(
    'shows files, phases, tests, hooks and waits as markers with their times',
    async profiler => {
      await profiler.load(draw(), async query => {
        const { flatMarkers } = await query<ThreadMarkers>('thread', 'markers', '--thread', 't-0', '--list')
        expect(
          flatMarkers.map(({ name, label, start, duration }) => `${start}+${duration} ${name}: ${label}`),
        ).toEqual([
          '10+100 Test file: cart.test.js',
          '10+2 Phase: environment',
          '12+7 Phase: imports',
          '19+86 Phase: other',
          '20+25 Test: cart › adds up',
          '46+54 Test: cart › waits',
          '46+2 Hook: beforeEach of cart',
          '50+20 Wait: (waiting) sleep',
          '105+5 Phase: teardown',
        ])
        expect(flatMarkers.filter(({ hasStack }) => hasStack).map(({ name }) => name)).toEqual(['Wait'])
      })
    },
  )

  testWithReader('shows concurrent tests beside each other', async profiler => {
    await profiler.load(draw(), async query => {
      const list = ['thread', 'markers', '--thread', 't-1', '--search', 'JestTest', '--list']
      const { flatMarkers } = await query<ThreadMarkers>(...list)
      expect(flatMarkers.map(({ label, start, duration }) => [label, start, duration])).toEqual([
        ['gets', 40, 50],
        ['puts', 45, 60],
      ])
    })
  })

  testWithReader('has the samples of one test', async profiler => {
    await profiler.load(draw(), async query => {
      await query('filter', 'push', '--during-marker', '--search', 'waits')
      const samples = ['thread', 'samples', '--thread', 't-0', '--include-idle']
      const { weightType, topFunctionsBySelf, categoryBreakdown } = await query<ThreadSamples>(...samples)
      expect(weightType).toBe('tracing-ms')
      const withSelfTime = topFunctionsBySelf.filter(({ selfSamples }) => selfSamples > 0)
      expect(withSelfTime.map(({ name, selfSamples }) => [name, selfSamples])).toEqual([
        ['price', 40],
        ['(waiting)', 20],
      ])
      expect(categoryBreakdown.categories.map(({ name, samples: time }) => [name, time])).toEqual([
        ['Source', 40],
        ['Idle', 20],
      ])
    })
  })
})
