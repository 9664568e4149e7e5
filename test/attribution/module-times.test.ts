import { basename } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { importsOfTests } from '../../src/attribution/module-loads.js'
import { type ModuleTimes, moduleTimes } from '../../src/attribution/module-times.js'
import { timeOfTests } from '../../src/attribution/timeline.js'
import type { Frame } from '../../src/profile/profile.js'
import type { ModuleLoads } from '../../src/recording/recording.js'
import { anyRecording } from '../support/any-recording.js'
import { esModule, modulesOf, NO_LOOKUPS, script } from '../support/modules.js'
import { type DrawnRecording, resolvedFromText, span } from '../support/recording.js'

const timesOf = (modules: ModuleLoads, given: DrawnRecording = {}) =>
  moduleTimes(resolvedFromText('0\nA', { modules, ...given }))

const nameOf = (path: string) => basename(path, '.js')

/** `name self/total saved`. */
function shown(times: readonly ModuleTimes[]): string[] {
  return times.map(({ path, self, total, saved }) => `${nameOf(path)} ${self}/${total} ${saved}`)
}

function only(times: readonly ModuleTimes[], name: string): ModuleTimes {
  const found = times.filter(({ path }) => nameOf(path) === name)
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} modules are ${name}`)
  return found[0]
}

describe('moduleTimes of modules that require each other', () => {
  test('self time is the time of the call without the calls inside it', () => {
    const modules = modulesOf([
      script('test', [0, 100], [script('a', [10, 70], [script('b', [20, 50])]), script('c', [80, 90])]),
    ])
    expect(shown(timesOf(modules))).toEqual(['a.test 30/100 100', 'a 30/60 60', 'b 30/30 30', 'c 10/10 10'])
  })

  test('modules that a transformer loads count neither for the modules around them nor as their savings', () => {
    const drawn = modulesOf([
      script('test', [0, 100], [script('a', [10, 90], [script('transformer', [15, 65])])]),
    ])
    const transformer = drawn.path.findIndex(path => path.endsWith('transformer.js'))
    const importer = drawn.loads.importer.map((asking, load) =>
      drawn.loads.module[load] === transformer ? -1 : asking,
    )
    const modules: ModuleLoads = {
      ...drawn,
      transformers: [transformer],
      loads: { ...drawn.loads, importer },
      edges: { from: [0], to: [1] },
    }
    const times = timesOf(modules)
    expect(shown(times)).toEqual(['a.test 20/50 50', 'a 30/30 30', 'transformer 50/50 50'])
    expect(times.map(({ isTransformer }) => isTransformer)).toEqual([false, false, true])
    expect(only(times, 'transformer').importers).toEqual([])
  })

  test('the loads of a module are added up when the registry is reset', () => {
    const modules = modulesOf([
      script('test', [0, 10], [script('a', [5, 8])]),
      script('a', [20, 50], [], { importer: 'test', resolve: 2, transform: 3, compile: 4 }),
    ])
    expect(only(timesOf(modules), 'a')).toMatchObject({
      ...{ loads: 2, self: 33, total: 33, resolve: 2, transform: 3, compile: 4 },
    })
  })

  test('importers are listed once each, the first one first', () => {
    const modules = modulesOf(
      [
        script('setup', [0, 10], [script('a', [5, 8])]),
        script('test', [10, 100], [script('b', [20, 80], [script('c', [30, 40])])]),
      ],
      [
        ['test', 'a'],
        ['b', 'a'],
        ['b', 'c'],
      ],
    )
    const times = timesOf(modules)
    expect(only(times, 'a').importers.map(nameOf)).toEqual(['setup', 'a.test', 'b'])
    expect(only(times, 'c').importers.map(nameOf)).toEqual(['b'])
    expect(only(times, 'c').chain.map(nameOf)).toEqual(['a.test', 'b', 'c'])
    expect(only(times, 'a').chain.map(nameOf)).toEqual(['setup', 'a'])
    expect(only(times, 'a.test')).toMatchObject({ importers: [], chain: ['/project/a.test.js'] })
  })

  test('the import chain ends after a cycle or 30 modules', () => {
    const cycle = modulesOf([script('a', [0, 10], [script('b', [1, 9])], { importer: 'b' })])
    expect(only(timesOf(cycle), 'b').chain.map(nameOf)).toEqual(['a', 'b'])
    let inner = script('m99', [99, 100])
    for (let depth = 98; depth >= 0; depth--) inner = script(`m${depth}`, [depth, 200 - depth], [inner])
    const { chain } = only(timesOf(modulesOf([inner])), 'm99')
    expect([chain.length, chain.map(nameOf).at(-1)]).toEqual([30, 'm99'])
  })

  test('a module that was requested but never loaded, such as a mocked one, is left out', () => {
    const modules = modulesOf([script('test', [0, 10])], [['test', 'mocked']])
    expect(timesOf(modules).map(({ path }) => nameOf(path))).toEqual(['a.test'])
  })

  test('time belongs to the phase of the load, such as the test that requires the module', () => {
    const modules = modulesOf([
      script('test', [10, 60], [script('a', [20, 30])]),
      script('lazy', [120, 150], [script('a', [130, 140])], { importer: 'test' }),
      script('late', [950, 970], [], { importer: 'test' }),
    ])
    const times = timesOf(modules, {
      tests: [span({ index: 0, start: 100, end: 200 })],
      phases: [
        { phase: 'imports', start: 0 },
        { phase: 'other', start: 70 },
        { phase: 'teardown', start: 900 },
      ],
    })
    expect(times.map(({ path, phases }) => [nameOf(path), phases])).toEqual([
      ['a.test', { imports: 40 }],
      ['a', { imports: 10, tests: 10 }],
      ['lazy', { tests: 20 }],
      ['late', { teardown: 20 }],
    ])
  })
})

describe('moduleTimes: savings', () => {
  test('a module with two importers is saved by neither alone, but by their common importer', () => {
    const modules = modulesOf(
      [
        script(
          'test',
          [0, 100],
          [
            script(
              'outer',
              [0, 90],
              [script('one', [10, 50], [script('shared', [20, 40])]), script('two', [60, 80])],
            ),
          ],
        ),
      ],
      [['two', 'shared']],
    )
    expect(shown(timesOf(modules))).toEqual([
      'a.test 10/100 100',
      'outer 30/90 90',
      'one 20/40 20',
      'shared 20/20 20',
      'two 20/20 20',
    ])
  })

  test('savings within a test are those of the modules that this test loaded, regardless of other tests', () => {
    const modules = modulesOf([
      script('test', [0, 10], [script('kit', [2, 8])]),
      script('one', [110, 160], [script('shared', [120, 150])], { importer: 'test' }),
      script('two', [210, 260], [script('shared', [220, 250])], { importer: 'kit' }),
    ])
    const tests = [span({ index: 0, start: 100, end: 200 }), span({ index: 1, start: 200, end: 300 })]
    const recording = resolvedFromText('0\nA', { modules, tests })
    const inSecond = moduleTimes(recording, timeOfTests(recording, new Set([1])))
    expect(shown(inSecond)).toEqual(['shared 30/30 30', 'two 20/50 50'])
    expect(only(inSecond, 'shared').importers.map(nameOf)).toEqual(['two'])
    expect(only(inSecond, 'shared').chain.map(nameOf)).toEqual(['a.test', 'kit', 'two', 'shared'])
  })

  test('a module that a set-up file also imports is saved by no test file', () => {
    const modules = modulesOf(
      [script('setup', [0, 50], [script('shared', [10, 40])]), script('test', [50, 70])],
      [['test', 'shared']],
    )
    expect(shown(timesOf(modules))).toEqual(['setup 20/50 20', 'shared 30/30 30', 'a.test 20/20 20'])
  })

  test('savings are at least the module’s self time, and at most the self time of all modules', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const times = moduleTimes(recording)
        for (const { self, saved, loads } of times) {
          expect(self).toBeGreaterThanOrEqual(0)
          expect(saved).toBeGreaterThanOrEqual(self)
          expect(loads).toBeGreaterThan(0)
        }
        const all = times.reduce((sum, { self }) => sum + self, 0)
        for (const { saved } of times) expect(saved).toBeLessThanOrEqual(all)
      }),
    )
  })

  test('self times by phase add up to the self time', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        for (const { self, phases } of moduleTimes(recording))
          expect(Object.values(phases).reduce((sum, micros) => sum + micros, 0)).toBe(self)
      }),
    )
  })
})

describe('moduleTimes of ES modules', () => {
  /** A recording in which functions with names such as `a(module)` are bodies of modules. */
  function withBodies(text: string, given: DrawnRecording) {
    const recording = resolvedFromText(text, given)
    const frames = recording.frames.map((frame): Frame => {
      const [, name] = /^(\w+)\(module\)$/.exec(frame.name) ?? []
      const file = name === 'test' ? '/project/a.test.js' : `/project/src/${name}.js`
      return name === undefined ? frame : { ...frame, name: '(module)', file }
    })
    return { ...recording, frames }
  }

  const modules = modulesOf([
    esModule('test', 0, { transform: 100 }),
    esModule('a', 100, { transform: 50, importer: 'test' }),
    esModule('b', 150, { transform: 20, importer: 'a' }),
  ])
  const text = `
    200        500        900           1000
    b(module)  a(module)  test(module)  work
               work       a(module)
  `
  const recording = withBodies(text, { modules, header: { wallMicros: 1100 } })

  test('self time is the transform and the samples in the body and below it', () => {
    expect(moduleTimes(recording).map(({ path, self }) => `${nameOf(path)} ${self}`)).toEqual([
      'a.test 100',
      'a 550',
      'b 320',
    ])
  })

  test('total time includes the modules that this one imported first', () => {
    expect(moduleTimes(recording).map(({ path, total }) => `${nameOf(path)} ${total}`)).toEqual([
      'a.test 970',
      'a 870',
      'b 320',
    ])
  })

  test('total time excludes modules that were imported later, such as by a test', () => {
    const late = modulesOf([
      esModule('test', 0, { transform: 100 }),
      esModule('a', 100, { transform: 50, importer: 'test' }),
      esModule('b', 320, { transform: 20, importer: 'test' }),
      esModule('c', 340, { transform: 5, importer: 'b' }),
      script('d', [430, 450], [], { importer: 'test' }),
      esModule('e', 460, { transform: 1, importer: 'b' }),
    ])
    const times = timesOf(late, {
      tests: [span({ index: 0, start: 300, end: 400 }), span({ index: 1, start: 400, end: 500 })],
      phases: [
        { phase: 'imports', start: 0 },
        { phase: 'other', start: 200 },
      ],
    })
    expect(times.map(({ path, total }) => `${nameOf(path)} ${total}`)).toEqual([
      ...['a.test 150', 'a 50', 'b 25', 'c 5', 'd 20', 'e 1'],
    ])
  })

  test('total time of a module that is loaded again includes what was loaded with it each time', () => {
    const twice = modulesOf([
      esModule('a', 0, { transform: 10 }),
      esModule('b', 5, { transform: 1, importer: 'a' }),
      esModule('a', 300, { transform: 20 }),
      esModule('b', 305, { transform: 2, importer: 'a' }),
    ])
    const tests = [span({ index: 0, start: 200, end: 400 })]
    expect(only(timesOf(twice, { tests }), 'a')).toMatchObject({ loads: 2, total: 33 })
  })

  test('a module without a sample in its body costs only its transform', () => {
    expect(only(timesOf(modules), 'a')).toMatchObject({ self: 50, total: 70, transform: 50 })
  })

  test('a module that is loaded twice, as after jest.resetModules, counts its body’s samples once', () => {
    const twice = modulesOf([esModule('a', 0, { transform: 10 }), esModule('a', 500, { transform: 10 })])
    const times = moduleTimes(
      withBodies('100        200   600        800\na(module)  work  a(module)  work', {
        modules: twice,
        header: { wallMicros: 1000 },
      }),
    )
    expect(only(times, 'a')).toMatchObject({ loads: 2, transform: 20, self: 320 })
  })

  test('total time includes imported CommonJS modules', () => {
    const mixed = modulesOf([
      esModule('test', 0, { transform: 100 }),
      script('lib', [200, 260], [], { importer: 'test' }),
    ])
    expect(only(timesOf(mixed), 'a.test')).toMatchObject({ total: 160, saved: 160 })
  })

  test('savings include CommonJS modules that nothing else imports', () => {
    const mixed = modulesOf([
      esModule('test', 0, { transform: 100 }),
      script('lib', [200, 260], [], { importer: 'test' }),
    ])
    expect(only(timesOf(mixed), 'a.test').saved).toBe(160)
  })
})

test('a runtime that could not be observed gives no module times', () => {
  expect(moduleTimes(resolvedFromText('0\nA', { modules: null }))).toEqual([])
  expect(timesOf(modulesOf([]))).toEqual([])
})

describe('moduleTimes: time to resolve or to mock a module', () => {
  const loads = [script('test', [0, 100], [script('a', [10, 70]), script('b', [75, 80])])]

  test('belongs to that module, and not to the module that requested it', () => {
    const without = timesOf(modulesOf(loads))
    const lookups = [{ name: 'b', within: 'a', start: 20, resolve: 15, mock: 5 }]
    const times = timesOf(modulesOf(loads, [['a', 'b']], lookups))
    expect(shown(without)).toEqual(['a.test 35/100 100', 'a 60/60 60', 'b 5/5 5'])
    expect(times.map(({ path, self }) => `${nameOf(path)} ${self}`)).toEqual(['a.test 35', 'a 40', 'b 25'])
    expect(only(times, 'b')).toMatchObject({ loads: 1, resolve: 15, mock: 5, phases: { other: 25 } })
    expect(only(times, 'a')).toMatchObject({ total: 60, resolve: 0, mock: 0, phases: { other: 40 } })
  })

  test('is saved with that module, and by its importer only if nothing else imports it', () => {
    const lookups = [{ name: 'b', within: 'a', start: 20, resolve: 15 }]
    const byBoth = timesOf(modulesOf(loads, [['a', 'b']], lookups))
    expect([only(byBoth, 'a').saved, only(byBoth, 'b').saved]).toEqual([45, 20])
  })

  test('outside any load counts only for that module', () => {
    const times = timesOf(modulesOf(loads, [], [{ name: 'b', start: 200, mock: 9 }]))
    expect(times.map(({ path, self }) => `${nameOf(path)} ${self}`)).toEqual(['a.test 35', 'a 60', 'b 14'])
  })

  test('within a test is import time of that test alone', () => {
    const tests = [span({ index: 0, start: 150, end: 300 }), span({ index: 1, start: 300, end: 400 })]
    const recording = resolvedFromText('0\nA', {
      tests,
      modules: modulesOf(loads, [], [{ name: 'b', start: 200, resolve: 4, mock: 9 }]),
      header: { wallMicros: 500 },
    })
    expect(importsOfTests(recording)).toEqual(new Map([['0 1', 13]]))
  })

  test('only moves time: no module but a requested one gets more self time', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        if (recording.modules === null) return
        const { modules } = recording
        const { lookups } = modules
        const inLoads = lookups.within.map(within => within >= 0)
        const column = (values: readonly number[]) => values.filter((_, row) => inLoads[row])
        const moved = {
          ...{ module: column(lookups.module), within: column(lookups.within), start: column(lookups.start) },
          ...{ resolve: column(lookups.resolve), mock: column(lookups.mock) },
        }
        const selfOf = (noted: ModuleLoads['lookups']) =>
          new Map(
            moduleTimes({ ...recording, modules: { ...modules, lookups: noted } }).map(times => [
              `${times.isTransformer} ${times.path}`,
              times.self,
            ]),
          )
        const [before, after] = [selfOf(NO_LOOKUPS), selfOf(moved)]
        const sum = (times: Map<string, number>) =>
          [...times.values()].reduce((total, self) => total + self, 0)
        expect(sum(after)).toBeLessThanOrEqual(sum(before))
        const asked = new Set(moved.module.map(module => `false ${modules.path[module]}`))
        for (const [key, self] of after)
          if (!asked.has(key)) expect(self).toBeLessThanOrEqual(before.get(key) ?? 0)
      }),
    )
  })
})
