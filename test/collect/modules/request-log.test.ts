import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { ModuleLoads } from '../../../src/recording/recording.js'

let now = 0
jest.unstable_mockModule('../../../src/collect/clock.js', () => ({ monotonicMicros: () => now }))
const { ModuleLog } = await import('../../../src/collect/modules/module-log.js')

const [TEST, A, B] = ['/p/a.test.js', '/p/a.js', '/p/b.js'] as const
const START = 10_000

beforeEach(() => {
  now = START
})

const at = (moment: number) => {
  now = START + moment
}

/** `module in outer module: start resolve/mock` for each lookup. */
function shown({ path, loads, lookups }: ModuleLoads): string[] {
  const nameOf = (module: number | undefined) => path[module ?? -1]?.replace('/p/', '') ?? 'nobody'
  return lookups.module.map((module, row) => {
    const outer = nameOf(loads.module[lookups.within[row] ?? -1])
    return `${nameOf(module)} in ${outer}: ${lookups.start[row]} ${lookups.resolve[row]}/${lookups.mock[row]}`
  })
}

/** The log of an unfinished test file that loaded a module from 100 to 200. */
function afterOneLoad() {
  const log = new ModuleLog()
  const { requests } = log
  log.begin(TEST, null)
  at(100)
  log.resolved(TEST, A, now)
  const load = log.begin(A, TEST)
  at(200)
  log.end(load)
  at(1000)
  return { log, requests, lookups: () => shown(log.columns(START)) }
}

describe('request for a loaded module', () => {
  test('its time belongs to that module, within the load of the module that requested it', () => {
    const { log, requests, lookups } = afterOneLoad()
    requests.begins(TEST)
    at(1300)
    log.resolved(TEST, A, START + 1100)
    at(1400)
    requests.ends()
    expect(lookups()).toEqual(['a.js in a.test.js: 1000 400/0'])
  })

  test('it is recorded only above a minimum time, because there are thousands', () => {
    const { requests, lookups } = afterOneLoad()
    requests.begins(TEST)
    at(1099)
    requests.ends()
    expect(lookups()).toEqual([])
  })

  test('its time belongs to the requesting module when its result is unknown', () => {
    const { requests, lookups } = afterOneLoad()
    requests.begins(TEST)
    at(1500)
    requests.ends()
    expect(lookups()).toEqual(['a.test.js in a.test.js: 1000 500/0'])
  })

  test('it ends when a mock is found, because the mock’s own code may run after that', () => {
    const { log, requests, lookups } = afterOneLoad()
    requests.begins(TEST)
    log.resolved(TEST, A, now)
    at(1200)
    requests.mockFound()
    at(1700)
    requests.mockFound()
    at(9000)
    requests.ends()
    expect(lookups()).toEqual(['a.js in a.test.js: 1000 200/0'])
  })
})

describe('request that loads a module', () => {
  test('the load starts with the request, and there is no lookup', () => {
    const { log, requests, lookups } = afterOneLoad()
    requests.begins(TEST)
    at(1200)
    log.resolved(TEST, B, START + 1150)
    at(1500)
    const load = log.begin(B, TEST)
    at(1900)
    log.end(load)
    requests.ends()
    const { loads, path } = log.columns(START)
    expect(lookups()).toEqual([])
    expect([path[loads.module[2] ?? -1], loads.start[2], loads.resolve[2], loads.end[2]]).toEqual([
      ...[B, 1000, 500, 1900],
    ])
  })

  test('only the innermost request of the requesting module sets the start, and only once', () => {
    const { requests } = afterOneLoad()
    requests.begins(TEST)
    requests.begins(A)
    expect(requests.startOf(TEST)).toBeUndefined()
    expect(requests.startOf(A)).toBe(now)
    expect(requests.startOf(A)).toBeUndefined()
    requests.ends()
    expect(requests.startOf(TEST)).toBe(now)
  })
})

describe('mock of a module', () => {
  test('its time belongs to that module, without the time to load it', () => {
    const { log, requests, lookups } = afterOneLoad()
    requests.mockingBegins()
    log.resolved(TEST, B, now)
    at(1100)
    const load = log.begin(B, TEST)
    at(1400)
    log.end(load)
    at(2000)
    requests.mockingEnds(TEST)
    // The load lasted from its request at 1000 to 1400.
    expect(lookups()).toEqual(['b.js in a.test.js: 1000 0/600'])
  })

  test('its time excludes the other modules that the mocked one loads', () => {
    const { log, requests, lookups } = afterOneLoad()
    requests.mockingBegins()
    const outer = log.begin(B, TEST)
    at(1100)
    const inner = log.begin(A, B)
    at(1300)
    log.end(inner)
    at(1400)
    log.end(outer)
    at(1900)
    requests.mockingEnds(TEST)
    expect(lookups()).toEqual(['b.js in a.test.js: 1000 0/500'])
  })

  test('an end without a beginning is ignored, for mocks and for requests', () => {
    const { requests, lookups } = afterOneLoad()
    requests.mockingEnds(TEST)
    requests.ends()
    requests.mockFound()
    expect(lookups()).toEqual([])
  })
})
