// The result of matching: pairs of the same entity on both sides, and the entities that only one side has.

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

/** An entity of base has the key that it would have in head. */
interface Keys<T> {
  base: (item: T) => string
  head: (item: T) => string
}

/** The items of both sides by key. */
export function groupSides<T>(base: readonly T[], head: readonly T[], keys: Keys<T>) {
  const [ofBase, ofHead] = [group(base, keys.base), group(head, keys.head)]
  const all = new Set([...ofBase.keys(), ...ofHead.keys()])
  return Array.from(all, key => ({ base: ofBase.get(key) ?? [], head: ofHead.get(key) ?? [] }))
}

/**
 * Pairs series of the same key. Several of one key are paired in order, but only if both sides have equally many: otherwise
 * it is unknown which of them is new.
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

/** Pairs items that are the only ones of their key on both sides. */
export function pairUnique<T>(base: readonly T[], head: readonly T[], keys: Keys<T>): Pair<T>[] {
  return groupSides(base, head, keys).flatMap(
    ({ base: [from, ...more], head: [to, ...others] }): Pair<T>[] =>
      from === undefined || to === undefined || more.length + others.length > 0 ? [] : [[from, to]],
  )
}

export function fullName({ entity }: Series): string {
  return entity.name.join(' ')
}

/** Whether V8 has no name for a function. */
export function isNameless(name: string): boolean {
  return name === '' || name.endsWith('(anonymous)') || name.endsWith('<anonymous>')
}
