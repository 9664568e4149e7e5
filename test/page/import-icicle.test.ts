import { expect, test } from '@jest/globals'
import { describeImport, importIcicle } from '../../src/page/flame/import-icicle.js'
import { importReport } from '../support/account-rows.js'

const ROWS = [
  importReport({ module: 'setup.ts', selfMs: 10, files: 4, phases: { setupFilesAfterEnv: 10 } }),
  ...['node_modules/a', 'node_modules/b/node_modules/a'].map((folder, index) =>
    importReport({
      ...{ module: `${folder}/index.js`, package: 'a', category: 'dependency', files: 4 },
      ...{
        selfMs: 30 - 10 * index,
        phases: { setupFilesAfterEnv: 1 },
        importers: [{ module: 'setup.ts', files: 4 }],
      },
    }),
  ),
]

test('importIcicle is as wide as the time of all imports, and outlines copies of a package', () => {
  const icicle = importIcicle({ imports: ROWS, files: [] })
  const { tree, look } = icicle
  expect(tree.root.total).toBe(60_000)
  expect(
    tree.nodes.map(node => [node.depth, node.label, node.total, look.isOutlined?.(node) ?? false]),
  ).toEqual([
    [0, 'all imports', 60_000, false],
    [1, 'setup.ts', 60_000, false],
    [2, 'a/index.js · a', 30_000, true],
    [2, 'a/index.js · a', 20_000, true],
  ])
  expect(tree.nodes.slice(1, 3).map(node => describeImport(icicle, node))).toEqual([
    'setup.ts: 60 ms with what it imports, 100 %; itself 10 ms; in 4 files',
    'a/index.js: 30 ms with what it imports, 50 %; itself 30 ms; in 4 files',
  ])
})
