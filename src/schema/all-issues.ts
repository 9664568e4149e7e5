// Everything that is wrong with a value that a person has written: of each field and each item, and names that are unknown.

import { issue, type ValidationIssue, within } from './issues.js'
import type { AnySchema } from './schema.js'

export interface WrittenIssue extends ValidationIssue {
  /** The object at `path` has no field of this name. */
  readonly unknownField?: string
}

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

function ownIssue({ check }: AnySchema, value: unknown): ValidationIssue[] {
  const found = check(value, {})
  return found === undefined ? [] : [found]
}

function inside(part: string | number, issues: readonly WrittenIssue[]): WrittenIssue[] {
  return issues.map(found => ({ ...found, ...within(part, found) }))
}

/** An array of scalars is shown whole. */
function isScalar({ shape }: AnySchema): boolean {
  return shape.kind === 'enum' || shape.kind === 'string' || shape.kind === 'number'
}
