import { expect, test } from '@jest/globals'
import { type ImportNode, importTrees } from '../../src/page/data/import-tree.js'
import type { ImportReport } from '../../src/report/account-reports.js'
import { importReport } from '../support/account-rows.js'

function row(chain: string[], selfMs: number): ImportReport {
  return importReport({ module: chain.at(-1) ?? '', chain, selfMs, totalMs: selfMs, savedMs: selfMs })
}

function drawn(nodes: readonly ImportNode[], depth = 0): string[] {
  return nodes.flatMap(node => [
    `${'  '.repeat(depth)}${node.module} ${node.totalMs}`,
    ...drawn(node.children, depth + 1),
  ])
}

test('importTrees puts each module below the one that imported it, most expensive first, with totals that include its imports', () => {
  const rows = [
    row(['a.test'], 1),
    row(['a.test', 'x'], 2),
    row(['a.test', 'y'], 5),
    row(['a.test', 'y', 'z'], 7),
    row(['b.test', 'w'], 3),
  ]
  expect(drawn(importTrees(rows))).toEqual(['a.test 15', '  y 12', '    z 7', '  x 2', 'b.test 3', '  w 3'])
})

test('importTrees shows a test file by name even if its own row was truncated', () => {
  const [tree] = importTrees([row(['b.test', 'w'], 3)])
  expect(tree?.row).toBeUndefined()
  expect(tree?.children[0]?.row?.module).toBe('w')
})
