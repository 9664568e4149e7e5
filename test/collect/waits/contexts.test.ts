import { afterEach, describe, expect, test } from '@jest/globals'
import { SiteTable } from '../../../src/collect/call-sites.js'
import { NO_TEST, TestContexts } from '../../../src/collect/waits/contexts.js'
import { WaitLog } from '../../../src/collect/waits/wait-log.js'

const opened: TestContexts[] = []

afterEach(() => {
  for (const contexts of opened.splice(0)) contexts.disable()
})

function open(most?: number): TestContexts {
  const contexts = new TestContexts(most)
  opened.push(contexts)
  return contexts
}

describe('TestContexts', () => {
  test('a call and everything that it starts, also later, run in its test’s context', async () => {
    const contexts = open()
    const seen: number[] = [contexts.current]
    const started = contexts.run(3, async () => {
      seen.push(contexts.current)
      await new Promise(resolve => setTimeout(resolve, 2))
      seen.push(contexts.current)
    })
    seen.push(contexts.current)
    await started
    expect(seen).toEqual([NO_TEST, 3, NO_TEST, 3])
  })

  test('a call’s result and error are passed through, and its turn ends in either case', () => {
    const contexts = open()
    expect(contexts.run(0, () => 'result')).toBe('result')
    expect(() =>
      contexts.run(1, () => {
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(contexts.columns(0).test).toEqual([0, NO_TEST, 1, NO_TEST])
  })

  test('a turn is recorded once, relative to the start', () => {
    const contexts = open()
    contexts.enter(4, 1010)
    contexts.enter(4, 1020)
    contexts.enter(NO_TEST, 1030)
    expect(contexts.columns(1000)).toEqual({ time: [10, 30], test: [4, NO_TEST] })
  })

  test('turns beyond the limit belong to no test', () => {
    const contexts = open(3)
    for (let turn = 0; turn < 10; turn++) contexts.enter(turn, turn)
    expect(contexts.columns(0)).toEqual({ time: [0, 1, 2, 3], test: [0, 1, 2, NO_TEST] })
  })

  test('contexts are off before Node 24, where they are expensive', () => {
    const log = new WaitLog(new SiteTable())
    expect(log.callInContext === undefined).toBe(Number(process.versions.node.split('.')[0]) < 24)
    log.stop()
  })
})
