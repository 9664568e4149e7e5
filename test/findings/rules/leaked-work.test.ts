import { expect, test } from '@jest/globals'
import { leakedWork } from '../../../src/findings/rules/leaked-work.js'
import type { LeakReport } from '../../../src/report/account-reports.js'
import { factsOf } from '../../support/facts.js'

const reference = (index: number) => ({
  ...{
    file: 'test/a.test.ts',
    project: '',
    index,
    name: ['sign', `test ${index}`],
    fullName: `sign test ${index}`,
  },
})
const leak: LeakReport = {
  kind: 'timer',
  stack: [
    { function: 'tick', file: 'node_modules/kit/index.js', line: 3, column: 1 },
    { function: 'watch', file: 'src/watch.ts', line: 7, column: 5 },
  ],
  test: reference(0),
  count: 11,
  cpuMs: 150,
  during: [reference(1), reference(2)],
}

test('leakedWork finds work that outlives its test, with the line that started it and its cost to later tests', () => {
  expect(leakedWork(factsOf({ report: { leaks: [leak] } }))).toEqual([
    {
      id: 'leaked-work:src/watch.ts:7',
      confidence: 'high',
      title: 'Async work started at src/watch.ts:7 outlives its test',
      evidence: 'The timer of “sign › test 0” ran 11 times in 2 later tests: 150 ms of their CPU time.',
      remedy: expect.stringContaining('afterEach'),
      costMs: 150,
      savings: { files: new Map() },
      position: { file: 'src/watch.ts', line: 7, column: 5 },
    },
  ])
})

test('leakedWork merges work that several tests start on one line', () => {
  const found = leakedWork(factsOf({ report: { leaks: [leak, { ...leak, test: reference(3), cpuMs: 50 }] } }))
  expect(found).toMatchObject([{ costMs: 200 }])
  expect(found[0]?.evidence).toContain('and 1 other')
})

test('leakedWork ignores work that no code of the project started', () => {
  const stack = leak.stack.slice(0, 1)
  expect(leakedWork(factsOf({ report: { leaks: [{ ...leak, stack }] } }))).toEqual([])
})

test('leakedWork counts each later test once', () => {
  const left = [leak, { ...leak, test: reference(3), during: [reference(2), reference(4)] }]
  expect(leakedWork(factsOf({ report: { leaks: left } }))[0]?.evidence).toContain('22 times in 3 later tests')
})

test('leakedWork has medium confidence in a socket, which may serve the later test', () => {
  const found = leakedWork(factsOf({ report: { leaks: [leak, { ...leak, kind: 'socket' }] } }))
  expect(found).toMatchObject([{ confidence: 'medium' }])
})
