import { Duration, durationText } from './figures.js'
import type { Column } from './table.js'

/** A column of times. `msOf`: milliseconds; null where they are not known. */
export function durationColumn<Row>(
  key: string,
  title: string,
  msOf: (row: Row) => number | null,
  given: Partial<Column<Row>> = {},
): Column<Row> {
  return {
    key,
    title,
    isNumber: true,
    value: msOf,
    text: row => durationText(msOf(row)),
    show: row => <Duration ms={msOf(row)} />,
    ...given,
  }
}
