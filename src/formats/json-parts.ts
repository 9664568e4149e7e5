// JSON, piece by piece: as one text, the data of a large run would be in memory several times over.

/** Elements of an array that are one piece: small enough for V8 to be rid of it soon. */
const NUMBERS_AT_ONCE = 5000
const OTHERS_AT_ONCE = 20

interface JsonLayout {
  /** The indent of a level, as JSON.stringify takes it; `''`: all on one line. */
  readonly indent?: string
}

/**
 * Pieces of what `JSON.stringify` makes of plain data, in their order. Columns of numbers may be typed arrays: they come
 * out as arrays.
 */
export function* jsonParts(value: unknown, { indent = '' }: JsonLayout = {}): Generator<string> {
  yield* partsOf(value, { indent, line: indent === '' ? '' : '\n' })
}

interface Place {
  readonly indent: string
  /** What begins a line at this depth. */
  readonly line: string
}

function* partsOf(value: unknown, place: Place): Generator<string> {
  if (isColumn(value) || Array.isArray(value)) yield* partsOfArray(value, place)
  else if (typeof value === 'object' && value !== null) yield* partsOfObject(value, place)
  else yield JSON.stringify(value) ?? 'null'
}

function isColumn(value: unknown): value is Int32Array | Float64Array {
  return value instanceof Int32Array || value instanceof Float64Array
}

type List = readonly unknown[] | Int32Array | Float64Array

function* partsOfArray(array: List, place: Place): Generator<string> {
  const { indent, line } = place
  if (array.length === 0) {
    yield '[]'
    return
  }
  if (hasColumns(array[0])) {
    yield* partsOfEach(array, place)
    return
  }
  const atOnce = typeof array[0] === 'number' ? NUMBERS_AT_ONCE : OTHERS_AT_ONCE
  for (let from = 0; from < array.length; from += atOnce) {
    const slice = Array.from<unknown>(array.slice(from, from + atOnce))
    const text = JSON.stringify(slice, null, indent)
    // Without its brackets; a text has no line breaks but those between lines.
    const inner = indent === '' ? text.slice(1, -1) : text.slice(1, -2).replaceAll('\n', line)
    yield `${from === 0 ? '[' : ','}${inner}`
  }
  yield `${line}]`
}

/** JSON.stringify would make objects of typed arrays. */
function hasColumns(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).some(isColumn)
}

function* partsOfEach(array: List, { indent, line }: Place): Generator<string> {
  const inner = { indent, line: line + indent }
  let before = '['
  for (const element of array) {
    yield before + inner.line
    yield* partsOf(element, inner)
    before = ','
  }
  yield `${line}]`
}

function* partsOfObject(object: object, { indent, line }: Place): Generator<string> {
  const inner = { indent, line: line + indent }
  let before = '{'
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue
    yield `${before}${inner.line}${JSON.stringify(key)}:${indent === '' ? '' : ' '}`
    yield* partsOf(value, inner)
    before = ','
  }
  yield before === '{' ? '{}' : `${line}}`
}
