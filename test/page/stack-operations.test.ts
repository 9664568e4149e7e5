import { describe, expect, test } from '@jest/globals'
import { operationsText, parseOperations, type StackOperation } from '../../src/page/data/stack-operations.js'
import { mergedTree } from '../../src/page/flame/sample-trees.js'
import { pageOf } from '../support/page.js'
import { resolvedFromText } from '../support/recording.js'

const OPTIONS = { libraries: false, engine: false, recursion: false, owners: false }

const RECORDING = resolvedFromText(
  `
  0  1000                  2000                  3000
  A  A                     A                     C
  B  L[dependency:lodash]  L[dependency:lodash]  L[dependency:lodash]
                           B
`,
  { header: { wallMicros: 4000 } },
)

/** Labels and milliseconds. */
function drawn(operations: readonly StackOperation[]): string[] {
  const { profile } = pageOf([RECORDING])
  return mergedTree(profile, { value: 'cpu', operations }, OPTIONS).nodes.map(
    ({ label, depth, total }) => `${'  '.repeat(depth)}${label} ${total / 1000}`,
  )
}

const B = { name: 'B', at: 'src/B.js:1:1' }
const LODASH = { name: 'lodash' }

describe('Stack operations', () => {
  test('focus shows only stacks with the function, from their outermost call on', () => {
    expect(drawn([{ kind: 'focus', ...B }])).toEqual(['all 2', '  A 2', '    B 1', '    L 1', '      B 1'])
  })

  test('ignore leaves out stacks with the function or package', () => {
    expect(drawn([{ kind: 'ignore', ...B }])).toEqual(['all 2', '  A 1', '    L 1', '  C 1', '    L 1'])
    expect(drawn([{ kind: 'ignore', ...LODASH }])).toEqual(['all 1', '  A 1', '    B 1'])
  })

  test('merge makes a package part of its callers, without losing time', () => {
    expect(drawn([{ kind: 'merge', ...LODASH }])).toEqual(['all 4', '  A 3', '    B 2', '  C 1'])
  })

  test('apply together', () => {
    expect(
      drawn([
        { kind: 'focus', ...LODASH },
        { kind: 'merge', ...LODASH },
        { kind: 'ignore', ...B },
      ]),
    ).toEqual(['all 2', '  A 1', '  C 1'])
  })

  test('are read back from the link', () => {
    const operations: StackOperation[] = [
      { kind: 'focus', ...B },
      { kind: 'merge', ...LODASH, at: undefined },
    ]
    expect(parseOperations(operationsText(operations))).toEqual(operations)
    expect(operationsText([])).toBeNull()
  })

  test.each([null, '', '{}', '[1]', '[["drop","x"]]', '[["focus",1]]', '[["focus","x",{}]]', '[[]]', 'null'])(
    'in a link that is no list of operations, such as %s, change nothing',
    text => {
      expect(parseOperations(text)).toEqual([])
    },
  )
})
