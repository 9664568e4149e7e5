// What a value must look like, put together from smaller schemas: its type, its check and how it is stored follow from one.
// Own code, because a run may have 10,000 recordings: a sound value costs a few comparisons, and only an issue is put into words.

/** What is wrong with a value. */
export interface ValidationIssue {
  /** From the value that was checked to the part that is wrong, outermost first. */
  readonly path: readonly (string | number)[]
  /** Follows the name of the part: `is 7, not a string`. */
  readonly problem: string
  /** The part. */
  readonly value: unknown
  readonly expected: string
  /** Where it is one of a list: what was given, and the list. */
  readonly choice?: Choice
}

export interface Choice {
  readonly given: unknown
  readonly among: readonly string[]
}

/** How many rows there are in the tables that others refer to by position; one that is left out is empty. */
export type TableSizes = Readonly<Record<string, number>>

/** The first issue; undefined: none. */
export type Check = (value: unknown, sizes: TableSizes) => ValidationIssue | undefined

declare const TYPE: unique symbol

export interface Schema<T> {
  readonly check: Check
  readonly shape: Shape
  /** Completes "must be …". */
  readonly expected: string
  readonly [TYPE]?: T
}

export type Infer<S> = S extends Schema<infer T> ? T : never

export type AnySchema = Schema<unknown>
export type Fields = Readonly<Record<string, AnySchema>>

/** What a schema consists of, for whatever else is derived from it. */
export type Shape =
  | { readonly kind: 'any' | 'string' | 'boolean' }
  | { readonly kind: 'number'; readonly range: NumberRange }
  | { readonly kind: 'column'; readonly range: ColumnRange }
  | { readonly kind: 'enum'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'union'; readonly members: readonly AnySchema[] }
  | { readonly kind: 'array'; readonly items: AnySchema }
  | { readonly kind: 'nullable' | 'optional' | 'refined' | 'named'; readonly inner: AnySchema }
  | { readonly kind: 'table'; readonly inner: AnySchema; readonly name: string; readonly sizeOf: SizeOf }
  | { readonly kind: 'object'; readonly fields: Fields }
  | { readonly kind: 'columns'; readonly columns: Fields; readonly beside: Fields }
  | { readonly kind: 'interned'; readonly table: string; readonly isOptional: boolean }
  | { readonly kind: 'internedColumn'; readonly table: string }
  | { readonly kind: 'rows'; readonly cells: Fields }

export interface NumberRange {
  readonly from: number
  /** The highest number, or the table that the numbers are positions in. */
  readonly to: number | string
  readonly isFractional?: true
}

export interface ColumnRange extends NumberRange {
  /** No number is less than the one before it. */
  readonly isAscending?: true
  /** A number is a position that comes before its own. */
  readonly isEarlier?: true
}

type SizeOf = (value: unknown) => number

const NO_TABLES: TableSizes = {}

/** The first issue; undefined: none. */
export function findIssue({ check }: AnySchema, value: unknown): ValidationIssue | undefined {
  return check(value, NO_TABLES)
}

export function issue(value: unknown, expected: string): ValidationIssue {
  return { path: [], problem: `is ${shown(value)}, not ${expected}`, value, expected }
}

/** The same issue as it is seen from farther out. */
export function within(
  part: string | number,
  inner: ValidationIssue | undefined,
): ValidationIssue | undefined {
  return inner && { ...inner, path: [part, ...inner.path] }
}

/** `header.worker is "x", not a whole number from 0 to 10` */
export function describeIssue({ path, problem }: ValidationIssue): string {
  return `${path.length === 0 ? 'it' : pathText(path)} ${problem}`
}

/** `budgets[1].files` */
export function pathText(path: readonly (string | number)[]): string {
  const steps = path.map(step => (typeof step === 'number' ? `[${step}]` : `.${step}`))
  return steps.join('').replace(/^\./, '')
}

const LONGEST_SHOWN = 40

function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}

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

/** Another check says what it is. */
export const anything: Schema<unknown> = {
  shape: { kind: 'any' },
  expected: 'anything',
  check: () => undefined,
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
  const { from, isFractional } = range
  const check: Check = (value, sizes) => {
    const to = highest(range, sizes)
    if (typeof value !== 'number' || !(value >= from && value <= to))
      return issue(value, rangeText(range, from, to))
    return isFractional === true || Number.isInteger(value)
      ? undefined
      : issue(value, rangeText(range, from, to))
  }
  const { to } = range
  const expected = rangeText(range, from, typeof to === 'number' ? to : Number.POSITIVE_INFINITY)
  return { shape: { kind: 'number', range }, expected, check }
}

function highest({ to }: NumberRange, sizes: TableSizes): number {
  return typeof to === 'number' ? to : (sizes[to] ?? 0) - 1
}

function rangeText({ isFractional }: NumberRange, from: number, to: number): string {
  return `a ${isFractional === true ? '' : 'whole '}number from ${from} to ${to}`
}

export function oneOf<const T extends string | number>(values: readonly T[]): Schema<T> {
  const known: ReadonlySet<unknown> = new Set(values)
  const expected = values.map(value => (typeof value === 'string' ? `'${value}'` : value)).join(' or ')
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

/** Of a field: it may be left out. */
export function optional<T>(inner: Schema<T>): OptionalSchema<T> {
  const check: Check = (value, sizes) => (value === undefined ? undefined : inner.check(value, sizes))
  return { shape: { kind: 'optional', inner }, expected: inner.expected, check, isOptional: true }
}

/** `check` may rely on the value being what the schema says. */
export function refine<T>(inner: Schema<T>, check: (value: T) => ValidationIssue | undefined): Schema<T> {
  return {
    shape: { kind: 'refined', inner },
    expected: inner.expected,
    check: (value, sizes) => inner.check(value, sizes) ?? check(value as T),
  }
}

/** The same schema, in other words. */
export function described<T>(expected: string, schema: Schema<T>): Schema<T> {
  return { ...schema, expected }
}

/** What is wrong anywhere within it is one issue, in these words. */
export function named<T>(expected: string, inner: Schema<T>): Schema<T> {
  const check: Check = (value, sizes) => {
    const found = inner.check(value, sizes)
    return found && { ...found, ...issue(value, expected) }
  }
  return { shape: { kind: 'named', inner }, expected, check }
}

/** Positions in it are checked by its name, in the object that has it as a field. `sizeOf`: number of positions. */
export function table<S extends AnySchema>(
  name: string,
  inner: S,
  sizeOf: SizeOf = rowCount,
): Schema<Infer<S>> {
  return { ...inner, shape: { kind: 'table', inner, name, sizeOf } } as Schema<Infer<S>>
}

/** Rows of an array, or of columns; 0 for what is neither. */
function rowCount(value: unknown): number {
  const rows = Array.isArray(value) ? value : Object.values(value ?? {})[0]
  return Array.isArray(rows) ? rows.length : 0
}

export function arrayOf<T>(items: Schema<T>): Schema<T[]> {
  const { check: checkItem } = items
  const check: Check = (values, sizes) => {
    if (!Array.isArray(values)) return issue(values, 'an array')
    for (let index = 0; index < values.length; index++) {
      const found = checkItem(values[index], sizes)
      if (found !== undefined) return within(index, found)
    }
    return undefined
  }
  return { shape: { kind: 'array', items }, expected: `an array of ${items.expected}`, check }
}

export const strings: Schema<string[]> = arrayOf(string)

type Simplified<T> = { [Key in keyof T]: T[Key] }
export type ObjectOf<F extends Fields> = Simplified<
  { -readonly [Key in keyof F as F[Key] extends OptionalSchema<unknown> ? never : Key]: Infer<F[Key]> } & {
    -readonly [Key in keyof F as F[Key] extends OptionalSchema<unknown> ? Key : never]?: Infer<F[Key]>
  }
>

/** Other fields are let be. */
export function object<F extends Fields>(fields: F): Schema<ObjectOf<F>> {
  const all = Object.entries(fields)
  const sizesOf = tablesAmong(fields)
  const check: Check = (value, outer) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return issue(value, 'an object')
    const given = value as Readonly<Record<string, unknown>>
    const sizes = sizesOf?.(given, outer) ?? outer
    for (const [name, field] of all) {
      const found = field.check(given[name], sizes)
      if (found !== undefined) return within(name, found)
    }
    return undefined
  }
  return { shape: { kind: 'object', fields }, expected: 'an object', check }
}

/** Of a type that is written elsewhere: a field that is new there does not compile without a schema. */
export function objectOf<T extends object>(
  fields: { readonly [Key in keyof Required<T>]: Schema<T[Key]> },
): Schema<T> {
  return object(fields) as Schema<unknown> as Schema<T>
}

function tablesAmong(
  fields: Fields,
): ((value: Readonly<Record<string, unknown>>, outer: TableSizes) => TableSizes) | undefined {
  const tables = Object.entries(fields).flatMap(([field, { shape }]) =>
    shape.kind === 'table' ? [{ field, name: shape.name, sizeOf: shape.sizeOf }] : [],
  )
  if (tables.length === 0) return undefined
  return (value, outer) => {
    const sizes = { ...outer }
    for (const { field, name, sizeOf } of tables) sizes[name] = sizeOf(value[field])
    return sizes
  }
}
