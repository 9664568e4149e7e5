// Arbitrary small values that a schema allows.

import fc from 'fast-check'
import type { AnySchema, ColumnRange, Fields, NumberRange, TableSizes } from '../../src/schema/schema.js'

/** Strings by the name of their table. */
export type AnyStrings = Readonly<Record<string, fc.Arbitrary<string>>>

interface Drawing {
  readonly sizes: TableSizes
  readonly strings: AnyStrings
}

const MOST_ROWS = 4
const FARTHEST = 5000
/** The table of timestamps within a recording, which is as long as the recording. */
const TIMESTAMPS = 'timestamps'

/** Arbitrary values of a schema; `strings` are those of the tables in which strings are interned. */
export function anyOfSchema<T>(schema: AnySchema, strings: AnyStrings = {}): fc.Arbitrary<T> {
  // Rows of one table refer to rows of others, so either all tables have rows or none has.
  const sizesUpTo = (rows: number) =>
    fc.record(
      Object.fromEntries(
        [...tablesIn(schema)].map(name => [
          name,
          name === TIMESTAMPS
            ? fc.integer({ min: 1, max: FARTHEST })
            : fc.integer({ min: Math.min(1, rows), max: rows }),
        ]),
      ),
    )
  return fc
    .oneof({ weight: 9, arbitrary: sizesUpTo(MOST_ROWS) }, { weight: 1, arbitrary: sizesUpTo(0) })
    .chain(sizes => anyValue(schema, { sizes, strings }))
    .filter(value => isValid(schema, value)) as fc.Arbitrary<T>
}

/** Whether the schema allows a value; interned strings are checked when they are packed. */
function isValid(schema: AnySchema, value: unknown): boolean {
  return [...shapesIn(schema)].some(kind => kind === 'rows') || schema.check(value, {}) === undefined
}

function inner({ shape }: AnySchema): readonly AnySchema[] {
  switch (shape.kind) {
    case 'object':
      return Object.values(shape.fields)
    case 'columns':
      return [...Object.values(shape.columns), ...Object.values(shape.beside)]
    case 'rows':
      return Object.values(shape.cells)
    case 'array':
      return [shape.items]
    case 'union':
      return shape.members
    default:
      return 'inner' in shape ? [shape.inner] : []
  }
}

function* shapesIn(schema: AnySchema): Iterable<string> {
  yield schema.shape.kind
  for (const part of inner(schema)) yield* shapesIn(part)
}

function tablesIn(schema: AnySchema): Set<string> {
  const own = schema.shape.kind === 'table' ? [schema.shape.name] : []
  return new Set([...own, ...inner(schema).flatMap(part => [...tablesIn(part)])])
}

function anyValue(schema: AnySchema, drawing: Drawing): fc.Arbitrary<unknown> {
  const { shape } = schema
  switch (shape.kind) {
    case 'string':
      return fc.string({ maxLength: 4 })
    case 'boolean':
      return fc.boolean()
    case 'number':
      return anyNumber(shape.range, drawing)
    case 'enum':
      return fc.constantFrom(...shape.values)
    // Other members are strings in a format without an arbitrary.
    case 'union':
      return anyValue(shape.members[0] as AnySchema, drawing)
    case 'optional':
      return fc.option(anyValue(shape.inner, drawing), { nil: undefined })
    case 'nullable':
      return fc.option(anyValue(shape.inner, drawing))
    case 'refined':
    case 'named':
      return anyValue(shape.inner, drawing).map(arranged)
    case 'table':
      return anyTable(shape, drawing)
    case 'object':
      return anyObject(shape.fields, drawing)
    case 'rows':
      return fc.array(anyObject(shape.cells, drawing))
    case 'interned':
      return shape.isOptional
        ? fc.option(stringsOf(shape.table, drawing), { nil: undefined })
        : stringsOf(shape.table, drawing)
    default:
      return fc
        .nat(canHaveRows(schema, drawing) ? MOST_ROWS : 0)
        .chain(length => anyRows(schema, { ...drawing, length }))
  }
}

function stringsOf(table: string, { strings }: Drawing): fc.Arbitrary<string> {
  return strings[table] ?? fc.string({ maxLength: 4 })
}

function anyNumber(range: NumberRange, { sizes }: Drawing): fc.Arbitrary<number> {
  const { min, max } = bounds(range, sizes)
  return range.isFractional === true
    ? fc.double({ min, max, noNaN: true }).map(Math.abs)
    : fc.integer({ min, max: Math.max(min, max) })
}

function bounds({ from, to }: NumberRange, sizes: TableSizes): { min: number; max: number } {
  const highest = typeof to === 'number' ? to : (sizes[to] ?? 0) - 1
  return { min: Math.max(from, -1), max: Math.min(highest, Math.max(FARTHEST, from)) }
}

function anyObject(fields: Fields, drawing: Drawing): fc.Arbitrary<object> {
  return fc
    .record(
      Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, anyValue(field, drawing)])),
    )
    .map(value => Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)))
}

function anyTable(
  { name, inner: rows }: { name: string; inner: AnySchema },
  drawing: Drawing,
): fc.Arbitrary<unknown> {
  const length = drawing.sizes[name] ?? 0
  if (name === TIMESTAMPS)
    return anyValue(rows, drawing).map(header => ({ ...(header as object), wallMicros: length - 1 }))
  return anyRows(rows, { ...drawing, length })
}

function anyRows(schema: AnySchema, drawing: Drawing & { length: number }): fc.Arbitrary<unknown> {
  const { shape } = schema
  const { length } = drawing
  switch (shape.kind) {
    case 'refined':
      return anyRows(shape.inner, drawing).map(arranged)
    case 'array':
      return fc.array(anyValue(shape.items, drawing), { minLength: length, maxLength: length })
    case 'rows':
      return fc.array(requiredObject(shape.cells, drawing), { minLength: length, maxLength: length })
    case 'internedColumn':
      return fc.array(stringsOf(shape.table, drawing), { minLength: length, maxLength: length })
    case 'column':
      return anyColumn(shape.range, drawing)
    case 'columns':
      return fc
        .tuple(
          fc.record(
            Object.fromEntries(
              Object.entries(shape.columns).map(([name, column]) => [name, anyRows(column, drawing)]),
            ),
          ),
          anyObject(shape.beside, drawing),
        )
        .map(([columns, beside]) => ({ ...columns, ...beside }))
    default:
      throw new Error(`a ${shape.kind} has no rows`)
  }
}

/** An object with all cells, even optional ones. */
function requiredObject(cells: Fields, drawing: Drawing): fc.Arbitrary<object> {
  return fc.record(
    Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, anyValue(cell, drawing)])),
  )
}

function anyColumn(
  range: ColumnRange,
  { sizes, length }: Drawing & { length: number },
): fc.Arbitrary<number[]> {
  if (range.isEarlier === true)
    return fc.tuple(...Array.from({ length }, (_, row) => fc.integer({ min: -1, max: row - 1 })))
  const { min, max } = bounds(range, sizes)
  const column = fc.array(fc.integer({ min, max: Math.max(min, max) }), {
    minLength: length,
    maxLength: length,
  })
  return range.isAscending === true ? column.map(values => values.toSorted((a, b) => a - b)) : column
}

/** Whether a column can have rows: a column of positions in an empty table cannot. */
function canHaveRows(schema: AnySchema, { sizes }: Drawing): boolean {
  const { shape } = schema
  if (shape.kind !== 'column') return inner(schema).every(part => canHaveRows(part, { sizes, strings: {} }))
  const { min, max } = bounds(shape.range, sizes)
  return shape.range.isEarlier === true || max >= min
}

/**
 * Changes a value to meet the refinements of schemas: spans are in order and do not overlap, each ends after its start,
 * and a clock has at least one reading.
 */
function arranged(value: unknown): unknown {
  if (Array.isArray(value)) {
    let last = -1
    return value.map(entry => {
      const start = Math.max(entry.start, last)
      const end = entry.end === undefined ? undefined : Math.max(start, entry.end)
      last = end ?? start
      return { ...entry, start, ...(end === undefined ? {} : { end }) }
    })
  }
  const { start, end, time } = value as { start?: number[]; end?: number[]; time?: number[] }
  if (time?.length === 0) return { ...(value as object), time: [0], cpu: [0] }
  if (start === undefined || end === undefined) return value
  return {
    ...(value as object),
    end: end.map((time, row) => (time === -1 ? -1 : Math.max(time, start[row] ?? 0))),
  }
}
