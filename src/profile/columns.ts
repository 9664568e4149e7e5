// Reading a column: an index that is out of range is a bug here, never a value to go on with.

/** The element at `index`; throws a RangeError when there is none. */
export function at<T>(column: ArrayLike<T>, index: number): T {
  if (index < 0 || index >= column.length) {
    throw new RangeError(`index ${index} is outside a column of ${column.length}`)
  }
  return column[index] as T
}

/** Position of the first element that is not below `least`; the column's length when there is none. */
export function lowerBound(ascending: ArrayLike<number>, least: number): number {
  return firstWhere(ascending.length, index => at(ascending, index) >= least)
}

/** The first of `length` positions for which something holds that holds for all after it; `length` when there is none. */
export function firstWhere(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** What a map holds under a key; if that is nothing, what is made for it. */
export function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** The same function, which makes each value once. */
export function once<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return key => getOrMake(known, key, () => make(key))
}

/** Adds to the number that a map holds under a key. */
export function increase<Key>(sums: Map<Key, number>, key: Key, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount)
}
