// Tests and events like those of jest-circus, for a TestLog.

import type { Circus } from '@jest/types'
import type { TestLog } from '../../src/collect/events/test-log.js'
import { reportEvent, type TestObserver } from '../../src/jest/circus.js'
import type { TestSpan } from '../../src/recording/recording.js'

export type TestEntry = Circus.TestEntry
type Event = { name: Circus.Event['name']; test?: TestEntry }

export function describeBlock(name: string, parent?: Circus.DescribeBlock): Circus.DescribeBlock {
  const block = {
    type: 'describeBlock',
    name,
    parent,
    children: [],
    hooks: [],
  } as unknown as Circus.DescribeBlock
  parent?.children.push(block)
  return block
}

export function testEntry(
  name: string,
  parent: Circus.DescribeBlock,
  given: { concurrent?: boolean; fn?: (...args: never[]) => unknown } = {},
): TestEntry {
  const entry = {
    type: 'test',
    name,
    parent,
    concurrent: false,
    fn: () => undefined,
    invocations: 0,
    errors: [],
    ...given,
  } as unknown as TestEntry
  parent.children.push(entry)
  return entry
}

/** Sends events like jest-circus, which counts the invocation before it emits test_start. */
export function circusEvents(
  log: Pick<TestLog, 'begin' | 'testBegins' | 'testEnds' | 'functionEnds'>,
  rootDescribeBlock: Circus.DescribeBlock,
) {
  const nothing = () => undefined
  const told: TestObserver = {
    frameworkLoaded: nothing,
    blockDefined: nothing,
    testDefined: nothing,
    hookDefined: nothing,
    hookBegins: nothing,
    hookEnds: nothing,
    functionBegins: nothing,
    testsBegin: tests => log.begin(tests),
    testBegins: test => log.testBegins(test),
    testEnds: (test, outcome) => log.testEnds(test, outcome),
    functionEnds: test => log.functionEnds(test),
  }
  const send = (event: Event) => reportEvent(event, { rootDescribeBlock }, told)
  return {
    send,
    runStart: () => send({ name: 'run_start' }),
    start(test: TestEntry): void {
      test.invocations++
      send({ name: 'test_start', test })
    },
    done(test: TestEntry, ...errors: Error[]): void {
      test.errors = errors
      send({ name: 'test_done', test })
    },
    skip: (test: TestEntry) => send({ name: 'test_skip', test }),
    todo: (test: TestEntry) => send({ name: 'test_todo', test }),
  }
}

/** `name#index attempt start-end status` for each span. */
export function shownSpans(spans: readonly TestSpan[]): string[] {
  return spans.map(({ name, index, attempt, start, end, status }) => {
    return `${name.join(' › ')}#${index} ${attempt} ${start}-${end} ${status}`
  })
}
