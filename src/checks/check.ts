// What a value that was read from a file has to look like: checks that are put together from smaller ones. By hand, for
// a run may have 10,000 recordings: a sound value costs a few comparisons, and only a flaw is put into words.

/** What is wrong, in words that follow "and", and where in the value it is: `.header.worker`, `''` for itself. */
export interface Flaw {
  readonly where: string
  readonly what: string
}

/** Undefined: nothing is wrong. */
export type Check = (value: unknown) => Flaw | undefined

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

export const text: Check = value => (typeof value === 'string' ? undefined : flaw(value, 'a text'))

export const flag: Check = value => (typeof value === 'boolean' ? undefined : flaw(value, 'true or false'))

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
    Number.isInteger(value) && (value as number) >= from && (value as number) <= to
      ? undefined
      : flaw(value, `a whole number from ${from} to ${to}`)
}

export function oneOf(allowed: readonly string[]): Check {
  return value =>
    typeof value === 'string' && allowed.includes(value)
      ? undefined
      : flaw(value, `one of ${allowed.join(', ')}`)
}

export function nullable(check: Check): Check {
  return value => (value === null ? undefined : check(value))
}

export function optional(check: Check): Check {
  return value => (value === undefined ? undefined : check(value))
}

export function listOf(check: Check): Check {
  return value => {
    if (!Array.isArray(value)) return flaw(value, 'a list')
    for (let index = 0; index < value.length; index++) {
      const found = check(value[index])
      if (found !== undefined) return within(`[${index}]`, found)
    }
    return undefined
  }
}

export const texts = listOf(text)

/** A check for each field, so that a field that is new in `T` does not compile without one. Others are let be. */
export function fields<T extends object>(checks: { readonly [Key in keyof Required<T>]: Check }): Check {
  const all = Object.entries<Check>(checks)
  return value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return flaw(value, 'an object')
    const object = value as Readonly<Record<string, unknown>>
    for (const [name, check] of all) {
      const found = check(object[name])
      if (found !== undefined) return within(`.${name}`, found)
    }
    return undefined
  }
}
