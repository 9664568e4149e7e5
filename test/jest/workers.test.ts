// test/e2e/launch.test.ts has whole runs with processes and threads.

import { describe, expect, test } from '@jest/globals'
import { saysWorkerDied, workersStartedBy } from '../../src/jest/workers.js'
import { JESTS, publishedCode } from '../support/jests.js'

describe.each(JESTS)('workers of Jest %s', (_version, jest) => {
  test('are started by the replaced methods of the modules that jest-worker requires', () => {
    const code = publishedCode(jest, 'jest-worker')
    for (const { request, askedBy } of workersStartedBy('/p/worker.js')) {
      expect(code).toMatch(new RegExp(`require\\(['"](?:node:)?${request}['"]\\)`))
      expect(askedBy.test(jest.resolve('jest-worker'))).toBe(true)
    }
    expect(code).toMatch(/\.fork\)?\(/)
    expect(code).toMatch(/new \(?_\w+\(?\)?\.Worker\)?\(/)
  })

  test('are recognized as dead by the words of their errors', () => {
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

test('workersStartedBy starts workers with the given script, and keeps their arguments and options', () => {
  const [processes] = workersStartedBy('/p/worker.js')
  const forked: unknown[] = []
  const exports = { fork: (...args: unknown[]) => forked.push(args), spawn: 1 }
  const replaced = processes?.replace(exports as never, '') as typeof exports
  replaced.fork('/jest/child.js', ['a'], { execArgv: ['-r', 'b'] })
  expect(forked).toEqual([['/p/worker.js', ['/jest/child.js', 'a'], { execArgv: ['-r', 'b'] }]])
  expect(replaced.spawn).toBe(1)
})

test('saysWorkerDied is false for an error in other words', () => {
  expect(saysWorkerDied('The worker is gone')).toBe(false)
})
