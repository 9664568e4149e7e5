// What the running Node can do cheaply.

import { AsyncLocalStorage, createHook } from 'node:async_hooks'

/**
 * Whether a hook of ours is spared promises; else Node calls it for each of them. Asked by making one: that the promise is
 * tracked proves nothing, because another hook may track it, such as that of Jest's `--detectOpenHandles`.
 */
export function promisesAreUntracked(): boolean {
  let isTracked = false
  const init = (_id: number, type: string) => {
    if (type === 'PROMISE') isTracked = true
  }
  const hook = createHook({ init, trackPromises: false } as Parameters<typeof createHook>[0])
  hook.enable()
  void Promise.resolve()
  hook.disable()
  return !isTracked
}

/** Whether an async context costs next to nothing: from Node 24 on, V8 carries the context along by itself. */
export function contextsAreCheap(): boolean {
  // Promises that are tracked by another hook have symbols, whatever a context costs.
  const before = symbolsOfPromise()
  const storage = new AsyncLocalStorage<number>()
  const during = storage.run(0, symbolsOfPromise)
  storage.disable()
  return during <= before
}

function symbolsOfPromise(): number {
  return Object.getOwnPropertySymbols(Promise.resolve()).length
}
