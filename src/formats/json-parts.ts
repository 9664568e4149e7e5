// JSON, piece by piece: as one text, the data of a large run's page would be in memory several times over.

/** Elements of an array that are one piece. */
const AT_ONCE = 1000

/**
 * Pieces of what `JSON.stringify` makes of plain data, in their order. Columns of numbers may be typed arrays: they come
 * out as arrays.
 */
export function* jsonParts(value: unknown): Generator<string> {
  if (isColumn(value) || Array.isArray(value)) yield* partsOfArray(value)
  else if (typeof value === 'object' && value !== null) yield* partsOfObject(value)
  else yield JSON.stringify(value) ?? 'null'
}

function isColumn(value: unknown): value is Int32Array | Float64Array {
  return value instanceof Int32Array || value instanceof Float64Array
}

function* partsOfArray(array: readonly unknown[] | Int32Array | Float64Array): Generator<string> {
  yield '['
  for (let from = 0; from < array.length; from += AT_ONCE) {
    const slice = Array.from<unknown>(array.slice(from, from + AT_ONCE))
    yield `${from === 0 ? '' : ','}${JSON.stringify(slice).slice(1, -1)}`
  }
  yield ']'
}

function* partsOfObject(object: object): Generator<string> {
  let before = '{'
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue
    yield `${before}${JSON.stringify(key)}:`
    yield* jsonParts(value)
    before = ','
  }
  yield before === '{' ? '{}' : '}'
}
