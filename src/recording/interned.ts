// Schemas of what is stored otherwise than it is in memory: strings by their positions in a table, rows in columns. Their types are
// those of values in memory, their checks those of what is stored.

import { column, columns, positionsIn, positionsOrNone } from '../schema/columns.js'
import { type ObjectOf, table } from '../schema/objects.js'
import type { AnySchema, Fields, Schema, Shape } from '../schema/schema.js'
import { whole } from '../schema/values.js'

/** The position of no string. */
export const NONE = -1

/** A string, stored as its position in a table of strings. */
export function interned<T extends string = string>(strings: string): Schema<T> {
  const { check, expected } = whole({ from: 0, to: strings })
  return { shape: { kind: 'interned', table: strings, isOptional: false }, expected, check }
}

export function internedOrNone(strings: string): Schema<string | undefined> {
  const { check, expected } = whole({ from: NONE, to: strings })
  return { shape: { kind: 'interned', table: strings, isOptional: true }, expected, check }
}

export function internedColumn(strings: string): Schema<string[]> {
  const { check, expected } = positionsIn(strings)
  return { shape: { kind: 'internedColumn', table: strings }, expected, check }
}

/** Objects, stored as columns; of a boolean, the positions of rows where it is true. */
export function rows<C extends Fields>(name: string, cells: C): Schema<ObjectOf<C>[]> {
  const all = Object.entries(cells)
  const flags = all.filter(([, { shape }]) => shape.kind === 'boolean')
  const stored = columns(
    Object.fromEntries(
      all.flatMap(([cell, { shape }]) => (shape.kind === 'boolean' ? [] : [[cell, storedColumn(shape)]])),
    ),
    Object.fromEntries(flags.map(([cell]) => [cell, column({ from: 0, to: name, isAscending: true })])),
  )
  return table(name, { ...stored, shape: { kind: 'rows', cells } } as AnySchema as Schema<ObjectOf<C>[]>)
}

function storedColumn(shape: Shape): Schema<number[]> {
  if (shape.kind === 'number') return column(shape.range)
  if (shape.kind !== 'interned') throw new Error(`rows have no cells of kind ${shape.kind}`)
  return shape.isOptional ? positionsOrNone(shape.table) : positionsIn(shape.table)
}
