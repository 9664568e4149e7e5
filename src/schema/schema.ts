// Schemas: the type, the check and the storage of a value follow from one composed description. Own code, because a run may have 10,000
// recordings: checking one takes a tenth of the time of zod.

import { issue, type ValidationIssue, within } from './issues.js'

/** Number of rows of the tables that values refer to by position; a missing table is empty. */
export type TableSizes = Readonly<Record<string, number>>

/** Returns the first issue; undefined: none. */
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

/** What a schema consists of, for everything that is derived from it. */
export type Shape =
  | { readonly kind: 'string' | 'boolean' }
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

export type SizeOf = (value: unknown) => number

/** Returns the first issue; undefined: none. */
export function findIssue({ check }: AnySchema, value: unknown): ValidationIssue | undefined {
  return check(value, {})
}

export interface WrittenIssue extends ValidationIssue {
  /** The object at `path` has no field of this name. */
  readonly unknownField?: string
}

/** Returns all issues of a value that a person wrote: one for each field, item and unknown name. */
export function findAllIssues(schema: AnySchema, value: unknown): WrittenIssue[] {
  const { shape, expected } = schema
  switch (shape.kind) {
    case 'optional':
      return value === undefined ? [] : findAllIssues(shape.inner, value)
    case 'refined': {
      const inner = findAllIssues(shape.inner, value)
      return inner.length > 0 ? inner : ownIssue(schema, value)
    }
    case 'array':
      if (!Array.isArray(value)) return [issue(value, expected)]
      return value.flatMap((item, index) =>
        isScalar(shape.items)
          ? ownIssue(shape.items, item).map(found => ({ ...found, ...issue(value, expected) }))
          : inside(index, findAllIssues(shape.items, item)),
      )
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return [issue(value, expected)]
      const given = value as Readonly<Record<string, unknown>>
      const among = Object.keys(shape.fields)
      const unknown = Object.keys(given).filter(name => !among.includes(name))
      return [
        ...unknown.map(name => ({
          ...issue(value, expected),
          unknownField: name,
          choice: { given: name, among },
        })),
        ...Object.entries(shape.fields).flatMap(([name, field]) =>
          inside(name, findAllIssues(field, given[name])),
        ),
      ]
    }
    default:
      return ownIssue(schema, value)
  }
}

function ownIssue(schema: AnySchema, value: unknown): ValidationIssue[] {
  const found = findIssue(schema, value)
  return found === undefined ? [] : [found]
}

function inside(part: string | number, issues: readonly WrittenIssue[]): WrittenIssue[] {
  return issues.map(found => ({ ...found, ...within(part, found) }))
}

/** Whether issues show an array of such items as a whole. */
function isScalar({ shape }: AnySchema): boolean {
  return shape.kind === 'enum' || shape.kind === 'string' || shape.kind === 'number'
}
