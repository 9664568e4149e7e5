// Columns and Maps: how the model is read and built.

/** The element at `index`. Throws a RangeError when there is none, because that is always a bug. */
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

/** The first of `length` positions where `holds` is true, by binary search: it must be true of all after it. `length`: none. */
export function firstWhere(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** The value of a key; a missing one is made and kept. */
export function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** The same function, which makes the value of each key once. */
export function once<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return key => getOrMake(known, key, () => make(key))
}

/** The same function of an immutable object, which is called once for each, and keeps the result for as long as the object lives. */
export function onceForEach<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>()
  return key => {
    const found = known.get(key) ?? { value: make(key) }
    known.set(key, found)
    return found.value
  }
}

/** Adds to the number of a key, which is 0 at first. */
export function increase<Key>(sums: Map<Key, number>, key: Key, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount)
}

/** Values, each once, by their positions. */
export class Interner<Value> {
  readonly all: Value[]
  readonly #positions: Map<unknown, number>

  /** Further values are added to `all`, which must have no duplicates. */
  constructor(all: Value[] = []) {
    this.all = all
    this.#positions = new Map(all.map((value, position) => [value, position]))
  }

  /** Returns the value's position. `key` is the same for equal values, and may be left out where values are compared by `===`. */
  add(value: Value, key: unknown = value): number {
    const known = this.#positions.get(key)
    if (known !== undefined) return known
    this.#positions.set(key, this.all.length)
    return this.all.push(value) - 1
  }

  /** The position of a value that was added; undefined for any other. */
  positionOf(key: unknown): number | undefined {
    return this.#positions.get(key)
  }
}
