// The events and the state of jest-circus, as Jest hands them to the environment's `handleTestEvent`.
//
// Known: 29.7 and 30.0 to 30.5. https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-types/src/Circus.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-types/src/Circus.ts
// 29.7 calls the functions of all concurrent tests of a file before it announces any of these tests.
// Events that are not known, or without what they are known to have, tell nothing; a file without any told test is listed as missing.

import { types } from 'node:util'

/** A describe block, or the root around all of them, which has no parent. */
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
  /** How often it was run, this time included: 0 before it has. */
  readonly invocations: number
  readonly errors: readonly unknown[]
  readonly timeout?: number | undefined
}

export interface CircusHook {
  readonly type: 'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll'
  readonly parent: CircusBlock
  fn: unknown
  readonly timeout?: number | undefined | null
}

/** Structural, because the types of Jest's versions differ. */
export interface CircusEvent {
  readonly name: string
  readonly test?: unknown
  readonly hook?: unknown
}

export interface CircusState {
  readonly currentDescribeBlock?: unknown
  readonly rootDescribeBlock?: unknown
  readonly testTimeout?: number
}

export type CircusOutcome = 'passed' | 'failed' | 'skipped' | 'todo'

/** What is told of the tests and hooks of a file. */
export interface TestObserver {
  /** Circus is loaded into the sandbox. */
  frameworkLoaded(): void
  /** Definitions are told while they are made, so that the stack leads to them. */
  blockDefined(block: CircusBlock): void
  testDefined(test: CircusTest): void
  /** Also of the hook before, where a definition stands where none may. */
  hookDefined(hook: CircusHook): void
  /** All is defined. Tests in the order of Jest's results. */
  testsBegin(tests: readonly CircusTest[]): void
  /** Time limits in milliseconds. */
  hookBegins(hook: CircusHook, timeLimit: number | undefined): void
  hookEnds(hook: CircusHook): void
  testBegins(test: CircusTest): void
  functionBegins(test: CircusTest, timeLimit: number | undefined): void
  functionEnds(test: CircusTest): void
  testEnds(test: CircusTest, outcome: CircusOutcome): void
}

/** Cheap, because it runs at every boundary between tests. */
export function tellEvent(event: CircusEvent, state: CircusState, told: TestObserver): void {
  const test = event.test as CircusTest | undefined
  const hook = event.hook as CircusHook | undefined
  // The end of a hook that runs for a test comes with that test as well.
  if (hook !== undefined) {
    if (event.name === 'hook_start') told.hookBegins(hook, hook.timeout || state.testTimeout)
    else if (event.name === 'hook_success' || event.name === 'hook_failure') told.hookEnds(hook)
  } else if (test !== undefined) tellTestEvent(event.name, test, state, told)
  else tellFileEvent(event.name, state, told)
}

function tellTestEvent(name: string, test: CircusTest, state: CircusState, told: TestObserver): void {
  if (name === 'test_start') told.testBegins(test)
  else if (name === 'test_fn_start') told.functionBegins(test, test.timeout || state.testTimeout)
  else if (name === 'test_fn_success' || name === 'test_fn_failure') told.functionEnds(test)
  else if (name === 'test_skip') told.testEnds(test, 'skipped')
  else if (name === 'test_todo') told.testEnds(test, 'todo')
  else if (name === 'test_done') told.testEnds(test, test.errors.length > 0 ? 'failed' : 'passed')
}

function tellFileEvent(name: string, state: CircusState, told: TestObserver): void {
  const block = state.currentDescribeBlock as CircusBlock | undefined
  if (name === 'setup') told.frameworkLoaded()
  else if (name === 'run_start') told.testsBegin(testsOf(state.rootDescribeBlock as CircusBlock | undefined))
  else if (name === 'start_describe_definition' && block !== undefined) told.blockDefined(block)
  else if (name === 'add_test') {
    // It is the last of its block by now, unless it stands where it must not.
    const last = block?.children.at(-1)
    if (last?.type === 'test') told.testDefined(last)
  } else if (name === 'add_hook') {
    const last = block?.hooks.at(-1)
    if (last !== undefined) told.hookDefined(last)
  }
}

// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-circus/src/utils.ts (makeRunResult)
function testsOf(block: CircusBlock | undefined): CircusTest[] {
  if (block === undefined) return []
  return block.children.flatMap(child => (child.type === 'describeBlock' ? testsOf(child) : [child]))
}

/** Names of a describe block and those around it, outermost first, without circus's root. */
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
