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

/** `path <- importer (within) start-end resolve/transform/compile`. */
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

describe('modules that are required', () => {
  test('are loads within each other, each from when it was resolved until it had run', () => {
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

  test('that are in the registry already are edges, each once, and no loads', () => {
    const log = new ModuleLog()
    const test = log.begin(TEST, null)
    for (const to of [A, B, A]) log.resolved(TEST, to, now)
    log.end(test)
    const columns = log.columns(1000)
    expect(columns.loads.module).toHaveLength(1)
    expect(edges(columns)).toEqual([`${TEST} ${A}`, `${TEST} ${B}`])
  })

  test('that another was resolved before did not take that long', () => {
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

  test('that were resolved long before Jest itself asks for them begin when it does', () => {
    const log = new ModuleLog()
    const setup = log.begin(A, null)
    log.resolved(A, B, 1000)
    log.end(setup)
    at(500)
    log.end(log.begin(B, null))
    expect(shown(log.columns(1000))[1]).toBe('b.js <- Jest 500-500 0/0/0')
  })

  test('are still open when the process ends: they have no end', () => {
    const log = new ModuleLog()
    log.begin(TEST, null)
    expect(shown(log.columns(1000))).toEqual(['a.test.js <- Jest 0--1 0/0/0'])
  })

  test('transforms and compilations of what is not being loaded belong to nobody', () => {
    const log = new ModuleLog()
    log.transformed(A, 5)
    const test = log.begin(TEST, null)
    log.transformed(A, 5)
    log.compiled(A, 5)
    log.end(test)
    expect(shown(log.columns(1000))).toEqual(['a.test.js <- Jest 0-0 0/0/0'])
  })

  test('built-ins, and what unknown modules ask for, are none', () => {
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

describe('modules that are imported', () => {
  test('have no end, and are requested by whoever linked them first', () => {
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

  test('may be transformed before anybody is known to have requested them', () => {
    const log = new ModuleLog()
    log.transformedModule(TEST, 1000, 5)
    log.transformedModule(A, 1005, 7)
    log.linked(TEST, A)
    log.linked(B, A)
    expect(shown(log.columns(1000))[1]).toBe('a.js <- a.test.js 5--1 0/7/0')
  })

  test('are loaded once where a graph was tried, given up, and loaded in another way', () => {
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

  test('are loaded again once they have run, and by each graph that was not given up', () => {
    const log = new ModuleLog()
    for (const givenUp of [true, false, false]) {
      log.graphBegins()
      log.transformedModule(A, now, 5)
      log.graphEnds({ givenUp })
      now += 10
    }
    expect(shown(log.columns(1000))).toEqual(['a.js <- Jest 0--1 0/10/0', 'a.js <- Jest 20--1 0/5/0'])
  })

  test('a module that was required does not change who requested it when it is imported later', () => {
    const log = new ModuleLog()
    log.end(log.begin(A, null))
    log.transformedModule(TEST, 1000, 5)
    log.linked(TEST, A)
    expect(shown(log.columns(1000))[0]).toBe('a.js <- Jest 0-0 0/0/0')
  })
})
