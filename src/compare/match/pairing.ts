// What matching comes to: pairs of what is the same thing on both sides, and what is left.

import { group } from 'd3-array'
import type { Series } from '../sides.js'

export type Pair = readonly [base: Series, head: Series]

export interface Pairing {
  readonly matched: readonly Pair[]
  readonly onlyBase: readonly Series[]
  readonly onlyHead: readonly Series[]
}

export function joined(pairings: readonly Pairing[]): Pairing {
  return {
    matched: pairings.flatMap(({ matched }) => matched),
    onlyBase: pairings.flatMap(({ onlyBase }) => onlyBase),
    onlyHead: pairings.flatMap(({ onlyHead }) => onlyHead),
  }
}

/**
 * Pairs those of the same key. Of several with one key, the order decides, and only where there are as many on both
 * sides: else it is unknown which of them is new.
 */
export function pairByKey(
  base: readonly Series[],
  head: readonly Series[],
  keys: { base: (series: Series) => string; head: (series: Series) => string },
): Pairing {
  const ofBase = group(base, keys.base)
  const ofHead = group(head, keys.head)
  const all = [...new Set([...ofBase.keys(), ...ofHead.keys()])]
  return joined(
    all.map(key => {
      const [onlyBase, onlyHead] = [ofBase.get(key) ?? [], ofHead.get(key) ?? []]
      if (onlyBase.length !== onlyHead.length) return { matched: [], onlyBase, onlyHead }
      const matched = onlyBase.flatMap((series, index): Pair[] => {
        const other = onlyHead[index]
        return other === undefined ? [] : [[series, other]]
      })
      return { matched, onlyBase: [], onlyHead: [] }
    }),
  )
}
