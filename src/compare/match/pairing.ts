// What matching comes to: pairs of what is the same thing on both sides, and what is left.

import { group } from 'd3-array'
import { at } from '../../profile/columns.js'
import type { Series } from '../sides.js'

export type Pair<T = Series> = readonly [base: T, head: T]

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

/** The key of what is in base is the one that it has in head. */
interface Keys<T> {
  base: (item: T) => string
  head: (item: T) => string
}

/** What both sides have of each key. */
export function groupSides<T>(base: readonly T[], head: readonly T[], keys: Keys<T>) {
  const [ofBase, ofHead] = [group(base, keys.base), group(head, keys.head)]
  const all = new Set([...ofBase.keys(), ...ofHead.keys()])
  return Array.from(all, key => ({ base: ofBase.get(key) ?? [], head: ofHead.get(key) ?? [] }))
}

/**
 * Pairs those of the same key. Of several with one key, the order decides, and only where there are as many on both
 * sides: else it is unknown which of them is new.
 */
export function pairByKey(base: readonly Series[], head: readonly Series[], keys: Keys<Series>): Pairing {
  return joined(
    groupSides(base, head, keys).map(({ base: onlyBase, head: onlyHead }) =>
      onlyBase.length === onlyHead.length
        ? {
            matched: onlyBase.map((series, index): Pair => [series, at(onlyHead, index)]),
            onlyBase: [],
            onlyHead: [],
          }
        : { matched: [], onlyBase, onlyHead },
    ),
  )
}

/** Pairs of those that stand alone under their key on both sides. */
export function pairUnique<T>(base: readonly T[], head: readonly T[], keys: Keys<T>): Pair<T>[] {
  return groupSides(base, head, keys).flatMap(
    ({ base: [from, ...more], head: [to, ...others] }): Pair<T>[] =>
      from === undefined || to === undefined || more.length + others.length > 0 ? [] : [[from, to]],
  )
}

export function fullName({ entity }: Series): string {
  return entity.name.join(' ')
}
