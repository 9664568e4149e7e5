// What the running Node can do cheaply.

import { AsyncLocalStorage, createHook } from 'node:async_hooks'

/** Whether promises may be left out: else Node calls the hook for each of them. */
export function promisesAreUntracked(): boolean {
  const hook = createHook({ init: () => undefined, trackPromises: false } as Parameters<typeof createHook>[0])
  hook.enable()
  const tracked = Object.getOwnPropertySymbols(Promise.resolve()).length > 0
  hook.disable()
  return !tracked
}

/** Whether an async context costs next to nothing: from Node 24 on, V8 carries the context along by itself. */
export function contextsAreCheap(): boolean {
  const storage = new AsyncLocalStorage<number>()
  const cheap = storage.run(0, () => Object.getOwnPropertySymbols(Promise.resolve()).length === 0)
  storage.disable()
  return cheap
}
