import { Session } from 'node:inspector/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import type { Config } from '@jest/types'
import {
  callsTransformer,
  coverageWork,
  followsHandles,
  generatedPosition,
  handlesStacks,
  isBodyName,
  isModuleBody,
  linksModules,
  loadsModule,
} from '../../src/jest/frames.js'
import { moduleWrapperLength } from '../../src/jest/sandbox-scripts.js'
import { runtimeOf } from '../support/jest-runtime.js'
import { JESTS, type JestOfTests, publishedCode } from '../support/jests.js'

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
  [
    'jest-runtime',
    ['loadEsmModule', 'resolveModule'],
    frame => linksModules({ ...frame, file: '' }) === 'resolve',
  ],
  ['jest-resolve', ['resolveModuleAsync'], frame => linksModules({ ...frame, file: '' }) === 'resolve'],
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

test('Node’s classes of modules compile or join them, in whatever Jest', () => {
  const kindOf = (name: string, file = 'node:internal/vm/module') =>
    linksModules({ name, file, package: undefined })
  expect(
    ['SourceTextModule', 'Module', 'link', 'instantiate', 'evaluate', 'renamed'].map(name => kindOf(name)),
  ).toEqual([...['compile', 'compile', 'join', 'join', 'join', undefined]])
  expect(kindOf('Module', '/project/src/module.js')).toBeUndefined()
})

test('functions of Jest with other names are not recognized', () => {
  const frame = { name: 'renamed', package: 'jest-runtime' }
  expect([loadsModule(frame), coverageWork(frame), handlesStacks(frame)]).toEqual([false, undefined, false])
})

const BUSY = '{ const end = Date.now() + 50; while (Date.now() < end) {} }'
/** The body and its functions are in a CPU profile; `site` is that of a call in the body. */
const MODULE = [
  `function first() ${BUSY} first(); exports.site = siteOfCall()`,
  `function later() ${BUSY} later()`,
  `function siteOfCall() {
    Error.prepareStackTrace = (_error, sites) => sites[1]
    return new Error().stack
  }`,
].join('\n')

/** What V8 reports of `MODULE` in that Jest, with 0-based positions. */
async function placesOf(jest: JestOfTests) {
  const { rootDir, create } = await runtimeOf(jest, { 'test.js': MODULE })
  const path = join(rootDir, 'test.js')
  const wrapperLength = moduleWrapperLength(jest.location as Config.ProjectConfig)
  const runtime = create()
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.start')
  const { site } = runtime.requireModule(path) as { site: NodeJS.CallSite }
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  runtime.teardown()
  const functions = profile.nodes
    .map(({ callFrame: { functionName: name, url, lineNumber: line, columnNumber: column } }) => {
      return { url, name, line, column, wrapperLength }
    })
    .filter(({ url }) => url === pathToFileURL(path).href)
  const [line, column] = [site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0]
  return {
    functions,
    site: { name: site.getFunctionName() ?? '', line: line - 1, column: column - 1, wrapperLength },
  }
}

describe.each(JESTS)('functions and calls in a module of Jest %s', (_version, jest) => {
  test('are at their positions in its source, and the body of the module is recognized', async () => {
    const { functions, site } = await placesOf(jest)
    const named = (name: string) => functions.filter(entry => entry.name === name).map(generatedPosition)
    expect(named('first')).toEqual([{ line: 1, column: MODULE.indexOf('first(') + 'first('.length }])
    expect(named('later')).toEqual([{ line: 2, column: 'function later('.length }])
    expect(generatedPosition(site)).toEqual({ line: 1, column: MODULE.indexOf('siteOfCall') + 1 })
    expect(isBodyName(site.name)).toBe(true)
    expect(functions.filter(isModuleBody).map(({ name }) => name)).toEqual([site.name])
    expect(functions.length).toBeGreaterThan(2)
  })
})
