// Schemas of objects and arrays, including tables that other values refer to by position.

import { issue, within } from './issues.js'
import type { AnySchema, Check, Fields, Infer, Schema, SizeOf } from './schema.js'
import { type OptionalSchema, string } from './values.js'

/** A table, by whose name positions in the same object are checked. `sizeOf` returns the number of positions. */
export function table<S extends AnySchema>(
  name: string,
  inner: S,
  sizeOf: SizeOf = rowCount,
): Schema<Infer<S>> {
  return { ...inner, shape: { kind: 'table', inner, name, sizeOf } } as Schema<Infer<S>>
}

/** Returns the number of rows of an array or of columns; 0 for other values. */
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

/** Other fields are allowed. */
export function object<F extends Fields>(fields: F): Schema<ObjectOf<F>> {
  const all = Object.entries(fields)
  const tables = all.flatMap(([field, { shape }]) => (shape.kind === 'table' ? [{ field, ...shape }] : []))
  const check: Check = (value, outer) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return issue(value, 'an object')
    const given = value as Readonly<Record<string, unknown>>
    const sizes: Record<string, number> = tables.length === 0 ? outer : { ...outer }
    for (const { field, name, sizeOf } of tables) sizes[name] = sizeOf(given[field])
    for (const [name, field] of all) {
      const found = field.check(given[name], sizes)
      if (found !== undefined) return within(name, found)
    }
    return undefined
  }
  return { shape: { kind: 'object', fields }, expected: 'an object', check }
}

/** An object whose type is declared elsewhere: each field needs a schema to compile. */
export function objectOf<T extends object>(
  fields: { readonly [Key in keyof Required<T>]: Schema<T[Key]> },
): Schema<T> {
  return object(fields) as Schema<unknown> as Schema<T>
}
