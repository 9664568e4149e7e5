// What the running Node can do cheaply.

import { AsyncLocalStorage, createHook } from 'node:async_hooks'

/**
 * Whether our hook is not called for promises. Tested with a hook: a tracked promise alone would prove nothing, because another
 * hook may track it, such as that of Jest's `--detectOpenHandles`.
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

/** Whether async contexts are almost free: from Node 24 on, V8 propagates them itself. */
export function contextsAreCheap(): boolean {
  // Promises tracked by another hook have symbols, whatever a context costs.
  const before = symbolsOfPromise()
  const storage = new AsyncLocalStorage<number>()
  const during = storage.run(0, symbolsOfPromise)
  storage.disable()
  return during <= before
}

function symbolsOfPromise(): number {
  return Object.getOwnPropertySymbols(Promise.resolve()).length
}
