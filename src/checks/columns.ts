// Columns of numbers, as recordings consist of them: of one length, and every number within its range.

import { type Check, type Flaw, flaw, within } from './check.js'

export interface ColumnRule {
  readonly from: number
  readonly to: number
  /** No number is less than the one before it. */
  readonly ascending?: true
  /** A number is a position in this column, or in one beside it, that comes before its own. */
  readonly earlier?: true
  /** Not only whole numbers. */
  readonly broken?: true
}

/** A position in a table of that length. */
export function positionIn(length: number): ColumnRule {
  return { from: 0, to: length - 1 }
}

/** The same, or -1: none. */
export function positionOrNone(length: number): ColumnRule {
  return { from: -1, to: length - 1 }
}

export function column({ from, to, ascending, earlier, broken }: ColumnRule): Check {
  return values => {
    if (!Array.isArray(values)) return flaw(values, 'a list of numbers')
    let least = from
    for (let row = 0; row < values.length; row++) {
      const value = values[row]
      const most = earlier ? row - 1 : to
      const isNumber = broken ? typeof value === 'number' : Number.isInteger(value)
      if (!isNumber || !(value >= least && value <= most)) {
        const kind = broken ? 'number' : 'whole number'
        return within(`[${row}]`, flaw(value, `a ${kind} from ${least} to ${most}`))
      }
      if (ascending) least = value
    }
    return undefined
  }
}

/** Columns of one table: what stands beside each other belongs together. */
export function columns<T extends object>(rules: { readonly [Key in keyof T]: Check }): Check {
  const all = Object.entries<Check>(rules)
  return value => {
    if (typeof value !== 'object' || value === null) return flaw(value, 'columns')
    const table = value as Readonly<Record<string, unknown>>
    let length: number | undefined
    for (const [name, check] of all) {
      const values = table[name]
      const found = check(values) ?? ofLength(values as readonly unknown[], length)
      if (found !== undefined) return within(`.${name}`, found)
      length = (values as readonly unknown[]).length
    }
    return undefined
  }
}

function ofLength(values: readonly unknown[], length: number | undefined): Flaw | undefined {
  if (length === undefined || values.length === length) return undefined
  return { where: '', what: `has ${values.length} rows, and the column before it ${length}` }
}
