// What a value that was read from a file has to look like: checks that are put together from smaller ones, once. By hand,
// for a run may have 10,000 recordings: a sound value costs a few comparisons, and only a flaw is put into words.

/** What is wrong with a value, and where in it: `.header.worker`, `''` for itself. */
export interface Flaw {
  readonly where: string
  readonly what: string
}

/** How many there are of what others refer to by position, by the name of the table; a table that is left out is empty. */
export type Sizes = Readonly<Record<string, number>>

/** Undefined: nothing is wrong. */
export type Check = (value: unknown, sizes: Sizes) => Flaw | undefined

export const NO_SIZES: Sizes = {}

export function flaw(value: unknown, expected: string): Flaw {
  return { where: '', what: `is ${shown(value)}, not ${expected}` }
}

/** The same flaw as it is seen from farther out. */
export function within(part: string, inner: Flaw | undefined): Flaw | undefined {
  return inner && { where: part + inner.where, what: inner.what }
}

const LONGEST_SHOWN = 40

function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}

/** What it is, is for another check. */
export const anything: Check = () => undefined

export const text: Check = value => (typeof value === 'string' ? undefined : flaw(value, 'a text'))

export const flag: Check = value => (typeof value === 'boolean' ? undefined : flaw(value, 'true or false'))

/** What it holds is for another check. */
export const list: Check = value => (Array.isArray(value) ? undefined : flaw(value, 'a list'))

interface Range {
  readonly from: number
  readonly to: number
}

export function number({ from, to }: Range): Check {
  return value =>
    typeof value === 'number' && value >= from && value <= to
      ? undefined
      : flaw(value, `a number from ${from} to ${to}`)
}

export function whole({ from, to }: Range): Check {
  return value =>
    typeof value === 'number' && value >= from && value <= to && Number.isInteger(value)
      ? undefined
      : flaw(value, `a whole number from ${from} to ${to}`)
}

/** A position in a table; -1: none. */
export function positionOrNone(table: string): Check {
  return (value, sizes) => whole({ from: -1, to: (sizes[table] ?? 0) - 1 })(value, sizes)
}

export function oneOf(allowed: readonly string[]): Check {
  return value =>
    typeof value === 'string' && allowed.includes(value)
      ? undefined
      : flaw(value, `one of ${allowed.join(', ')}`)
}

export function nullable(check: Check): Check {
  return (value, sizes) => (value === null ? undefined : check(value, sizes))
}

export function optional(check: Check): Check {
  return (value, sizes) => (value === undefined ? undefined : check(value, sizes))
}

/** The first flaw of several checks of one value: those that come later may rely on the ones before. */
export function allOf(...checks: readonly Check[]): Check {
  return (value, sizes) => {
    for (const check of checks) {
      const found = check(value, sizes)
      if (found !== undefined) return found
    }
    return undefined
  }
}

export function listOf(check: Check): Check {
  return (value, sizes) => {
    if (!Array.isArray(value)) return flaw(value, 'a list')
    for (let index = 0; index < value.length; index++) {
      const found = check(value[index], sizes)
      if (found !== undefined) return within(`[${index}]`, found)
    }
    return undefined
  }
}

// Written out, for there are hundreds in each recording.
export const texts: Check = value => {
  if (!Array.isArray(value)) return flaw(value, 'a list')
  for (let index = 0; index < value.length; index++)
    if (typeof value[index] !== 'string') return within(`[${index}]`, flaw(value[index], 'a text'))
  return undefined
}

/** A check for each field, so that a field that is new in `T` does not compile without one. Others are let be. */
export function fields<T extends object>(checks: { readonly [Key in keyof Required<T>]: Check }): Check {
  const all = Object.entries<Check>(checks)
  return (value, sizes) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return flaw(value, 'an object')
    const object = value as Readonly<Record<string, unknown>>
    for (const [name, check] of all) {
      const found = check(object[name], sizes)
      if (found !== undefined) return within(`.${name}`, found)
    }
    return undefined
  }
}
