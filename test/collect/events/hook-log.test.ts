import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { Circus } from '@jest/types'
import { SiteTable } from '../../../src/collect/call-sites.js'
import type { CallInContext } from '../../../src/collect/events/test-log.js'
import type { HookType } from '../../../src/recording/enums.js'
import { describeBlock } from '../../support/circus.js'

let now = 0
jest.unstable_mockModule('../../../src/collect/clock.js', () => ({ monotonicMicros: () => now }))
const { HookLog } = await import('../../../src/collect/events/hook-log.js')

function hooks(callInContext?: CallInContext) {
  const sites = new SiteTable()
  const log = new HookLog(sites, callInContext)
  const root = describeBlock('ROOT_DESCRIBE_BLOCK')
  const hook = (type: HookType, parent = root) => ({ type, parent }) as unknown as Circus.Hook
  const run = (entry: Circus.Hook, [start, end]: [number, number], during = -1) => {
    now = start
    log.begins(entry, during)
    now = end
    log.ends(entry)
  }
  return { sites, log, root, hook, run }
}

beforeEach(() => {
  now = 1000
})

describe('HookLog', () => {
  test('records every run of a hook, with the attempt that it ran for', () => {
    const { log, hook, run } = hooks()
    const each = hook('beforeEach')
    log.defined(each)
    run(each, [1010, 1020], 0)
    run(each, [1050, 1100], 1)
    expect(log.columns(1000, 2000).runs).toEqual({
      definition: [0, 0],
      start: [10, 50],
      end: [20, 100],
      test: [0, 1],
    })
  })

  test('records beforeAll and afterAll for no attempt', () => {
    const { log, hook, run } = hooks()
    for (const type of ['beforeAll', 'afterAll'] as const) {
      const entry = hook(type)
      log.defined(entry)
      run(entry, [1010, 1020], 3)
    }
    expect(log.columns(1000, 2000).runs.test).toEqual([-1, -1])
  })

  test('records the describe blocks around a hook, and where it is defined', () => {
    const { log, root, hook, run, sites } = hooks()
    const inner = describeBlock('inner', describeBlock('outer', root))
    const entries = [hook('afterEach', inner), hook('beforeEach')]
    for (const entry of entries) {
      log.defined(entry)
      run(entry, [1010, 1020])
    }
    const { definitions } = log.columns(1000, 2000)
    expect(definitions).toMatchObject([
      { type: 'afterEach', describe: ['outer', 'inner'] },
      { type: 'beforeEach', describe: [] },
    ])
    const files: string[] = []
    const { script } = sites.columns(file => files.push(file) - 1)
    expect(definitions.map(({ site }) => files[script[site] ?? -1])).toEqual(
      definitions.map(() => fileURLToPath(import.meta.url)),
    )
  })

  test('has no definition of a hook that never ran', () => {
    const { log, hook } = hooks()
    log.defined(hook('beforeAll'))
    expect(log.columns(1000, 2000).definitions).toEqual([])
  })

  test('ignores a hook without a definition, because it is Jest’s own', () => {
    const { log, hook, run } = hooks()
    run(hook('beforeEach'), [1010, 1020])
    expect(log.columns(1000, 2000)).toEqual({
      definitions: [],
      runs: { definition: [], start: [], end: [], test: [] },
    })
  })

  test('ends an unfinished hook at the end of the process', () => {
    const { log, hook } = hooks()
    const all = hook('beforeAll')
    log.defined(all)
    log.begins(all, -1)
    expect(log.columns(1000, 1700).runs).toMatchObject({ start: [0], end: [700] })
  })
})

describe('HookLog with contexts', () => {
  const called: number[] = []
  const inContext: CallInContext = (test, call) => {
    called.push(test)
    return call()
  }
  const withFunction = (entry: Circus.Hook, fn: () => unknown) => Object.assign(entry, { fn })
  const call = ({ fn }: Circus.Hook) => (fn as () => unknown)()

  beforeEach(() => {
    called.length = 0
  })

  test('calls a beforeEach hook in the context of its attempt, and an afterAll hook in none', () => {
    const { log, hook } = hooks(inContext)
    const [each, all] = [hook('beforeEach'), hook('afterAll')]
    for (const entry of [each, all]) {
      withFunction(entry, () => entry.type)
      log.defined(entry)
    }
    const results = [each, each, all].map((entry, run) => {
      log.begins(entry, run + 4)
      const result = call(entry)
      log.ends(entry)
      return result
    })
    expect(results).toEqual(['beforeEach', 'beforeEach', 'afterAll'])
    expect(called).toEqual([4, 5, -1])
  })

  test('wraps the function of a hook once, even if it is defined twice', () => {
    const { log, hook } = hooks(inContext)
    const each = withFunction(hook('beforeEach'), () => undefined)
    log.defined(each)
    log.defined(each)
    log.begins(each, 2)
    call(each)
    expect(called).toEqual([2])
  })

  test('leaves the function unwrapped when there are no contexts', () => {
    const { log, hook } = hooks()
    const fn = () => undefined
    const each = withFunction(hook('beforeEach'), fn)
    log.defined(each)
    expect(each.fn).toBe(fn)
  })
})
