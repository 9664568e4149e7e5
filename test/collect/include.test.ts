import { describe, expect, test } from '@jest/globals'
import type { Config } from '@jest/types'
import { isIncluded } from '../../src/collect/profiled-environment.js'
import { attachRunLink, findRunLink, type RunLink, withoutRunLink } from '../../src/collect/run-link.js'

const link: RunLink = {
  runId: 'run',
  startedAt: { epochMs: 1_700_000_000_000, micros: 5000 },
  incoming: '/project/.jest-profiler/run/recordings/incoming',
  engine: 'inspector',
  engineModule: null,
  samplingIntervalMicros: 1000,
  waits: 'auto',
  stallSeconds: 0,
  inBand: false,
  memory: false,
  include: ['^src/.*$'],
  displayRoot: '/project',
}

describe('isIncluded', () => {
  test('matches patterns against the path relative to the display root', () => {
    expect(isIncluded(link, '/project/src/a.test.js')).toBe(true)
    expect(isIncluded(link, '/project/lib/src/a.test.js')).toBe(false)
    expect(isIncluded({ ...link, include: ['^lib/', '^src/'] }, '/project/src/a.test.js')).toBe(true)
  })

  test('is true for every file when there are no patterns', () => {
    expect(isIncluded({ ...link, include: null }, '/elsewhere/a.test.js')).toBe(true)
  })

  test('matches Windows paths with forward slashes', () => {
    expect(isIncluded({ ...link, displayRoot: 'C:\\project' }, 'C:\\project\\src\\a.test.js')).toBe(true)
  })

  test('does not match a sibling folder whose name begins like the display root’s', () => {
    expect(isIncluded({ ...link, include: ['^e2e/'] }, '/project-e2e/a.test.js')).toBe(false)
  })
})

describe('the run link', () => {
  const globalConfig = (reporters: unknown) => ({ reporters }) as Config.GlobalConfig

  test('is found on the options of the reporter that it was attached to', () => {
    const options = { topN: 3 }
    attachRunLink(options, link)
    const reporters = ['default', ['other', undefined], ['another', {}], ['jest-profiler/reporter', options]]
    expect(findRunLink(globalConfig(reporters))).toEqual(link)
    expect(withoutRunLink(options)).toEqual({ topN: 3 })
  })

  test('is replaced when another one is attached', () => {
    const options = {}
    attachRunLink(options, link)
    attachRunLink(options, { ...link, samplingIntervalMicros: 5000 })
    expect(findRunLink(globalConfig([['r', options]]))?.samplingIntervalMicros).toBe(5000)
  })

  test('is undefined in a run without the profiler’s reporter', () => {
    expect(findRunLink(globalConfig(undefined))).toBeUndefined()
    expect(findRunLink(globalConfig([['default', {}], 'verbose']))).toBeUndefined()
  })
})
