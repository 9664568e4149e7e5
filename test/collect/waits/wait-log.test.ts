// Uses the async_hooks of the test process, so that the log contains resources of Jest as well.

import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { compileFunction, runInNewContext } from 'node:vm'
import { afterEach, describe, expect, test } from '@jest/globals'
import { callSitesOf, SiteTable } from '../../../src/collect/call-sites.js'
import { monotonicMicros } from '../../../src/collect/clock.js'
import { type TestClock, WaitLog } from '../../../src/collect/waits/wait-log.js'
import type { Waits } from '../../../src/recording/recording.js'

const HERE = fileURLToPath(import.meta.url)
const MAJOR = Number(process.versions.node.split('.')[0])
const logs: WaitLog[] = []
const timers: NodeJS.Timeout[] = []

afterEach(() => {
  for (const log of logs.splice(0)) log.stop()
  for (const timer of timers.splice(0)) clearInterval(timer)
})

function startLog(tests: TestClock = { current: -1, hasEnded: () => false }) {
  const sites = new SiteTable()
  const log = new WaitLog(sites)
  const start = monotonicMicros()
  log.start(tests)
  logs.push(log)
  const read = () => {
    const files: string[] = []
    const waits = log.columns(start)
    const calls = sites.columns(file => {
      if (!files.includes(file)) files.push(file)
      return files.indexOf(file)
    })
    /** Positions of the resources that the function `name` in this file created. */
    const createdBy = (name: string) =>
      waits.resources.stack.flatMap((stack, resource) => {
        const [innermost = -1] = stack ?? []
        const isIt = calls.name[innermost] === name && files[calls.script[innermost] ?? -1] === HERE
        return isIt ? [resource] : []
      })
    return { waits, calls, createdBy }
  }
  return { log, read }
}

/** The 0-based line of the call, in the generated code. */
function lineHere(): number {
  const captured = {}
  Error.captureStackTrace(captured, lineHere)
  return (callSitesOf(captured)[0]?.getLineNumber() ?? 0) - 1
}

/** What a stack holds while it is unread: the function's `this`. */
class Created {
  sleep(): Promise<void> {
    return sleep(5)
  }
}

/** Works in a process without `--expose-gc` as well. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc')
  await new Promise(resolve => setImmediate(resolve))
  runInNewContext('gc')()
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds)
  })
}

/** Calls a test's function as jest-circus does. */
function inTest<T>(log: WaitLog, test: number, call: () => T): T {
  return (log.callInContext === undefined ? call() : log.callInContext(test, call)) as T
}

function wakesOf({ wakes }: Waits, resources: readonly number[]): number[] {
  return wakes.time.filter((_, wake) => resources.includes(wakes.resource[wake] ?? -1))
}

describe('WaitLog', () => {
  test('leads from a timer’s wake-up to the line that set it', async () => {
    const { log, read } = startLog()
    let line = 0
    await new Promise<void>(function setting(resolve) {
      line = lineHere()
      setTimeout(resolve, 20)
    })
    log.stop()
    const { waits, calls, createdBy } = read()
    const [timer = -1, ...others] = createdBy('setting')
    expect(others).toEqual([])
    expect(waits.resources.kind[timer]).toBe('timer')
    expect(calls.line[waits.resources.stack[timer]?.[0] ?? -1]).toBe(line + 1)
    const [woken = 0] = wakesOf(waits, [timer])
    expect(woken).toBeGreaterThan(10_000)
    expect(waits.wakes.time).toEqual(waits.wakes.time.toSorted((a, b) => a - b))
  })

  test('has the project’s line even if a library sets the timer 24 calls further in', async () => {
    const { log, read } = startLog()
    const body = `
      return function library(depth) {
        if (depth > 1) library(depth - 1)
        else setTimeout(resolve, 5)
      }`
    const filename = '/project/node_modules/theirs/index.js'
    let line = 0
    await new Promise<void>(function caller(resolve) {
      const library = compileFunction(body, ['setTimeout', 'resolve'], { filename })(setTimeout, resolve)
      line = lineHere()
      library(24)
    })
    log.stop()
    const { waits, calls } = read()
    const stacks = waits.resources.stack.map(stack => stack?.map(call => calls.name[call]))
    const timer = stacks.findIndex(names => names?.[0] === 'library')
    // The four innermost frames, then the project's own.
    expect(stacks[timer]?.slice(0, 5)).toEqual(['library', 'library', 'library', 'library', 'caller'])
    const own = waits.resources.stack[timer]?.[4] ?? -1
    expect(calls.line[own]).toBe(line + 1)
  })

  test('merges timers that are set in one place into one resource with several wake-ups', async () => {
    const { log, read } = startLog()
    function again(resolve: () => void, times: number): void {
      setTimeout(() => (times > 1 ? again(resolve, times - 1) : resolve()), 5)
    }
    await new Promise<void>(resolve => again(resolve, 3))
    log.stop()
    const { waits, createdBy } = read()
    expect(wakesOf(waits, createdBy('again'))).toHaveLength(3)
  })

  test('keeps the attempt that created a resource', async () => {
    const tests = { current: 4, hasEnded: () => false }
    const { log, read } = startLog(tests)
    await inTest(log, 4, () => {
      return new Promise<void>(function ofFour(resolve) {
        setTimeout(resolve, 5)
      })
    })
    tests.current = -1
    await new Promise<void>(function ofNobody(resolve) {
      setTimeout(resolve, 5)
    })
    log.stop()
    const { waits, createdBy } = read()
    const testOf = (name: string) => createdBy(name).map(resource => waits.resources.test[resource])
    expect([testOf('ofFour'), testOf('ofNobody')]).toEqual([[4], [-1]])
  })

  test('counts the callbacks of an interval that outlives its test, by the test in which they run', async () => {
    const ended = new Set<number>()
    const tests = { current: 0, hasEnded: (index: number) => ended.has(index) }
    const { log, read } = startLog(tests)
    let calls = 0
    function leave() {
      timers.push(setInterval(() => calls++, 2))
    }
    inTest(log, 0, leave)
    await sleep(20)
    const before = calls
    ended.add(0)
    tests.current = 1
    await sleep(30)
    const leaked = calls - before
    log.stop()
    const { waits, createdBy } = read()
    const rows = waits.leaks.resource.flatMap((resource, row) =>
      createdBy('leave').includes(resource) ? [row] : [],
    )
    expect(before).toBeGreaterThan(0)
    expect(leaked).toBeGreaterThan(0)
    expect(rows.map(row => [waits.leaks.during[row], waits.leaks.count[row]])).toEqual(
      Array.from({ length: leaked }, () => [1, 1]),
    )
    for (const row of rows) {
      expect(waits.leaks.micros[row]).toBeGreaterThanOrEqual(0)
      expect(waits.wakes.time).toContain(waits.leaks.time[row])
    }
  })

  test('counts no leak of a test that is still running', async () => {
    const tests = { current: 0, hasEnded: () => false }
    const { log, read } = startLog(tests)
    timers.push(setInterval(() => undefined, 2))
    tests.current = 1
    await sleep(20)
    log.stop()
    expect(read().waits.leaks.resource).toEqual([])
  })

  test('records nothing after stop', async () => {
    const { log, read } = startLog()
    await sleep(5)
    log.stop()
    const { waits } = read()
    const before = waits.wakes.time.length
    expect(before).toBeGreaterThan(0)
    await sleep(5)
    await sleep(5)
    expect(read().waits.wakes.time).toHaveLength(before)
  })

  test('assigns nothing to tests when no test clock is running', async () => {
    const { log, read } = startLog()
    await sleep(5)
    log.stop()
    const { resources, leaks } = read().waits
    expect(new Set(resources.test)).toEqual(new Set([-1]))
    expect(leaks).toEqual({ resource: [], during: [], time: [], count: [], micros: [] })
  })
})

describe('WaitLog: what is created while a test runs', () => {
  test('belongs to no test when a callback from before the test creates it', async () => {
    const tests = { current: -1, hasEnded: () => false }
    const { log, read } = startLog(tests)
    function answer(resolve: () => void) {
      setTimeout(resolve, 5)
    }
    const answered = new Promise<void>(resolve => {
      setTimeout(() => answer(resolve), 5)
    })
    tests.current = 2
    await inTest(log, 2, () => answered)
    log.stop()
    const { waits, createdBy } = read()
    expect(createdBy('answer').map(resource => waits.resources.test[resource])).toEqual([-1])
  })
})

describe('WaitLog: intervals', () => {
  const repeating = (waits: Waits, resources: readonly number[]) =>
    new Set(resources.map(resource => waits.resources.repeats[resource]))

  test('a setInterval timer repeats, and a setTimeout timer does not', async () => {
    const { log, read } = startLog()
    function beat() {
      timers.push(setInterval(() => undefined, 2))
    }
    beat()
    await sleep(10)
    log.stop()
    const { waits, createdBy } = read()
    expect(repeating(waits, createdBy('beat'))).toEqual(new Set([true]))
    expect(waits.resources.repeats).toContain(false)
  })

  test('a timer that sets itself again repeats', async () => {
    const { log, read } = startLog()
    let goesOn = true
    function again(): void {
      setTimeout(() => goesOn && again(), 2)
    }
    again()
    await sleep(100)
    goesOn = false
    log.stop()
    const { waits, createdBy } = read()
    expect(repeating(waits, createdBy('again'))).toEqual(new Set([false, true]))
  })
})

describe('WaitLog: stacks that cannot be afforded', () => {
  test('are not read: their wake-ups are kept, with kind and test', async () => {
    const { log, read } = startLog()
    await sleep(20)
    await sleep(3)
    const before = read().waits
    const [stacks, wakes] = [before.resources.stack.length, before.wakes.time.length]
    log.restraint.effort.micros = Number.MAX_SAFE_INTEGER
    await sleep(20)
    log.stop()
    const { resources, wakes: kept } = read().waits
    expect(kept.time.length).toBeGreaterThan(wakes)
    const added = [...new Set(kept.resource.slice(wakes))].filter(resource => resource >= stacks)
    expect(added.map(resource => [resources.kind[resource], resources.stack[resource]])).toContainEqual([
      'timer',
      null,
    ])
  })

  test('are released when the test ends, with the objects of its functions', async () => {
    const { log } = startLog()
    const object = await inTest(log, 0, async () => {
      const created = new Created()
      await created.sleep()
      return new WeakRef(created)
    })
    log.testEnds()
    await collectGarbage()
    expect(object.deref()).toBeUndefined()
  })
})

describe('WaitLog: wake-ups', () => {
  test('have the time at which their resource was created', async () => {
    const { log, read } = startLog()
    await new Promise<void>(function first(resolve) {
      setTimeout(resolve, 20)
    })
    await new Promise<void>(function second(resolve) {
      setTimeout(resolve, 5)
    })
    log.stop()
    const { waits, createdBy } = read()
    const [first = -1, second = -1] = ['first', 'second'].map(name =>
      waits.wakes.resource.indexOf(createdBy(name)[0] ?? -1),
    )
    const { time, since } = waits.wakes
    expect(since[second]).toBeGreaterThanOrEqual(time[first] ?? Number.POSITIVE_INFINITY)
    expect(since[first]).toBeLessThan((time[first] ?? 0) - 10_000)
  })
})

describe('WaitLog: contexts', () => {
  test('are recorded exactly when tests are called in contexts', () => {
    const { log, read } = startLog()
    expect(read().waits.contexts === null).toBe(log.callInContext === undefined)
  })

  const onNewNode = MAJOR >= 24 ? test : test.skip

  onNewNode('from Node 24 on assign each resource to the test that started it', async () => {
    const { log, read } = startLog()
    function later(resolve: () => void) {
      setTimeout(resolve, 5)
    }
    async function run() {
      await sleep(1)
      await new Promise<void>(later)
    }
    await Promise.all([log.callInContext?.(0, run), log.callInContext?.(1, run)])
    log.stop()
    const { waits, createdBy } = read()
    expect(createdBy('later').map(resource => waits.resources.test[resource])).toEqual([0, 1])
    const turns = waits.contexts?.test.filter(index => index >= 0) ?? []
    expect([turns[0], turns.includes(1)]).toEqual([0, true])
    expect(waits.contexts?.time).toEqual(waits.contexts?.time.toSorted((a, b) => a - b))
  })
})
