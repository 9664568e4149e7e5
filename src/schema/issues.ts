// What is wrong with a value, and its description.

export interface ValidationIssue {
  /** From the checked value to the wrong part, outermost first. */
  readonly path: readonly (string | number)[]
  /** Follows the name of the part: `is 7, not a string`. */
  readonly problem: string
  /** The wrong part. */
  readonly value: unknown
  readonly expected: string
  /** If a list of values is allowed: the given value, and the list. */
  readonly choice?: Choice
}

export interface Choice {
  readonly given: unknown
  readonly among: readonly string[]
}

export function issue(value: unknown, expected: string): ValidationIssue {
  return { path: [], problem: `is ${shown(value)}, not ${expected}`, value, expected }
}

/** Returns the same issue for a value that contains the checked one. */
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
