// The events and the state of jest-circus, as Jest hands them to the environment's `handleTestEvent`.
//
// Known: 29.7 and 30.0 to 30.5. https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-types/src/Circus.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-types/src/Circus.ts
// 29.7 calls the functions of all concurrent tests of a file at once, and reports their events later, one by one.
// Unknown events, and events without the known properties, are ignored. A file without a reported test is listed as missing.

import { types } from 'node:util'
import type { Circus } from '@jest/types'

/** A describe block, or the root, which has no parent. */
export interface CircusBlock {
  readonly type: 'describeBlock'
  readonly name: unknown
  readonly parent?: CircusBlock | undefined
  readonly children: readonly (CircusBlock | CircusTest)[]
  readonly hooks: readonly CircusHook[]
}

export interface CircusTest {
  readonly type: 'test'
  readonly name: unknown
  readonly parent: CircusBlock
  fn?: unknown
  readonly concurrent: boolean
  /** Number of runs, including the current one. */
  readonly invocations: number
  readonly errors: readonly unknown[]
  readonly timeout?: number | undefined
}

export interface CircusHook {
  readonly type: Circus.HookType
  readonly parent: CircusBlock
  fn: unknown
  readonly timeout?: number | undefined | null
}

/** A structural type, because the types of Jest's versions differ. */
export interface CircusEvent {
  readonly name: string
  readonly test?: unknown
  readonly hook?: unknown
  /** Of a test or hook that failed. */
  readonly error?: unknown
}

export interface CircusState {
  readonly currentDescribeBlock?: unknown
  readonly rootDescribeBlock?: unknown
  readonly testTimeout?: number
}

export type CircusOutcome = 'passed' | 'failed' | 'skipped' | 'todo'

/** The end of a test's or hook's function. */
export interface FunctionEnd {
  /** In milliseconds. */
  readonly timeLimit: number | undefined
  /** Undefined: it passed. */
  readonly error: unknown
}

export interface TestObserver {
  frameworkLoaded(): void
  /** Called during the definition, like `testDefined` and `hookDefined`: the stack leads to it. */
  blockDefined(block: CircusBlock): void
  testDefined(test: CircusTest): void
  /** Also called for the hook before if a definition is in a place where none is allowed. */
  hookDefined(hook: CircusHook): void
  /** All tests are defined. They are in the order of Jest's results. */
  testsBegin(tests: readonly CircusTest[]): void
  /** `timeLimit` is in milliseconds. */
  hookBegins(hook: CircusHook, timeLimit: number | undefined): void
  hookEnds(hook: CircusHook, ending: FunctionEnd): void
  testBegins(test: CircusTest): void
  functionBegins(test: CircusTest, timeLimit: number | undefined): void
  functionEnds(test: CircusTest, ending: FunctionEnd): void
  testEnds(test: CircusTest, outcome: CircusOutcome): void
}

/** Cheap, because it runs at every boundary between tests. */
export function reportEvent(event: CircusEvent, state: CircusState, observer: TestObserver): void {
  const test = event.test as CircusTest | undefined
  const hook = event.hook as CircusHook | undefined
  // Some events of hooks have a test, too.
  if (hook !== undefined) {
    if (event.name === 'hook_start') observer.hookBegins(hook, hook.timeout || state.testTimeout)
    else if (event.name === 'hook_success' || event.name === 'hook_failure')
      observer.hookEnds(hook, { timeLimit: hook.timeout || state.testTimeout, error: event.error })
  } else if (test !== undefined) reportTestEvent(event, test, state, observer)
  else reportFileEvent(event.name, state, observer)
}

function reportTestEvent(
  { name, error }: CircusEvent,
  test: CircusTest,
  state: CircusState,
  observer: TestObserver,
): void {
  const timeLimit = test.timeout || state.testTimeout
  if (name === 'test_start') observer.testBegins(test)
  else if (name === 'test_fn_start') observer.functionBegins(test, timeLimit)
  else if (name === 'test_fn_success' || name === 'test_fn_failure')
    observer.functionEnds(test, { timeLimit, error })
  else if (name === 'test_skip') observer.testEnds(test, 'skipped')
  else if (name === 'test_todo') observer.testEnds(test, 'todo')
  else if (name === 'test_done') observer.testEnds(test, test.errors.length > 0 ? 'failed' : 'passed')
}

function reportFileEvent(name: string, state: CircusState, observer: TestObserver): void {
  const block = state.currentDescribeBlock as CircusBlock | undefined
  if (name === 'setup') observer.frameworkLoaded()
  else if (name === 'run_start')
    observer.testsBegin(testsOf(state.rootDescribeBlock as CircusBlock | undefined))
  else if (name === 'start_describe_definition' && block !== undefined) observer.blockDefined(block)
  else if (name === 'add_test') {
    // The new test is the last of its block, unless it is defined where none is allowed.
    const last = block?.children.at(-1)
    if (last?.type === 'test') observer.testDefined(last)
  } else if (name === 'add_hook') {
    const last = block?.hooks.at(-1)
    if (last !== undefined) observer.hookDefined(last)
  }
}

/** Undefined unless a test or hook failed because of its time limit. `awaitsDone`: its function takes a callback, and never called it. */
export function timeOutOf(error: unknown): { readonly awaitsDone: boolean } | undefined {
  // https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-circus/src/utils.ts (_makeTimeoutMessage)
  if (typeof error !== 'string' || !error.startsWith('Exceeded timeout of ')) return undefined
  return { awaitsDone: error.includes('`done()`') }
}

// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-circus/src/utils.ts (makeRunResult)
function testsOf(block: CircusBlock | undefined): CircusTest[] {
  if (block === undefined) return []
  return block.children.flatMap(child => (child.type === 'describeBlock' ? testsOf(child) : [child]))
}

/** Returns the names of a describe block and those around it, outermost first, without circus's root. */
export function blockNames(block: CircusBlock | undefined): string[] {
  const names: string[] = []
  for (let current = block; current?.parent; current = current.parent) names.unshift(String(current.name))
  return names
}

/**
 * Wraps a function of a test or hook and keeps its `length`, by which circus knows whether it takes a callback. Generator functions
 * are returned as they are: circus runs them step by step, so calling one does not run it.
 */
export function wrapFunction<T>(fn: T, around: (call: () => unknown) => unknown): T {
  if (typeof fn !== 'function' || types.isGeneratorFunction(fn)) return fn
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    return around(() => Reflect.apply(fn, this, args))
  }
  Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(fn))
  return wrapped as T
}
