import { createHook } from 'node:async_hooks'
import { describe, expect, test } from '@jest/globals'
import { contextsAreCheap, promisesAreUntracked } from '../../../src/collect/waits/contexts.js'

const MAJOR = Number.parseInt(process.versions.node, 10)
const onOldNode = MAJOR < 22 ? test : test.skip
const onNewNode = MAJOR >= 24 ? test : test.skip

describe('what this Node can do', () => {
  onOldNode('before Node 22 promises are tracked, and contexts dear', () => {
    expect([promisesAreUntracked(), contextsAreCheap()]).toEqual([false, false])
  })

  onNewNode('from Node 24 on promises can be left out, and contexts are carried along', () => {
    expect([promisesAreUntracked(), contextsAreCheap()]).toEqual([true, true])
  })

  test('it is found by what happens to our own hook: somebody else’s may track promises', () => {
    const alone = [promisesAreUntracked(), contextsAreCheap()]
    const other = createHook({ init: () => undefined, destroy: () => undefined }).enable()
    const beside = [promisesAreUntracked(), contextsAreCheap()]
    other.disable()
    expect(beside).toEqual(alone)
  })

  test('to ask leaves nothing behind: promises are as they were', () => {
    const symbols = () => Object.getOwnPropertySymbols(Promise.resolve()).length
    const before = symbols()
    promisesAreUntracked()
    contextsAreCheap()
    expect(symbols()).toBe(before)
  })
})
