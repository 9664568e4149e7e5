import { describe, expect, test } from '@jest/globals'
import { searchTree } from '../../src/page/flame/flame-search.js'
import { mergedTree } from '../../src/page/flame/sample-trees.js'
import { pageOf } from '../support/page.js'
import { resolvedFromText } from '../support/recording.js'

const RECORDING = resolvedFromText(
  `
  0  1000                 2000
  A  A                    B
  B  L[dependency:lodash]
     M[dependency:lodash]
  `,
  { header: { wallMicros: 4000 }, ticks: { node: [2], line: [7], count: [1] } },
)

describe('searchTree', () => {
  const { profile } = pageOf([RECORDING], { 'src/B.js': '' })
  const search = (query: string, libraries = false) => {
    const tree = mergedTree(
      profile,
      { value: 'cpu' },
      { libraries, engine: false, recursion: false, owners: false },
    )
    const found = searchTree(tree, profile, query)
    return found && [[...found.nodes].map(({ label }) => label).toSorted(), found.whole / 1000]
  }

  test.each([
    ['a name', 'b', [['B', 'B'], 3]],
    ['a package', 'lodash', [['L', 'M'], 1]],
    ['a path', 'src/a.js', [['A'], 2]],
    ['where a function is defined', 'src/B.js:1', [['B', 'B'], 3]],
    ['where a function is defined, with its column', 'src/B.js:1:1', [['B', 'B'], 3]],
    ['nothing at another column', 'src/B.js:1:9', [[], 0]],
    ['a line in which a function was seen', 'B.js:7', [['B', 'B'], 3]],
    ['nothing on a line that only starts with the same digits', 'src/B.js:70', [[], 0]],
  ])('finds %s', (_what, query, expected) => {
    expect(search(query)).toEqual(expected)
  })

  test('finds a function inside a folded package', () => {
    expect(search('M', true)).toEqual([['L · lodash'], 1])
  })

  test('returns undefined for a blank query', () => {
    expect(search('  ')).toBeUndefined()
  })
})
