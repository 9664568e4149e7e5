// How recordings are stored: rows in columns and each string once, because the recordings of a suite share most of their functions, and
// reading them is most of the work of `show`, `diff` and `merge`. Schemas have types of values in memory, and checks of stored values.

import { at, Interner } from '../profile/columns.js'
import { column, columns, positionsIn, positionsOrNone } from '../schema/columns.js'
import { type ObjectOf, object, table } from '../schema/objects.js'
import type { AnySchema, Fields, Schema, Shape } from '../schema/schema.js'
import { whole } from '../schema/values.js'

const NONE = -1

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

/** An array of objects, stored as columns; booleans are stored as the positions of rows where they are true. */
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

type StringTables = ReadonlyMap<string, Interner<string>>
type Strings = ReadonlyMap<string, readonly string[]>

interface Packer {
  readonly pack: (value: unknown, tables: StringTables) => unknown
  readonly unpack: (stored: unknown, strings: Strings) => unknown
}

export interface PackedSchema<T> {
  readonly schema: Schema<T>
  pack(value: T): object
  /** `share`: by table, a function that returns the same string for equal ones, which Maps find faster. */
  unpack(stored: unknown, share?: Readonly<Record<string, (text: string) => string>>): T
}

/** `tables`: schemas of interned strings by name, stored as additional fields. */
export function packed<F extends Fields>(
  fields: F,
  tables: Readonly<Record<string, Schema<string[]>>>,
): PackedSchema<ObjectOf<F>> {
  const names = Object.keys(tables)
  const stringTables = Object.entries(tables).map(([name, strings]) => [name, table(name, strings)])
  const packer = objectPacker(fields)
  return {
    schema: object({ ...Object.fromEntries(stringTables), ...fields }) as AnySchema as Schema<ObjectOf<F>>,
    pack(value) {
      const filled = new Map(names.map(name => [name, new Interner<string>()]))
      const own = packer.pack(value, filled)
      return { ...(own as object), ...Object.fromEntries(names.map(name => [name, filled.get(name)?.all])) }
    },
    unpack(value, share = {}) {
      const stored = value as Readonly<Record<string, readonly string[]>>
      const strings = new Map(
        names.map(name => {
          const own = stored[name] ?? []
          return [name, share[name] === undefined ? own : own.map(share[name])]
        }),
      )
      return packer.unpack(value, strings) as ObjectOf<F>
    },
  }
}

/** Returns undefined for values that are stored as they are in memory. */
function packerOf({ shape }: AnySchema): Packer | undefined {
  switch (shape.kind) {
    case 'internedColumn':
      return columnPacker(shape.table)
    case 'rows':
      return rowsPacker(shape.cells)
    case 'object':
      return Object.values(shape.fields).some(field => packerOf(field) !== undefined)
        ? objectPacker(shape.fields)
        : undefined
    case 'table':
    case 'refined':
      return packerOf(shape.inner)
    case 'nullable':
      return packerOfNullable(shape.inner)
    default:
      return undefined
  }
}

function packerOfNullable(inner: AnySchema): Packer | undefined {
  const packer = packerOf(inner)
  return (
    packer && {
      pack: (value, tables) => (value === null ? null : packer.pack(value, tables)),
      unpack: (stored, strings) => (stored === null ? null : packer.unpack(stored, strings)),
    }
  )
}

/** Leaves out fields that are not in the schema. */
function objectPacker(fields: Fields): Packer {
  const all = Object.entries(fields).map(([name, field]) => [name, packerOf(field)] as const)
  const changed =
    <T>(change: (packer: Packer, value: unknown, strings: T) => unknown) =>
    (value: unknown, strings: T) => {
      const given = value as Readonly<Record<string, unknown>>
      const made: Record<string, unknown> = {}
      for (const [name, packer] of all) {
        const part = given[name]
        if (part !== undefined) made[name] = packer === undefined ? part : change(packer, part, strings)
      }
      return made
    }
  return {
    pack: changed((packer, value, tables: StringTables) => packer.pack(value, tables)),
    unpack: changed((packer, stored, strings: Strings) => packer.unpack(stored, strings)),
  }
}

function columnPacker(name: string): Packer {
  return {
    pack: (values, tables) => (values as string[]).map(value => found(tables, name).add(value)),
    unpack: (positions, tables) => {
      const strings = found(tables, name)
      return (positions as number[]).map(position => at(strings, position))
    },
  }
}

function rowsPacker(cells: Fields): Packer {
  const all = Object.entries(cells).map(([name, { shape }]) => ({ name, shape }))
  const template = Object.fromEntries(all.map(({ name }) => [name, undefined]))
  return {
    pack: (values, tables) =>
      Object.fromEntries(
        all.map(({ name, shape }) => {
          const cellValues = (values as Readonly<Record<string, unknown>>[]).map(row => row[name])
          return [name, packColumn(cellValues, shape, tables)]
        }),
      ),
    unpack: (stored, strings) => {
      const given = stored as Readonly<Record<string, readonly number[]>>
      const [first = ''] = all.flatMap(({ name, shape }) => (shape.kind === 'boolean' ? [] : [name]))
      const count = given[first]?.length ?? 0
      const made: Record<string, unknown>[] = []
      for (let row = 0; row < count; row++) made.push({ ...template })
      for (const { name, shape } of all)
        fillColumn(made, name, cellValues(given[name] ?? [], { shape, count }, strings))
      return made
    },
  }
}

function fillColumn(made: Record<string, unknown>[], name: string, values: readonly unknown[]) {
  for (let row = 0; row < made.length; row++) (made[row] as Record<string, unknown>)[name] = values[row]
}

function cellValues(
  column: readonly number[],
  { shape, count }: { shape: Shape; count: number },
  tables: Strings,
): readonly unknown[] {
  if (shape.kind === 'boolean') {
    const values = new Array<boolean>(count).fill(false)
    for (const row of column) values[row] = true
    return values
  }
  if (shape.kind !== 'interned') return column
  const strings = found(tables, shape.table)
  return column.map(position => strings[position])
}

function packColumn(cells: readonly unknown[], shape: Shape, tables: StringTables): readonly unknown[] {
  if (shape.kind === 'boolean') return cells.flatMap((cell, row) => (cell === true ? [row] : []))
  if (shape.kind !== 'interned') return cells
  const strings = found(tables, shape.table)
  return cells.map(cell => (cell === undefined ? NONE : strings.add(cell as string)))
}

function found<T>(tables: ReadonlyMap<string, T>, name: string): T {
  const known = tables.get(name)
  if (known === undefined) throw new Error(`the schema has no table of strings called ${name}`)
  return known
}
