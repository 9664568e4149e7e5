// Columns of numbers, as recordings consist of them: of one length, and every number within its range.

import { type Check, type Flaw, flaw, type Sizes, within } from './check.js'

export interface ColumnRule {
  readonly from: number
  /** The highest number, or the table that the numbers are positions in. */
  readonly to: number | string
  /** No number is less than the one before it. */
  readonly ascending?: true
  /** A number is a position in this table that comes before its own. */
  readonly earlier?: true
  /** Not only whole numbers. */
  readonly broken?: true
}

export function positionsIn(table: string): Check {
  return column({ from: 0, to: table })
}

/** The same, or -1: none. */
export function positionsOrNone(table: string): Check {
  return column({ from: -1, to: table })
}

export function column(rule: ColumnRule): Check {
  return (values, sizes) => {
    if (!Array.isArray(values)) return flaw(values, 'a list of numbers')
    const to = highest(rule, sizes)
    const row = firstOutside(values, rule, to)
    return row < 0 ? undefined : within(`[${row}]`, outside(values, row, { ...rule, to }))
  }
}

function highest({ to }: ColumnRule, sizes: Sizes): number {
  return typeof to === 'number' ? to : (sizes[to] ?? 0) - 1
}

// Kept as bare as it is: thousands of numbers of each of thousands of recordings come through here.
function firstOutside(
  values: readonly unknown[],
  { from, ascending, earlier, broken }: ColumnRule,
  to: number,
): number {
  let [least, most] = [from, to]
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    if (earlier === true) most = row - 1
    if (typeof value !== 'number' || !(value >= least && value <= most)) return row
    if (broken !== true && Math.floor(value) !== value) return row
    if (ascending === true) least = value
  }
  return -1
}

function outside(
  values: readonly unknown[],
  row: number,
  { from, to, ascending, earlier, broken }: ColumnRule,
): Flaw {
  const least = ascending && row > 0 ? values[row - 1] : from
  const most = earlier ? row - 1 : to
  return flaw(values[row], `a ${broken ? '' : 'whole '}number from ${least} to ${most}`)
}

/** Columns of one table: what stands beside each other belongs together. */
export function columns<T extends object>(rules: { readonly [Key in keyof T]: Check }): Check {
  const all = Object.entries<Check>(rules)
  return (value, sizes) => {
    if (typeof value !== 'object' || value === null) return flaw(value, 'columns')
    const table = value as Readonly<Record<string, unknown>>
    let length: number | undefined
    for (const [name, check] of all) {
      const values = table[name]
      const found = check(values, sizes) ?? ofLength(values as readonly unknown[], length)
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
