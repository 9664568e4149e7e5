// Schemas of columns, as in recordings: of the same length, and with every number in its range.

import { issue, type ValidationIssue, within } from './issues.js'
import { type ObjectOf, object } from './objects.js'
import type { AnySchema, Check, ColumnRange, Fields, Schema } from './schema.js'
import { highest, rangeText } from './values.js'

export function column(range: ColumnRange): Schema<number[]> {
  const check: Check = (values, sizes) => {
    if (!Array.isArray(values)) return issue(values, 'an array of numbers')
    const to = highest(range, sizes)
    const row = firstOutside(values, range, to)
    return row < 0 ? undefined : within(row, outside(values, row, { ...range, to }))
  }
  return { shape: { kind: 'column', range }, expected: 'an array of numbers', check }
}

export function positionsIn(table: string): Schema<number[]> {
  return column({ from: 0, to: table })
}

export function positionsOrNone(table: string): Schema<number[]> {
  return column({ from: -1, to: table })
}

// Hot: checks thousands of numbers in each of thousands of recordings.
function firstOutside(
  values: readonly unknown[],
  { from, isAscending, isEarlier, isFractional }: ColumnRange,
  to: number,
): number {
  let [least, most] = [from, to]
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    if (isEarlier === true) most = row - 1
    if (typeof value !== 'number' || !(value >= least && value <= most)) return row
    if (isFractional !== true && Math.floor(value) !== value) return row
    if (isAscending === true) least = value
  }
  return -1
}

function outside(
  values: readonly unknown[],
  row: number,
  range: ColumnRange & { to: number },
): ValidationIssue {
  const least = range.isAscending && row > 0 ? Number(values[row - 1]) : range.from
  return issue(values[row], rangeText(range, least, range.isEarlier ? row - 1 : range.to))
}

type Columns = Readonly<Record<string, Schema<unknown[]>>>

/** Columns of one table, of the same length. `beside`: other fields of the same object. */
export function columns<C extends Columns, B extends Fields = Record<never, never>>(
  fields: C,
  beside?: B,
): Schema<ObjectOf<C & B>> {
  const all = Object.entries<AnySchema>(fields)
  const others = beside && object(beside)
  const check: Check = (value, sizes) => {
    if (typeof value !== 'object' || value === null) return issue(value, 'columns')
    const given = value as Readonly<Record<string, unknown>>
    let length: number | undefined
    for (const [name, field] of all) {
      const values = given[name]
      const found = field.check(values, sizes) ?? ofLength(values as readonly unknown[], length)
      if (found !== undefined) return within(name, found)
      length = (values as readonly unknown[]).length
    }
    return others?.check(value, sizes)
  }
  return { shape: { kind: 'columns', columns: fields, beside: beside ?? {} }, expected: 'columns', check }
}

function ofLength(values: readonly unknown[], length: number | undefined): ValidationIssue | undefined {
  if (length === undefined || values.length === length) return undefined
  const problem = `has ${values.length} rows, and the column before it ${length}`
  return { path: [], problem, value: values, expected: `an array of ${length} rows` }
}
