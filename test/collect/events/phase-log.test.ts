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
  /** Makes the calls at intervals of ten microseconds. */
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
  test('records the phases of a file in Jest’s order', () => {
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

  test('keeps modules that the framework loads, such as snapshot serializers, in the framework phase', () => {
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

  test('extends the imports phase to the first test when the runtime cannot be observed', () => {
    const { log, later, shown } = phases()
    later(
      () => log.enter('environment'),
      () => log.setupEnds(),
      () => log.frameworkLoaded({ observed: false }),
      () => log.enter('other'),
    )
    expect(shown()).toEqual(['environment 0', 'framework 20', 'imports 30', 'other 40'])
  })

  test('starts the tests phase after the test file is loaded when the test runner reports no tests', () => {
    const { log, later, shown } = phases()
    later(
      () => log.setupEnds(),
      () => log.entryBegins(TEST),
      () => log.entryEnds(TEST),
    )
    expect(shown()).toEqual(['environment 0', 'framework 10', 'imports 20', 'tests 30'])
  })

  test('counts a test file that is loaded before the environment is set up as a set-up file', () => {
    const { log, later, shown } = phases()
    later(() => log.entryBegins(TEST))
    expect(shown()).toEqual(['environment 0', 'setupFiles 10'])
  })

  test('ignores entering the current phase again, and reads the thread’s clock at each start of a phase', () => {
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
