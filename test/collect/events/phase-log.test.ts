import { beforeEach, describe, expect, jest, test } from '@jest/globals'

let now = 0
jest.unstable_mockModule('../../../src/collect/clock.js', () => ({ monotonicMicros: () => now }))
const { PhaseLog } = await import('../../../src/collect/events/phase-log.js')

const TEST = '/project/a.test.js'
const AFTER = '/project/after.js'

function phases() {
  const ticks: number[] = []
  const clock = { tick: () => ticks.push(now) }
  const log = new PhaseLog({ testPath: TEST, setupFilesAfterEnv: [AFTER], start: now, clock })
  /** Each call comes ten microseconds after the one before. */
  const later = (...calls: (() => void)[]) => {
    for (const call of calls) {
      now += 10
      call()
    }
  }
  return { log, later, ticks, shown: () => log.starts(1000).map(({ phase, start }) => `${phase} ${start}`) }
}

beforeEach(() => {
  now = 1000
})

describe('PhaseLog', () => {
  test('follows Jest through a file: set-up files, setup, framework, set-up files after it, imports, teardown', () => {
    const { log, later, shown } = phases()
    later(
      () => log.enter('other'),
      () => log.entryBegins('/project/setup.js'),
      () => log.entryEnds('/project/setup.js'),
      () => log.entryBegins('/project/more.js'),
      () => log.entryEnds('/project/more.js'),
      () => log.enter('environment'),
      () => log.setupEnds(),
      () => log.frameworkLoaded({ observed: true }),
      () => log.entryBegins(AFTER),
      () => log.entryEnds(AFTER),
      () => log.entryBegins(TEST),
      () => log.entryEnds(TEST),
      () => log.enter('teardown'),
    )
    expect(shown()).toEqual([
      'environment 0',
      'other 10',
      'setupFiles 20',
      'environment 60',
      'framework 70',
      'setupFilesAfterEnv 90',
      'imports 110',
      'other 120',
      'teardown 130',
    ])
  })

  test('what the framework loads for itself, as serializers of snapshots, is no set-up file', () => {
    const { log, later, shown } = phases()
    later(
      () => log.setupEnds(),
      () => log.frameworkLoaded({ observed: true }),
      () => log.entryBegins('/project/serializer.js'),
      () => log.entryEnds('/project/serializer.js'),
      () => log.entryBegins(AFTER),
    )
    expect(shown()).toEqual(['environment 0', 'framework 10', 'setupFilesAfterEnv 50'])
  })

  test('where the runtime cannot be observed, all from the framework on is imports until the tests run', () => {
    const { log, later, shown } = phases()
    later(
      () => log.enter('environment'),
      () => log.setupEnds(),
      () => log.frameworkLoaded({ observed: false }),
      () => log.enter('other'),
    )
    expect(shown()).toEqual(['environment 0', 'framework 20', 'imports 30', 'other 40'])
  })

  test('a test runner that reports no tests runs them after the test file was loaded', () => {
    const { log, later, shown } = phases()
    later(
      () => log.setupEnds(),
      () => log.entryBegins(TEST),
      () => log.entryEnds(TEST),
    )
    expect(shown()).toEqual(['environment 0', 'framework 10', 'imports 20', 'tests 30'])
  })

  test('a test file that is a set-up file too is one before the environment is up', () => {
    const { log, later, shown } = phases()
    later(() => log.entryBegins(TEST))
    expect(shown()).toEqual(['environment 0', 'setupFiles 10'])
  })

  test('entering the phase that is under way begins no other, and the thread’s clock is read at each beginning', () => {
    const { log, later, shown, ticks } = phases()
    later(
      () => log.enter('other'),
      () => log.enter('other'),
      () => log.enter('teardown'),
    )
    expect(shown()).toEqual(['environment 0', 'other 10', 'teardown 30'])
    expect(ticks).toEqual([1000, 1010, 1030])
  })
})
