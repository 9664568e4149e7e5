import { expect, test } from '@jest/globals'
import type { CallTreeColumns } from '../../src/collect/call-tree-columns.js'
import { joinColumns } from '../../src/collect/partial-recording.js'

/** A tree of the root and one function in one script, with a sample of the function at each time. */
function columns({ name, url, times }: { name: string; url: string; times: number[] }): CallTreeColumns {
  return {
    urls: ['', url],
    functions: { name: ['(root)', name], script: [0, 1], line: [-1, 4], column: [-1, 2] },
    nodes: { function: [0, 1], caller: [-1, 0] },
    ticks: { node: [1], line: [5], count: [times.length] },
    samples: { node: times.map(() => 1), time: times },
  }
}

/** `time script function caller` of each sample. */
function drawn({ urls, functions, nodes, samples }: CallTreeColumns): string[] {
  return samples.node.map((node, sample) => {
    const of = nodes.function[node] ?? -1
    const caller = functions.name[nodes.function[nodes.caller[node] ?? -1] ?? -1]
    return `${samples.time[sample]} ${urls[functions.script[of] ?? -1]} ${functions.name[of]} ${caller}`
  })
}

test('two profiles of one recording are one, with the samples of both in order', () => {
  const before = columns({ name: 'load', url: '/a.js', times: [100, 200] })
  const copy = structuredClone(before)
  const joined = joinColumns(before, columns({ name: 'run', url: '/b.js', times: [300] }))
  expect(drawn(joined)).toEqual(['100 /a.js load (root)', '200 /a.js load (root)', '300 /b.js run (root)'])
  expect(joined.ticks).toEqual({ node: [1, 3], line: [5, 5], count: [2, 1] })
  expect(before).toEqual(copy)
})

test('a script of both is there once', () => {
  const [before, after] = [[100], [200]].map(times => columns({ name: 'load', url: '/a.js', times }))
  if (before === undefined || after === undefined) throw new Error('unreachable')
  const joined = joinColumns(before, after)
  expect(joined.urls).toEqual(['', '/a.js'])
  expect(joinColumns(joined, after).urls).toEqual(['', '/a.js'])
  expect(drawn(joined)).toEqual(['100 /a.js load (root)', '200 /a.js load (root)'])
})
