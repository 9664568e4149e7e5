// The data of a comparison's page, from drawn sides.

import { packCalls } from '../../src/formats/html/comparison-html.js'
import { comparedTrees } from '../../src/page/comparison/compared-trees.js'
import { CallsData } from '../../src/page/comparison/comparison-data.js'
import { type DrawnSides, drawnComparison } from './drawn-comparison.js'

export function comparedPage(sides: DrawnSides) {
  const { calls, comparison } = drawnComparison(sides)
  const data = new CallsData(packCalls(calls))
  const trees = comparedTrees(
    data,
    { phase: undefined, value: 'cpu' },
    { libraries: true, engine: true, recursion: false },
  )
  return { calls, comparison, data, trees }
}
