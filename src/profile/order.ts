// Total orders, the same on every machine and for any order of recordings.

/** By UTF-16 code units. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

type NumericKey<T> = { [Key in keyof T]: T[Key] extends number ? Key : never }[keyof T]

/** Descending by amount, then by text: equal amounts always have the same order. */
export function byDescending<T>(
  amount: NumericKey<T> | ((item: T) => number),
  textOf: (item: T) => string,
): (a: T, b: T) => number {
  const amountOf = typeof amount === 'function' ? amount : (item: T) => Number(item[amount])
  return (a, b) => amountOf(b) - amountOf(a) || compareText(textOf(a), textOf(b))
}
