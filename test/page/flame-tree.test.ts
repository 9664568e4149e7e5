import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { FlameNode, FlameTree } from '../../src/page/flame/flame-tree.js'
import { mergedTree, orderedTree, sandwichTrees } from '../../src/page/flame/sample-trees.js'
import { wholeWeight } from '../support/all-samples.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'
import { pageOf } from '../support/page.js'
import { resolvedFromText, span } from '../support/recording.js'

const OPEN = { libraries: false, engine: false, recursion: false, owners: false }

/** Label, start and width in milliseconds, one node a line. */
function drawn({ root }: FlameTree): string[] {
  const lines: string[] = []
  const visit = (node: FlameNode) => {
    lines.push(`${'  '.repeat(node.depth)}${node.label} ${node.start / 1000}+${node.total / 1000}`)
    for (const child of node.children) visit(child)
  }
  visit(root)
  return lines
}

const RECORDING = resolvedFromText(
  `
  0  1000  3000  4000                 5000                  6000  8000
  A  A     idle  A                    A                     A     B
  B  C           L[dependency:lodash] L[dependency:lodash]  A
                 M[dependency:lodash] parse[node:url]       B
`,
  {
    header: { wallMicros: 10_000 },
    tests: [span({ index: 0, start: 0, end: 4000 }), span({ index: 1, start: 4000, end: 9000 })],
  },
)

describe('mergedTree', () => {
  test('merges equal callers and puts the widest child first', () => {
    const { profile } = pageOf([RECORDING])
    expect(drawn(mergedTree(profile, { value: 'cpu' }, OPEN))).toEqual([
      'all 0+9',
      '  A 0+7',
      '    A 0+2',
      '      B 0+2',
      '    C 2+2',
      '    L 4+2',
      '      M 4+1',
      '      parse 5+1',
      '    B 6+1',
      '  B 7+2',
    ])
  })

  test('shows only CPU time, only waiting, or both', () => {
    const { profile } = pageOf([RECORDING])
    const total = (value: string) => mergedTree(profile, { value }, OPEN).root.total
    expect([total('cpu'), total('wait'), total('time')]).toEqual([9000, 1000, 10_000])
  })

  test('folds adjacent frames of a package to one, named after its entry function', () => {
    const { profile } = pageOf([RECORDING])
    const tree = mergedTree(profile, { value: 'cpu', test: 1 }, { ...OPEN, libraries: true })
    expect(drawn(tree)).toEqual([
      'all 0+6',
      '  A 0+4',
      '    A 0+2',
      '      B 0+2',
      '    L · lodash 2+2',
      '      parse · node 2+1',
      '  B 4+2',
    ])
  })

  test('names the first function of a package that has a name', () => {
    const { profile } = pageOf([
      resolvedFromText('0\nA\n(anonymous)[dependency:dom]\nquery[dependency:dom]\nmatch[dependency:dom]', {
        header: { wallMicros: 1000 },
      }),
    ])
    expect(drawn(mergedTree(profile, { value: 'cpu' }, { ...OPEN, libraries: true }))).toEqual([
      'all 0+1',
      '  A 0+1',
      '    [dom] 0+1',
      '      query · dom 0+1',
    ])
  })

  test('folds recursion on request', () => {
    const { profile } = pageOf([RECORDING])
    const tree = mergedTree(profile, { value: 'cpu' }, { ...OPEN, recursion: true })
    expect(drawn(tree).filter(line => line.startsWith('    ') && !line.startsWith('      '))).toEqual([
      '    B 0+3',
      '    C 3+2',
      '    L 5+2',
    ])
  })

  test.each([
    ['test 0', { test: 0 }, 3000],
    ['test 1', { test: 1 }, 6000],
    ['a phase', { phase: 'tests' as const }, 9000],
    ['another worker', { worker: 7 }, 0],
    ['a category of the innermost frame', { category: 'node' as const }, 1000],
  ])('of %s contains only the samples of that selection', (_what, selection, total) => {
    const { profile } = pageOf([RECORDING])
    expect(mergedTree(profile, { value: 'cpu', ...selection }, OPEN).root.total).toBe(total)
  })

  test('keeps profiler frames only where they have self time', () => {
    const recording = resolvedFromText(
      `
      0            1000
      A            A
      P[profiler]  P[profiler]
      B
    `,
      { header: { wallMicros: 2000 } },
    )
    const { data, profile } = pageOf([recording])
    const expected = ['all 0+2', '  A 0+2', '    B 0+1', '    P 1+1']
    expect(drawn(mergedTree(profile, { value: 'cpu' }, OPEN))).toEqual(expected)
    expect(drawn(orderedTree(profile, { value: 'cpu', file: data.report.files[0] }, OPEN))).toEqual(expected)
  })
})

describe('frames of Jest, Node and V8', () => {
  const recording = resolvedFromText(
    `
    0                     1000           2000                3000
    run[jest]             run[jest]      run[jest]           run[jest]
    A                     A              A                   A
    require[jest]         require[jest]  expect[jest]        expect[jest]
    tick[node]            tick[node]     inspect[node:util]  gc
    L[dependency:lodash]  B
  `,
    { header: { wallMicros: 4000 } },
  )

  test('are not drawn between other calls, which say how many there are', () => {
    const { profile } = pageOf([recording])
    const tree = mergedTree(profile, { value: 'cpu' }, { ...OPEN, engine: true })
    expect(drawn(tree)).toEqual([
      'all 0+4',
      '  A 0+4',
      '    expect · jest 0+2',
      // A collection belongs to the stack before it.
      '      [node] 0+2',
      '        (garbage collector) 0+1',
      '    B 2+1',
      '    L 3+1',
    ])
    const hidden = (label: string) => tree.nodes.find(node => node.label === label)?.hidden
    expect([hidden('A'), hidden('B'), hidden('L'), hidden('expect · jest')]).toEqual([1, 2, 2, 0])
  })

  test('are drawn if asked for', () => {
    const { profile } = pageOf([recording])
    const labels = mergedTree(profile, { value: 'cpu' }, OPEN).nodes.map(({ label }) => label)
    expect(labels).toEqual(expect.arrayContaining(['run', 'require', 'tick', 'expect', 'inspect']))
  })

  test('are one node by category where nothing else has called them', () => {
    const text = '0          1000\nrun[jest]  run[jest]\nread[node] compile[compile]'
    const { profile } = pageOf([resolvedFromText(text, { header: { wallMicros: 2000 } })])
    const tree = mergedTree(profile, { value: 'cpu' }, { ...OPEN, engine: true })
    expect(drawn(tree)).toEqual(['all 0+2', '  [compile] 0+1', '  [node] 1+1'])
  })
})

describe('Owners', () => {
  const OWNED = { ...OPEN, engine: true, owners: true }
  // The second sample is below Jest, the third one follows an await: V8 then has the function of the test as outermost frame.
  const recording = resolvedFromText(
    `
    0       1000               2000               3000
    A       run[jest]          (anonymous)[test]  B
            (anonymous)[test]  B
            B
  `,
    {
      header: { wallMicros: 4000, testPath: '/project/a.test.js' },
      phases: [
        { phase: 'imports', start: 0 },
        { phase: 'other', start: 1000 },
      ],
      tests: [
        span({ index: 0, name: ['cart', 'adds'], start: 1000, end: 3000 }),
        span({ index: 1, name: ['cart', 'drops'], start: 3000, end: 4000 }),
      ],
    },
  )

  /** With the lines of tests, which drawn recordings do not have. */
  function ownedPage() {
    const page = pageOf([recording])
    for (const { tests } of page.data.report.files) for (const test of tests) test.line = 1 + 10 * test.index
    return page
  }

  const EXPECTED = [
    'all 0+4',
    '  tests 0+3',
    '    a.test.js 0+3',
    '      cart 0+3',
    '        adds 0+2',
    '          B 0+2',
    '        drops 2+1',
    '          B 2+1',
    '  imports 3+1',
    '    A 3+1',
  ]

  test('are phases, and files, describe blocks and tests, whose functions are part of them, resumed or not', () => {
    const { profile } = ownedPage()
    expect(drawn(mergedTree(profile, { value: 'cpu' }, OWNED))).toEqual(EXPECTED)
  })

  test('are the same in chronological order', () => {
    const { data, profile } = ownedPage()
    const tree = orderedTree(profile, { value: 'cpu', file: data.report.files[0] }, OWNED)
    expect(drawn(tree).toSorted()).toEqual(
      [
        ...['all 0+4', '  imports 0+1', '    A 0+1', '  tests 1+3', '    a.test.js 1+3', '      cart 1+3'],
        ...['        adds 1+2', '          B 1+2', '        drops 3+1', '          B 3+1'],
      ].toSorted(),
    )
  })

  test('link to their own views', () => {
    const { profile } = ownedPage()
    const { nodes } = mergedTree(profile, { value: 'cpu' }, OWNED)
    const linkOf = (label: string) => nodes.find(node => node.label === label)?.owner?.linkTo()
    expect(linkOf('tests')).toBeUndefined()
    expect(linkOf('a.test.js')).toMatch(/^#file\?file=a\.test\.js/)
    expect(linkOf('adds')).toMatch(/^#test\?file=a\.test\.js.*&test=0/)
  })
})

test('A merged tree distinguishes modules by file, and does not count blocking calls as waiting', () => {
  const recording = resolvedFromText(
    `
    0              1000
    A              (module)
    readSync[node:fs]
  `
      .replace('readSync', 'execSync')
      .replace('node:fs', 'node:child_process'),
    { header: { wallMicros: 2000 } },
  )
  const { profile } = pageOf([recording])
  const labels = drawn(mergedTree(profile, { value: 'cpu' }, OPEN)).join()
  expect(labels).toContain('(module).js (module)')
  expect(mergedTree(profile, { value: 'wait' }, OPEN).root.total).toBe(0)
})

describe('orderedTree', () => {
  test('keeps the timestamps of samples and draws a continuing call as one node', () => {
    const { data, profile } = pageOf([RECORDING])
    const tree = orderedTree(profile, { value: 'cpu', file: data.report.files[0] }, OPEN)
    expect(drawn(tree)).toEqual([
      'all 0+10',
      '  A 0+3',
      '    B 0+1',
      '    C 1+2',
      '  A 4+4',
      '    L 4+2',
      '      M 4+1',
      '      parse 5+1',
      '    A 6+2',
      '      B 6+2',
      '  B 8+2',
    ])
  })

  test('leaves gaps between samples out of its whole', () => {
    const { data, profile } = pageOf([RECORDING])
    expect(orderedTree(profile, { value: 'cpu', file: data.report.files[0] }, OPEN).whole).toBe(9000)
  })

  test('of one test covers only the span of that test', () => {
    const { data, profile } = pageOf([RECORDING])
    const tree = orderedTree(profile, { value: 'time', file: data.report.files[0], test: 0 }, OPEN)
    expect([tree.root.start, tree.root.total]).toEqual([0, 4000])
  })
})

describe('sandwichTrees', () => {
  test('give a function the same total time as callers and callees, and count recursion once', () => {
    const { profile } = pageOf([RECORDING])
    const isFunction = (frame: number) => profile.frames[frame]?.name === 'A'
    const { callers, callees } = sandwichTrees(profile, {
      selection: { value: 'cpu' },
      folding: OPEN,
      isFunction,
    })
    expect([callers.root.total, callees.root.total]).toEqual([7000, 7000])
    expect(drawn(callers)).toEqual(['callers 0+7', '  A 0+7'])
    const ofB = sandwichTrees(profile, {
      selection: { value: 'cpu' },
      folding: OPEN,
      isFunction: frame => profile.frames[frame]?.name === 'B',
    })
    expect(drawn(ofB.callers)).toEqual(['callers 0+5', '  B 0+5', '    A 0+3', '      A 0+2'])
  })
})

test('sandwichTrees never folds the selected function', () => {
  const { profile } = pageOf([RECORDING])
  const { callees } = sandwichTrees(profile, {
    selection: { value: 'cpu' },
    folding: { ...OPEN, libraries: true },
    isFunction: frame => profile.frames[frame]?.name === 'M',
  })
  expect(drawn(callees)).toEqual(['callees 0+1', '  M 0+1'])
})

test('A merged tree loses no time for any recording and folding', () => {
  fc.assert(
    fc.property(
      anyRecordingsInTwoOrders,
      fc.record({
        libraries: fc.boolean(),
        engine: fc.boolean(),
        recursion: fc.boolean(),
        owners: fc.boolean(),
      }),
      ([recordings], options) => {
        const { profile, whole } = pageOf(recordings)
        const { root, nodes } = mergedTree(profile, { value: 'time' }, options)
        expect(root.total).toBe(wholeWeight(whole))
        for (const node of nodes) {
          const inside = node.children.reduce((sum, child) => sum + child.total, node.self)
          expect(inside).toBe(node.total)
        }
        expect(nodes.map(({ id }) => id)).toEqual(nodes.map((_, index) => index))
      },
    ),
    { numRuns: 100 },
  )
})
