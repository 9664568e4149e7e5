// Words for options that are wrong: what was given, and which known name is nearest.

import { nearest } from '../errors/nearest.js'

export function oneOf(names: readonly string[]): string {
  return names.map(name => `'${name}'`).join(' or ')
}

/** A sentence with a space before it, or nothing where no name is near. */
export function suggestion(value: unknown, known: readonly string[]): string {
  if (typeof value !== 'string') return ''
  const [name] = nearest(value, known)
  return name === undefined ? '' : ` Did you mean "${name}"?`
}

export function show(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'bigint') return `${value}n`
  return typeof value === 'object' || typeof value === 'string' ? JSON.stringify(value) : String(value)
}
