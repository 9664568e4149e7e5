import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { ModuleLoads } from '../../../src/recording/recording.js'

let now = 0
jest.unstable_mockModule('../../../src/collect/clock.js', () => ({ monotonicMicros: () => now }))
const { ModuleLog } = await import('../../../src/collect/modules/module-log.js')

const [TEST, A, B, C] = ['/p/a.test.js', '/p/a.js', '/p/b.js', '/p/c.js'] as const

beforeEach(() => {
  now = 1000
})

const at = (moment: number) => {
  now = 1000 + moment
}

/** `path <- importer (within) start-end resolve/transform/compile` for each load. */
function shown({ path, loads }: ModuleLoads): string[] {
  const nameOf = (module: number | undefined) => path[module ?? -1]?.replace('/p/', '') ?? 'Jest'
  return loads.module.map((module, load) => {
    const within = loads.within[load] ?? -1
    const outer = within < 0 ? '' : ` (${nameOf(loads.module[within])})`
    const parts = [loads.resolve[load], loads.transform[load], loads.compile[load]].join('/')
    return `${nameOf(module)} <- ${nameOf(loads.importer[load])}${outer} ${loads.start[load]}-${loads.end[load]} ${parts}`
  })
}

function edges({ path, edges: { from, to } }: ModuleLoads): string[] {
  return from.map((module, edge) => `${path[module]} ${path[to[edge] ?? -1]}`)
}

describe('ModuleLog of required modules', () => {
  test('records nested loads, from the resolution to the end of the module', () => {
    const log = new ModuleLog()
    const test = log.begin(TEST, null)
    log.transformed(TEST, 4)
    log.compiled(TEST, 2)
    at(12)
    log.resolved(TEST, A, 1010)
    at(13)
    const a = log.begin(A, TEST)
    log.transformed(A, 3)
    at(20)
    log.end(a)
    at(30)
    log.end(test)
    expect(shown(log.columns(1000))).toEqual([
      'a.test.js <- Jest 0-30 0/4/2',
      'a.js <- a.test.js (a.test.js) 10-20 2/3/0',
    ])
  })

  test('records modules from the registry once per importer, as edges without loads', () => {
    const log = new ModuleLog()
    const test = log.begin(TEST, null)
    for (const to of [A, B, A]) log.resolved(TEST, to, now)
    log.end(test)
    const columns = log.columns(1000)
    expect(columns.loads.module).toHaveLength(1)
    expect(edges(columns)).toEqual([`${TEST} ${A}`, `${TEST} ${B}`])
  })

  test('excludes the time to resolve another module before', () => {
    const log = new ModuleLog()
    const test = log.begin(TEST, null)
    log.resolved(TEST, A, 1000)
    at(5)
    log.resolved(TEST, B, 1004)
    at(6)
    log.end(log.begin(B, TEST))
    at(7)
    log.end(log.begin(B, TEST))
    log.end(test)
    expect(shown(log.columns(1000)).slice(1)).toEqual([
      'b.js <- a.test.js (a.test.js) 4-6 1/0/0',
      'b.js <- a.test.js (a.test.js) 7-7 0/0/0',
    ])
  })

  test('starts a module that Jest requires itself at the load, even if it was resolved long before', () => {
    const log = new ModuleLog()
    const setup = log.begin(A, null)
    log.resolved(A, B, 1000)
    log.end(setup)
    at(500)
    log.end(log.begin(B, null))
    expect(shown(log.columns(1000))[1]).toBe('b.js <- Jest 500-500 0/0/0')
  })

  test('leaves a module without an end when the process ends first', () => {
    const log = new ModuleLog()
    log.begin(TEST, null)
    expect(shown(log.columns(1000))).toEqual(['a.test.js <- Jest 0--1 0/0/0'])
  })

  test('ignores transforms and compilations of modules that are not being loaded', () => {
    const log = new ModuleLog()
    log.transformed(A, 5)
    const test = log.begin(TEST, null)
    log.transformed(A, 5)
    log.compiled(A, 5)
    log.end(test)
    expect(shown(log.columns(1000))).toEqual(['a.test.js <- Jest 0-0 0/0/0'])
  })

  test('ignores built-in modules and requests of unknown modules', () => {
    const log = new ModuleLog()
    const test = log.begin(TEST, null)
    log.resolved(TEST, 'fs', now)
    log.resolved(C, A, now)
    log.linked(TEST, 'node:fs')
    log.linked(C, A)
    log.end(test)
    expect(log.columns(1000)).toMatchObject({ path: [TEST], edges: { from: [], to: [] } })
  })
})

describe('ModuleLog of imported modules', () => {
  test('records modules without an end, with the first module that linked them as importer', () => {
    const log = new ModuleLog()
    log.transformedModule(TEST, 1000, 5)
    log.linked(TEST, A)
    log.transformedModule(A, 1005, 7)
    log.linked(A, B)
    log.linked(TEST, B)
    log.transformedModule(B, 1012, 1)
    const columns = log.columns(1000)
    expect(shown(columns)).toEqual([
      'a.test.js <- Jest 0--1 0/5/0',
      'a.js <- a.test.js 5--1 0/7/0',
      'b.js <- a.js 12--1 0/1/0',
    ])
    expect(edges(columns)).toEqual([`${TEST} ${A}`, `${A} ${B}`, `${TEST} ${B}`])
  })

  test('accepts a module that is transformed before any module links it', () => {
    const log = new ModuleLog()
    log.transformedModule(TEST, 1000, 5)
    log.transformedModule(A, 1005, 7)
    log.linked(TEST, A)
    log.linked(B, A)
    expect(shown(log.columns(1000))[1]).toBe('a.js <- a.test.js 5--1 0/7/0')
  })

  test('records one load for a module graph that was given up and loaded in another way', () => {
    const log = new ModuleLog()
    for (const [path, ...inner] of [[TEST, A, B], [A, B], [B]] as const) {
      log.graphBegins()
      for (const each of [path, ...inner]) log.transformedModule(each, now, 5)
      log.graphEnds({ givenUp: true })
      log.transformedModule(path, now, 1)
      for (const each of inner) log.linked(path, each)
      now += 10
    }
    expect(shown(log.columns(1000))).toEqual([
      'a.test.js <- Jest 0--1 0/6/0',
      'a.js <- a.test.js 0--1 0/11/0',
      'b.js <- a.test.js 0--1 0/16/0',
    ])
  })

  test('records a load for each graph, unless the graph was given up', () => {
    const log = new ModuleLog()
    for (const givenUp of [true, false, false]) {
      log.graphBegins()
      log.transformedModule(A, now, 5)
      log.graphEnds({ givenUp })
      now += 10
    }
    expect(shown(log.columns(1000))).toEqual(['a.js <- Jest 0--1 0/10/0', 'a.js <- Jest 20--1 0/5/0'])
  })

  test('keeps the importer of a required module when it is imported later', () => {
    const log = new ModuleLog()
    log.end(log.begin(A, null))
    log.transformedModule(TEST, 1000, 5)
    log.linked(TEST, A)
    expect(shown(log.columns(1000))[0]).toBe('a.js <- Jest 0-0 0/0/0')
  })
})
