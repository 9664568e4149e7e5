// What a value must look like: its type, its check and how it is stored follow from one description, put together from smaller
// ones. Own code, because a run may have 10,000 recordings: checking one takes a tenth of what zod takes.

import type { ValidationIssue } from './issues.js'

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

const NO_TABLES: TableSizes = {}

/** The first issue; undefined: none. */
export function findIssue({ check }: AnySchema, value: unknown): ValidationIssue | undefined {
  return check(value, NO_TABLES)
}
