// Which tests of base are which of head. `moved` says which file became which.

import { group } from 'd3-array'
import type { Series } from '../sides.js'
import type { MovedPaths } from './moved-paths.js'
import { joined, type Pair, type Pairing, pairByKey } from './pairing.js'

/** Both in the order of their definitions, file by file. */
export function pairTests(
  base: readonly Series[],
  head: readonly Series[],
  moved: Pick<MovedPaths, 'ofTestFile'>,
): Pairing {
  const ofBase = group(base, ({ entity }) => `${entity.project}\0${moved.ofTestFile(entity)}`)
  const ofHead = group(head, ({ entity }) => `${entity.project}\0${entity.file}`)
  const files = [...new Set([...ofBase.keys(), ...ofHead.keys()])]
  return joined(files.map(file => pairTestsOfFile(ofBase.get(file) ?? [], ofHead.get(file) ?? [])))
}

function pairTestsOfFile(base: readonly Series[], head: readonly Series[]): Pairing {
  const { matched } = pairByKey(base, head, { base: fullName, head: fullName })
  const pairs = [...matched, ...renamed(base, head, matched)]
  const [inBase, inHead] = [new Set(pairs.map(([series]) => series)), new Set(pairs.map(pair => pair[1]))]
  return {
    matched: pairs,
    onlyBase: base.filter(series => !inBase.has(series)),
    onlyHead: head.filter(series => !inHead.has(series)),
  }
}

/**
 * A test that stands alone between two that are matched, or between one and the file's end, on both sides, in the same
 * describe blocks, has been renamed.
 */
function renamed(base: readonly Series[], head: readonly Series[], matched: readonly Pair[]): Pair[] {
  const partner = new Map<Series, Series>(matched)
  const partnerInBase = new Map<Series, Series>(matched.map(([a, b]) => [b, a]))
  return base.flatMap((series, index): Pair[] => {
    const [before, after] = [base[index - 1], base[index + 1]]
    if (partner.has(series) || (before === undefined && after === undefined)) return []
    const [from, to] = [neighbour(before, partner), neighbour(after, partner)]
    if (from === null || to === null) return []
    const place = from !== undefined ? head.indexOf(from) + 1 : 0
    const other = head[place]
    const isAlone = other !== undefined && !partnerInBase.has(other) && head[place + 1] === to
    return isAlone && describes(series) === describes(other) ? [[series, other]] : []
  })
}

/** Undefined: the file's end; null: it is not matched itself. */
function neighbour(
  series: Series | undefined,
  partner: ReadonlyMap<Series, Series>,
): Series | undefined | null {
  return series === undefined ? undefined : (partner.get(series) ?? null)
}

function fullName({ entity }: Series): string {
  return entity.name.join(' ')
}

function describes({ entity }: Series): string {
  return JSON.stringify(entity.name.slice(0, -1))
}
