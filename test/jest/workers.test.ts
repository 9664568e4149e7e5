// Whole runs with processes and threads: test/e2e/launch.test.ts.

import { describe, expect, test } from '@jest/globals'
import { saysWorkerDied, workersStartedBy } from '../../src/jest/workers.js'
import { JESTS, publishedCode } from '../support/jests.js'

describe.each(JESTS)('workers of Jest %s', (_version, jest) => {
  test('are started by what is replaced, which their package requires', () => {
    const code = publishedCode(jest, 'jest-worker')
    for (const { request, askedBy } of workersStartedBy('/p/worker.js')) {
      expect(code).toMatch(new RegExp(`require\\(['"](?:node:)?${request}['"]\\)`))
      expect(askedBy.test(jest.resolve('jest-worker'))).toBe(true)
    }
    expect(code).toMatch(/\.fork\)?\(/)
    expect(code).toMatch(/new \(?_\w+\(?\)?\.Worker\)?\(/)
  })

  test('that have died are reported by these words', () => {
    const code = publishedCode(jest, 'jest-worker')
    for (const words of [
      'A jest worker process',
      'was terminated by another process',
      'Jest worker ran out of memory',
      'Jest worker encountered',
      'Call retries were exceeded',
    ]) {
      expect(code).toContain(words)
      expect(saysWorkerDied(`${words} …`)).toBe(true)
    }
  })
})

test('workers start in the given script, with all that they were given', () => {
  const [processes] = workersStartedBy('/p/worker.js')
  const forked: unknown[] = []
  const exports = { fork: (...args: unknown[]) => forked.push(args), spawn: 1 }
  const replaced = processes?.replace(exports as never, '') as typeof exports
  replaced.fork('/jest/child.js', ['a'], { execArgv: ['-r', 'b'] })
  expect(forked).toEqual([['/p/worker.js', ['/jest/child.js', 'a'], { execArgv: ['-r', 'b'] }]])
  expect(replaced.spawn).toBe(1)
})

test('an error in other words is one of the test file', () => {
  expect(saysWorkerDied('The worker is gone')).toBe(false)
})
