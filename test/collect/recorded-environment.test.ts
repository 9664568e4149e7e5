import { describe, expect, test } from '@jest/globals'
import { profiledEnvironment, recordedEnvironment } from '../../src/collect/profiled-environment.js'

class Custom {
  static kind = 'custom'
  readonly #config: object
  constructor(config: object) {
    this.#config = config
  }
  get config(): object {
    return this.#config
  }
}

describe('recordedEnvironment', () => {
  test('leaves environments unchanged in a run without the profiler’s reporter', () => {
    const Environment = recordedEnvironment(Custom)
    const config = { globalConfig: { reporters: [['default', {}]] }, projectConfig: {} }
    const environment = new Environment(config)
    expect(environment).toBeInstanceOf(Custom)
    expect(environment.constructor).toBe(Custom)
    expect(environment.config).toBe(config)
    expect(Environment.kind).toBe('custom')
    expect(Object.getOwnPropertyNames(environment)).toEqual([])
  })

  test('returns the profiler’s own environment classes, which record themselves, unchanged', () => {
    const Own = profiledEnvironment(() => 'node')
    expect(recordedEnvironment(Own)).toBe(Own)
  })

  test('records nothing that another copy of the package records, and keeps its options', () => {
    const Environment = recordedEnvironment(Custom) as unknown as new (...args: object[]) => Custom
    const reporters = [
      ['/another/copy/reporter.js', { jestProfilerRun: { include: null, displayRoot: '/' } }],
    ]
    const projectConfig = { testEnvironmentOptions: { profiler: 'theirs' } }
    const config = { globalConfig: { reporters }, projectConfig }
    const context = { testPath: '/a.test.js', [Symbol.for('jest-profiler.recorded')]: true }
    const environment = new Environment(config, context)
    expect(environment.config).toBe(config)
    expect(Object.getOwnPropertyNames(environment)).toEqual([])
  })
})
