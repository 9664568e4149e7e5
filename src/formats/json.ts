// JSON in pieces, because as one text the data of a large run would be in memory several times. `report.json` is the
// Report as it is. Its schema is published as `jest-profiler/report.schema.json`.

import type { Report } from '../report/report.js'

/** Elements of an array in one piece, which is small enough for V8 to free it soon. */
const NUMBERS_AT_ONCE = 5000
const OTHERS_AT_ONCE = 20

/** Pieces of the text that `JSON.stringify` returns, but with arrays for typed arrays. `indent` `''`: all on one line. */
export function* jsonParts(value: unknown, { indent = '' } = {}): Generator<string> {
  yield* partsOf(value, { indent, line: indent === '' ? '' : '\n' })
}

interface Place {
  readonly indent: string
  /** The line break and indent at this depth. */
  readonly line: string
}

function* partsOf(value: unknown, place: Place): Generator<string> {
  if (isColumn(value) || Array.isArray(value)) yield* partsOfArray(value, place)
  else if (typeof value === 'object' && value !== null) {
    const space = place.indent === '' ? '' : ' '
    const known = Object.entries(value).filter(([, property]) => property !== undefined)
    const members = known.map(([key, property]) => [`${JSON.stringify(key)}:${space}`, property] as const)
    yield* partsOfEach(['{', '}'], members, place)
  } else yield JSON.stringify(value) ?? 'null'
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
  // JSON.stringify would write typed arrays as objects.
  if (typeof array[0] === 'object' && Object.values(array[0] ?? {}).some(isColumn)) {
    const members = Array.from<unknown, [string, unknown]>(array, element => ['', element])
    yield* partsOfEach(['[', ']'], members, place)
    return
  }
  const atOnce = typeof array[0] === 'number' ? NUMBERS_AT_ONCE : OTHERS_AT_ONCE
  for (let from = 0; from < array.length; from += atOnce) {
    const slice = Array.from<unknown>(array.slice(from, from + atOnce))
    const text = JSON.stringify(slice, null, indent)
    // Without brackets. Line breaks within strings are escaped.
    const inner = indent === '' ? text.slice(1, -1) : text.slice(1, -2).replaceAll('\n', line)
    yield `${from === 0 ? '[' : ','}${inner}`
  }
  yield `${line}]`
}

/** Elements or properties, each after its name. */
function* partsOfEach(
  [open, close]: readonly [string, string],
  members: Iterable<readonly [name: string, value: unknown]>,
  { indent, line }: Place,
): Generator<string> {
  const inner = { indent, line: line + indent }
  let before = open
  for (const [name, value] of members) {
    yield before + inner.line + name
    yield* partsOf(value, inner)
    before = ','
  }
  yield before === open ? open + close : line + close
}

export function toJson(report: Report): string {
  return [...jsonOf(report)].join('')
}

/** The same in pieces: the report of 100,000 tests has 60 MB. */
export function* jsonOf(report: Report): Generator<string> {
  yield* jsonParts(report, { indent: ' ' })
  yield '\n'
}
