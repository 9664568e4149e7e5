// Total orders, the same on every machine and in whatever order recordings came.

/** By UTF-16 code units. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

type NumericKey<T> = { [Key in keyof T]: T[Key] extends number ? Key : never }[keyof T]

/** By one property falling, then by text, so that equal amounts always come in the same order. */
export function byDescending<T>(
  amount: NumericKey<T> | ((item: T) => number),
  textOf: (item: T) => string,
): (a: T, b: T) => number {
  const amountOf = typeof amount === 'function' ? amount : (item: T) => Number(item[amount])
  return (a, b) => amountOf(b) - amountOf(a) || compareText(textOf(a), textOf(b))
}
