// Schemas of single values and of unions.

import { issue, type ValidationIssue } from './issues.js'
import type { AnySchema, Check, Infer, NumberRange, Schema, TableSizes } from './schema.js'

export const string: Schema<string> = {
  shape: { kind: 'string' },
  expected: 'a string',
  check: value => (typeof value === 'string' ? undefined : issue(value, 'a string')),
}

export const boolean: Schema<boolean> = {
  shape: { kind: 'boolean' },
  expected: 'a boolean',
  check: value => (typeof value === 'boolean' ? undefined : issue(value, 'a boolean')),
}

export function stringThat<T extends string = string>(
  expected: string,
  isValid: (value: string) => boolean,
): Schema<T> {
  const check: Check = value =>
    typeof value === 'string' && isValid(value) ? undefined : issue(value, expected)
  return { shape: { kind: 'string' }, expected, check }
}

export const regExpSource: Schema<string> = stringThat('a regular expression', source => {
  try {
    return new RegExp(source, 'i') instanceof RegExp
  } catch {
    return false
  }
})

export function number(range: Omit<NumberRange, 'isFractional'>): Schema<number> {
  return numberIn({ ...range, isFractional: true })
}

export function whole(range: Omit<NumberRange, 'isFractional'>): Schema<number> {
  return numberIn(range)
}

function numberIn(range: NumberRange): Schema<number> {
  const { from, to, isFractional } = range
  const check: Check = (value, sizes) => {
    const most = highest(range, sizes)
    const isWithin = typeof value === 'number' && value >= from && value <= most
    const isSound = isWithin && (isFractional === true || Number.isInteger(value))
    return isSound ? undefined : issue(value, rangeText(range, from, most))
  }
  const expected = rangeText(range, from, typeof to === 'number' ? to : Number.POSITIVE_INFINITY)
  return { shape: { kind: 'number', range }, expected, check }
}

export function highest({ to }: NumberRange, sizes: TableSizes): number {
  return typeof to === 'number' ? to : (sizes[to] ?? 0) - 1
}

export function rangeText({ isFractional }: NumberRange, from: number, to: number): string {
  return `a ${isFractional === true ? '' : 'whole '}number from ${from} to ${to}`
}

/** `a, b or c`. Not by Intl.ListFormat, which loads its languages for 25 ms in each process. */
function alternatives(names: readonly string[]): string {
  const [last = '', ...before] = names.toReversed()
  return before.length === 0 ? last : `${before.toReversed().join(', ')} or ${last}`
}

export function oneOf<const T extends string | number>(values: readonly T[]): Schema<T> {
  const known: ReadonlySet<unknown> = new Set(values)
  const names = values.map(value => (typeof value === 'string' ? `'${value}'` : String(value)))
  const expected = alternatives(names)
  const among = values.map(String)
  const check: Check = value =>
    known.has(value) ? undefined : { ...issue(value, expected), choice: { given: value, among } }
  return { shape: { kind: 'enum', values }, expected, check }
}

export function anyOf<const M extends readonly AnySchema[]>(...members: M): Schema<Infer<M[number]>> {
  const expected = members.map(member => member.expected).join(' or ')
  const among = members.flatMap(({ shape }) => (shape.kind === 'enum' ? shape.values.map(String) : []))
  const check: Check = (value, sizes) =>
    members.some(member => member.check(value, sizes) === undefined)
      ? undefined
      : { ...issue(value, expected), choice: { given: value, among } }
  return { shape: { kind: 'union', members }, expected, check }
}

export function nullable<T>(inner: Schema<T>): Schema<T | null> {
  const check: Check = (value, sizes) => (value === null ? undefined : inner.check(value, sizes))
  return { shape: { kind: 'nullable', inner }, expected: `${inner.expected} or null`, check }
}

export interface OptionalSchema<T> extends Schema<T> {
  readonly isOptional: true
}

export function optional<T>(inner: Schema<T>): OptionalSchema<T> {
  const check: Check = (value, sizes) => (value === undefined ? undefined : inner.check(value, sizes))
  return { shape: { kind: 'optional', inner }, expected: inner.expected, check, isOptional: true }
}

/** `check` gets only values that match the schema. */
export function refine<T>(inner: Schema<T>, check: (value: T) => ValidationIssue | undefined): Schema<T> {
  return {
    shape: { kind: 'refined', inner },
    expected: inner.expected,
    check: (value, sizes) => inner.check(value, sizes) ?? check(value as T),
  }
}

export function described<T>(expected: string, schema: Schema<T>): Schema<T> {
  return { ...schema, expected }
}

/** The same schema with another description and one issue for the whole value. */
export function named<T>(expected: string, inner: Schema<T>): Schema<T> {
  const check: Check = (value, sizes) => {
    const found = inner.check(value, sizes)
    return found && { ...found, ...issue(value, expected) }
  }
  return { shape: { kind: 'named', inner }, expected, check }
}
