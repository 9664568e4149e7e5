import { expect, test } from '@jest/globals'
import { keptSandboxes } from '../../../src/findings/rules/kept-sandboxes.js'
import type { KeptSandbox, MemoryReport } from '../../../src/report/memory-report.js'
import { factsOf } from '../../support/facts.js'

function kept(file: string, path: string[], retainedBytes = 4e6): KeptSandbox {
  const [, place, line] = /(?:^|\s)(\S+):(\d+)$/.exec(path.at(-1) ?? '') ?? []
  const position = place === undefined ? null : { file: place, line: Number(line), column: 1 }
  return { file, project: '', retainedBytes, path, position }
}

function found(...sandboxes: KeptSandbox[]) {
  const files = ['a', 'b', 'c', 'd'].map(name => {
    return {
      path: `test/${name}.js`,
      project: '',
      worker: 1,
      heapBeforeBytes: 1,
      heapAfterBytes: 2,
      sandboxKept: true,
    }
  })
  const memory: MemoryReport = {
    allocated: null,
    tests: [],
    allocations: [],
    modules: [],
    growth: [],
    files,
    kept: sandboxes,
    processes: [],
  }
  return keptSandboxes(factsOf({ report: { memory } }))
}

test('sandboxes that one function of a module holds are one finding, in bytes', () => {
  const path = ['node:https', 'request', 'request src/tracing.js:3']
  const [finding, ...others] = found(
    kept('test/a.js', path),
    kept('test/b.js', [...path, 'original', 'request src/tracing.js:3']),
  )
  expect(others).toEqual([])
  expect(finding).toMatchObject({
    id: `kept-sandboxes:${path.join(' ')}`,
    title: '2 of 4 test files are never freed: held by `node:https › request › request src/tracing.js:3`',
    retainedBytes: 8e6,
    costMs: 0,
    position: { file: 'src/tracing.js', line: 3 },
    remedy: expect.stringContaining('Undo it when the file is done'),
  })
})

test('test files that do the same are one finding, with the number of places', () => {
  const findings = ['a', 'b', 'c'].map(name => kept(`test/${name}.js`, ['timer', `poll test/${name}.js:2`]))
  expect(found(...findings).map(({ title }) => title)).toEqual([
    '3 of 4 test files are never freed: held by `timer › poll test/a.js:2` and 2 other places',
  ])
})

test('what a test file holds of itself and of others is one finding', () => {
  const path = ['node:https', 'request test/a.js:3']
  const files = ['a', 'b', 'c'].map(name => kept(`test/${name}.js`, path))
  expect(found(...files).map(({ title }) => title)).toEqual([
    '3 of 4 test files are never freed: held by `node:https › request test/a.js:3`',
  ])
})

test.each([
  ['a timer', ['timer', 'poll test/a.js:2'], /Clear it/],
  ['what Jest holds', ['node:process', 'exit', 'f node_modules/jest-circus/build/x.js:4'], /Jest itself/],
  [
    'a package',
    ['Windows node_modules/happy-dom/lib/w.js:25'],
    /The package `happy-dom` holds them.*`teardown`/,
  ],
  ['a global', ['global object of Jest’s process', 'list', 'f test/a.js:4'], /Remove it/],
  ['the unknown', [], /heap snapshot/],
])('%s has a remedy of its own', (_what, path, remedy) => {
  expect(found(kept('test/a.js', path))[0]?.remedy).toMatch(remedy)
})

test('one small sandbox is not worth a change, and without the option there is no finding', () => {
  expect(found(kept('test/a.js', ['timer', 'poll test/a.js:2'], 5e5))).toEqual([])
  expect(keptSandboxes(factsOf({}))).toEqual([])
})
