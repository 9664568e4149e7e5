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

/** `module in the load of another one: start resolve/mock`. */
function shown({ path, loads, lookups }: ModuleLoads): string[] {
  const nameOf = (module: number | undefined) => path[module ?? -1]?.replace('/p/', '') ?? 'nobody'
  return lookups.module.map((module, row) => {
    const outer = nameOf(loads.module[lookups.within[row] ?? -1])
    return `${nameOf(module)} in ${outer}: ${lookups.start[row]} ${lookups.resolve[row]}/${lookups.mock[row]}`
  })
}

/** A test file that is under way, and has loaded a module from 100 to 200. */
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

describe('a request for a module that is loaded already', () => {
  test('takes what finding it took, which is that module’s, in the load of who asked', () => {
    const { log, requests, lookups } = afterOneLoad()
    requests.begins(TEST)
    at(1300)
    log.resolved(TEST, A, START + 1100)
    at(1400)
    requests.ends()
    expect(lookups()).toEqual(['a.js in a.test.js: 1000 400/0'])
  })

  test('is only recorded when it took a while: there are thousands', () => {
    const { requests, lookups } = afterOneLoad()
    requests.begins(TEST)
    at(1099)
    requests.ends()
    expect(lookups()).toEqual([])
  })

  test('of which nobody knows what it led to is a part of who asked', () => {
    const { requests, lookups } = afterOneLoad()
    requests.begins(TEST)
    at(1500)
    requests.ends()
    expect(lookups()).toEqual(['a.test.js in a.test.js: 1000 500/0'])
  })

  test('ends when a mock was found: from then on that one’s own code may run', () => {
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

describe('a request that loads the module', () => {
  test('is that load’s from its beginning, and no lookup', () => {
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

  test('is only the innermost one’s, of the module that asked, and once', () => {
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

describe('making a mock of a module', () => {
  test('is that module’s, without what loading it took', () => {
    const { log, requests, lookups } = afterOneLoad()
    requests.mockingBegins()
    log.resolved(TEST, B, now)
    at(1100)
    const load = log.begin(B, TEST)
    at(1400)
    log.end(load)
    at(2000)
    requests.mockingEnds(TEST)
    // The load took from 1000, when it was asked for, to 1400.
    expect(lookups()).toEqual(['b.js in a.test.js: 1000 0/600'])
  })

  test('does not count what its module loads in turn for another one', () => {
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

  test('that ends without having begun, and a request likewise, are nothing', () => {
    const { requests, lookups } = afterOneLoad()
    requests.mockingEnds(TEST)
    requests.ends()
    requests.mockFound()
    expect(lookups()).toEqual([])
  })
})
