import { createHook } from 'node:async_hooks'
import { describe, expect, test } from '@jest/globals'
import { contextsAreCheap, promisesAreUntracked } from '../../../src/collect/waits/contexts.js'

const MAJOR = Number.parseInt(process.versions.node, 10)
const onOldNode = MAJOR < 22 ? test : test.skip
const onNewNode = MAJOR >= 24 ? test : test.skip

describe('capabilities of Node', () => {
  onOldNode('before Node 22 include neither untracked promises nor cheap contexts', () => {
    expect([promisesAreUntracked(), contextsAreCheap()]).toEqual([false, false])
  })

  onNewNode('from Node 24 on include untracked promises and cheap contexts', () => {
    expect([promisesAreUntracked(), contextsAreCheap()]).toEqual([true, true])
  })

  test('are those of the profiler’s own hook, even if another hook tracks promises', () => {
    const alone = [promisesAreUntracked(), contextsAreCheap()]
    const other = createHook({ init: () => undefined, destroy: () => undefined }).enable()
    const beside = [promisesAreUntracked(), contextsAreCheap()]
    other.disable()
    expect(beside).toEqual(alone)
  })

  test('are read without a lasting effect on promises', () => {
    const symbols = () => Object.getOwnPropertySymbols(Promise.resolve()).length
    const before = symbols()
    promisesAreUntracked()
    contextsAreCheap()
    expect(symbols()).toBe(before)
  })
})
