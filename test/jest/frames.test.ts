import { describe, expect, test } from '@jest/globals'
import {
  callsTransformer,
  coverageWork,
  followsHandles,
  handlesStacks,
  loadsModule,
} from '../../src/jest/frames.js'
import { JESTS, publishedCode } from '../support/jests.js'

/** Functions of Jest by package, with the predicate that recognizes their frames. */
const FUNCTIONS: readonly [owner: string, names: string[], isMeant: (frame: Frame) => boolean][] = [
  ['jest-runtime', ['requireModule', 'requireModuleOrMock'], loadsModule],
  ['jest-runtime', ['getAllCoverageInfoCopy'], frame => coverageWork(frame) === 'copying'],
  [
    'jest-runtime',
    ['collectV8Coverage', 'stopCollectingV8Coverage', 'getAllV8CoverageInfoCopy'],
    frame => coverageWork(frame) === 'v8',
  ],
  ['jest-util', ['ErrorWithStack'], handlesStacks],
  [
    'jest-message-util',
    ['formatStackTrace', 'getStackTraceLines', 'getTopFrame', 'separateMessageFromStack'],
    handlesStacks,
  ],
  ['@jest/core', ['initHook', 'stackIsFromUser', 'destroy'], followsHandles],
  ['@jest/transform', ['transformSource', '_buildTransformResult'], callsTransformer],
]

interface Frame {
  name: string
  package: string
}

describe.each(JESTS)('function names of Jest %s', (version, jest) => {
  test.each(FUNCTIONS)('in %s include %s, and are recognized', (owner, names, isMeant) => {
    const code = publishedCode(jest, owner)
    for (const name of names) {
      expect(code).toMatch(new RegExp(`\\b${name}\\b`))
      expect([name, isMeant({ name, package: owner })]).toEqual([name, true])
      expect([name, isMeant({ name, package: 'shop' })]).toEqual([name, false])
    }
  })

  test('include the method that loads a module, with an underscore until Jest 29', () => {
    const name = version === '29.7' ? '_loadModule' : 'loadModule'
    expect(publishedCode(jest, 'jest-runtime')).toMatch(new RegExp(`^  ${name}\\(`, 'm'))
    expect(loadsModule({ name, package: 'jest-runtime' })).toBe(true)
  })

  test('include requireAndTranspileModule, which is no call of a transformer', () => {
    const name = 'requireAndTranspileModule'
    expect(publishedCode(jest, '@jest/transform')).toContain(name)
    expect(callsTransformer({ name, package: '@jest/transform' })).toBe(false)
  })
})

test('functions of Jest with other names are not recognized', () => {
  const frame = { name: 'renamed', package: 'jest-runtime' }
  expect([loadsModule(frame), coverageWork(frame), handlesStacks(frame)]).toEqual([false, undefined, false])
})
