// Which tests of base are which of head. `moved` says which file became which.

import { group } from 'd3-array'
import { fileKey } from '../../profile/paths.js'
import type { Series } from '../sides.js'
import type { MovedPaths } from './moved-paths.js'
import { joined, type Pair, type Pairing, pairByKey } from './pairing.js'

/** Both in the order of their definitions, file by file. */
export function pairTests(
  base: readonly Series[],
  head: readonly Series[],
  moved: Pick<MovedPaths, 'ofTestFile'>,
): Pairing {
  const ofBase = group(base, ({ entity }) =>
    fileKey({ project: entity.project, file: moved.ofTestFile(entity) }),
  )
  const ofHead = group(head, ({ entity }) => fileKey(entity))
  const files = [...new Set([...ofBase.keys(), ...ofHead.keys()])]
  return joined(files.map(file => pairTestsOfFile(ofBase.get(file) ?? [], ofHead.get(file) ?? [])))
}

function pairTestsOfFile(base: readonly Series[], head: readonly Series[]): Pairing {
  const { matched } = pairByKey(base, head, { base: fullName, head: fullName })
  const pairs = [...matched, ...renamed(base, head, matched)]
  const paired = new Set(pairs.flat())
  return {
    matched: pairs,
    onlyBase: base.filter(series => !paired.has(series)),
    onlyHead: head.filter(series => !paired.has(series)),
  }
}

/**
 * A test has been renamed, or the describe blocks around it have, when its function reads as before, and no other's in
 * the file does. Its place would tell nothing: another test may have been put there.
 */
function renamed(base: readonly Series[], head: readonly Series[], matched: readonly Pair[]): Pair[] {
  const paired = new Set(matched.flat())
  const ofHead = uniqueBodies(head)
  return [...uniqueBodies(base)].flatMap(([body, series]): Pair[] => {
    const other = ofHead.get(body)
    if (other === undefined || paired.has(series) || paired.has(other)) return []
    const isSame = titleOf(series) === titleOf(other) || describes(series) === describes(other)
    return isSame ? [[series, other]] : []
  })
}

function uniqueBodies(tests: readonly Series[]): Map<string, Series> {
  const ofBodies = group(tests, ({ figures }) => figures.find(figure => figure?.body !== undefined)?.body)
  return new Map(
    [...ofBodies].flatMap(([body, [series, ...more]]): [string, Series][] =>
      body === undefined || series === undefined || more.length > 0 ? [] : [[body, series]],
    ),
  )
}

function fullName({ entity }: Series): string {
  return entity.name.join(' ')
}

function titleOf({ entity }: Series): string | undefined {
  return entity.name.at(-1)
}

function describes({ entity }: Series): string {
  return JSON.stringify(entity.name.slice(0, -1))
}
