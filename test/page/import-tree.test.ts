import { expect, test } from '@jest/globals'
import { type ImportNode, importTrees, packageCopies, TEST_FILES } from '../../src/page/data/import-tree.js'
import type { ImportReport } from '../../src/report/account-reports.js'
import { importReport } from '../support/account-rows.js'

/** `importers`: files by importer. */
function row(module: string, selfMs: number, given: Partial<ImportReport> = {}): ImportReport {
  return importReport({ module, selfMs, phases: { imports: selfMs }, ...given })
}

function by(importers: Readonly<Record<string, number>>): Partial<ImportReport> {
  const files = Object.values(importers).reduce((sum, own) => sum + own, 0)
  return { files, importers: Object.entries(importers).map(([module, own]) => ({ module, files: own })) }
}

const TEST = { category: 'test' as const }

const treesOf = (imports: readonly ImportReport[]) =>
  importTrees({ imports, files: [{ path: 'a.test' }, { path: 'b.test' }] })

function drawn(nodes: readonly ImportNode[], depth = 0): string[] {
  return nodes.flatMap(node => [
    `${'  '.repeat(depth)}${node.module} ${node.totalMs}`,
    ...drawn(node.children, depth + 1),
  ])
}

test('importTrees puts each module below the one that imported it in most files, most expensive first', () => {
  const rows = [
    row('a.test', 1, TEST),
    row('x', 2, by({ 'a.test': 1 })),
    row('y', 5, by({ 'a.test': 1 })),
    row('z', 7, by({ y: 1 })),
    row('b.test', 3, TEST),
  ]
  expect(drawn(treesOf(rows))).toEqual([
    'test files 18',
    '  a.test 15',
    '    y 12',
    '      z 7',
    '    x 2',
    '  b.test 3',
  ])
})

test('importTrees books a module that several test files import once, and next to them', () => {
  const rows = [
    row('a.test', 1, TEST),
    row('b.test', 1, TEST),
    row('shared', 10, by({ 'a.test': 1, 'b.test': 1 })),
    row('deep', 4, by({ shared: 2, 'a.test': 1 })),
  ]
  expect(drawn(treesOf(rows))).toEqual([
    'test files 16',
    '  shared 14',
    '    deep 4',
    '  a.test 1',
    '  b.test 1',
  ])
})

test('importTrees has set-up files and transformers beside the test files', () => {
  const rows = [
    row('setup', 5, { phases: { setupFilesAfterEnv: 5 } }),
    row('matchers', 6, { phases: { setupFilesAfterEnv: 6 }, ...by({ setup: 3 }) }),
    row('babel', 2, { transformer: 'babel-jest', phases: { imports: 2 } }),
    row('a.test', 1, TEST),
  ]
  expect(drawn(treesOf(rows))).toEqual([
    'setup 11',
    '  matchers 6',
    'loading the transformer babel-jest 2',
    'test files 1',
    '  a.test 1',
  ])
})

test('importTrees places a module whose importer was cut from the table by its chain', () => {
  const [tree] = treesOf([row('w', 3, { ...by({ cut: 1 }), chain: ['b.test', 'cut', 'w'] })])
  expect(drawn([tree as ImportNode])).toEqual(['test files 3', '  b.test 3', '    cut 3', '      w 3'])
  expect(tree?.children[0]?.row).toBeUndefined()
})

test('importTrees loses no time where modules import each other in different files', () => {
  const rows = [row('a', 1, by({ b: 1 })), row('b', 2, by({ a: 1 })), row('c', 4, by({ c: 1 }))]
  const trees = treesOf(rows)
  expect(trees.map(({ module, totalMs }) => `${module} ${totalMs}`)).toEqual([`${TEST_FILES} 7`])
})

test('packageCopies lists packages that were loaded from several folders', () => {
  const of = (module: string, name: string, selfMs: number, files: number) =>
    row(module, selfMs, { package: name, files })
  expect(
    packageCopies([
      of('node_modules/@x/a/index.js', '@x/a', 1, 4),
      of('node_modules/@x/a/lib/b.js', '@x/a', 2, 9),
      of('node_modules/c/node_modules/@x/a/index.js', '@x/a', 7, 2),
      of('node_modules/c/index.js', 'c', 50, 2),
      row('src/a.js', 100),
    ]),
  ).toEqual([
    {
      package: '@x/a',
      copies: [
        { folder: 'node_modules/c/node_modules/@x/a', selfMs: 7, files: 2 },
        { folder: 'node_modules/@x/a', selfMs: 3, files: 9 },
      ],
    },
  ])
})
