import { describe, expect, test } from '@jest/globals'
import type { Config } from '@jest/types'
import { baseEnvironmentName } from '../../src/collect/profiled-environment.js'
import { UserError } from '../../src/errors/user-error.js'

const config = (given: Partial<Config.ProjectConfig>) => given as Config.ProjectConfig
const nameFor = (profiler: unknown) => baseEnvironmentName(config({ testEnvironmentOptions: { profiler } }))

function failureOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    return (error as Error).message
  }
  throw new Error('nothing was thrown')
}

describe('baseEnvironmentName', () => {
  test('is "node" unless the options name another environment', () => {
    expect(baseEnvironmentName(config({ testEnvironmentOptions: {} }))).toBe('node')
    expect(nameFor({})).toBe('node')
    expect(nameFor({ environment: 'jsdom' })).toBe('jsdom')
  })

  test.each([
    [
      'jsdom',
      'jest-profiler: testEnvironmentOptions.profiler must be an object, got "jsdom". ' +
        "Write { environment: 'node' }.",
    ],
    [
      ['jsdom'],
      'jest-profiler: testEnvironmentOptions.profiler must be an object, got ["jsdom"]. ' +
        "Write { environment: 'node' }.",
    ],
    [
      { enviroment: 'jsdom' },
      'jest-profiler: testEnvironmentOptions.profiler has no option "enviroment". ' +
        'Only "environment" goes here; all others are the reporter\'s.',
    ],
    [
      { environment: 7 },
      'jest-profiler: testEnvironmentOptions.profiler.environment must be a name or a path, got 7. ' +
        "Write 'node', 'jsdom' or a path.",
    ],
    [
      { environment: '' },
      'jest-profiler: testEnvironmentOptions.profiler.environment must be a name or a path, got "". ' +
        "Write 'node', 'jsdom' or a path.",
    ],
  ])('rejects %j with a message that says what to write', (options, message) => {
    expect(failureOf(() => nameFor(options))).toBe(message)
  })
})
