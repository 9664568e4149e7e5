// User options → Options, or one UserError with a line for each mistake.

import { isAbsolute, join } from 'node:path'
import { findNearest } from '../errors/nearest.js'
import { UserError } from '../errors/user-error.js'
import { globPattern } from '../globs.js'
import { BUDGET_LIMITS } from '../report/budget-report.js'
import type { BudgetRule } from '../report/record/saved-run.js'
import { type Choice, pathText } from '../schema/issues.js'
import { object } from '../schema/objects.js'
import { type AnySchema, findAllIssues, type WrittenIssue } from '../schema/schema.js'
import { optional } from '../schema/values.js'
import type { Budget } from './budget-option.js'
import { OPTION_NAMES, OPTIONS, type ProfilerOptions } from './option-table.js'

export type { ProfilerOptions } from './option-table.js'

export interface Options extends Required<Omit<ProfilerOptions, 'include' | 'budgets'>> {
  /** Absolute. */
  outputDir: string
  /** Sources of regular expressions over paths relative to the display root, with `/`; null: every file. */
  include: string[] | null
  budgets: BudgetRule[]
}

export interface OptionsSource {
  /** Folder that relative paths start from. */
  readonly base: string
  /** Prefix of each message, unless the spelling shows the source. */
  readonly where?: string
  /** Returns an option as the user writes it; default: as in a config. */
  readonly spell?: (name: string) => string
}

const SCHEMA: AnySchema = object(
  Object.fromEntries(OPTION_NAMES.map(name => [name, optional<unknown>(OPTIONS[name].schema)])),
)

/** Throws a UserError with a line for each option that is wrong. */
export function parseOptions(
  given: unknown,
  { base, where, spell = name => `option "${name}"` }: OptionsSource,
): Options {
  const issues = findAllIssues(SCHEMA, given ?? {})
  if (issues.length > 0) {
    const begin = where === undefined ? 'jest-profiler:' : `jest-profiler: ${where}:`
    throw new UserError(issues.map(issue => `${begin} ${describeIssue(issue, spell)}`))
  }
  const { outputDir = '.jest-profiler', include, budgets, ...options } = withDefaults(given ?? {})
  return {
    ...options,
    outputDir: isAbsolute(outputDir) ? outputDir : join(base, outputDir),
    include: include === undefined ? null : [include].flat().map(toRegExpSource),
    budgets: budgets.map(toRule),
  }
}

type WithDefaults = Required<Omit<ProfilerOptions, 'outputDir' | 'include'>> &
  Pick<ProfilerOptions, 'outputDir' | 'include'>

function withDefaults(given: ProfilerOptions): WithDefaults {
  const filled = OPTION_NAMES.flatMap(name => {
    const value: unknown = given[name] ?? OPTIONS[name].defaultValue
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(filled)
}

function toRule({ files, tests, ...limits }: Budget): BudgetRule {
  const globs = files === undefined ? null : [files].flat()
  const given = BUDGET_LIMITS.flatMap(name => (limits[name] === undefined ? [] : [[name, limits[name]]]))
  return {
    files: globs,
    filePatterns: globs?.map(toRegExpSource) ?? null,
    tests: tests ?? null,
    limits: Object.fromEntries(given),
  }
}

function toRegExpSource(glob: string): string {
  return globPattern(glob.replace(/^\.\//, '')).source
}

function describeIssue(issue: WrittenIssue, spell: (name: string) => string): string {
  const { path, value, expected, choice, unknownField } = issue
  const name = pathText(path)
  if (unknownField !== undefined) {
    const nearestName = suggestion(choice)
    const all = choice?.among.join(', ')
    return name === ''
      ? `unknown option "${unknownField}".${nearestName || ` Options: ${all}.`}`
      : `${spell(name)} has no "${unknownField}".${nearestName || ` It may have: ${all}.`}`
  }
  const got = `must be ${expected}, got ${show(value)}.`
  return name === ''
    ? `options ${got} Write ['jest-profiler/reporter', { topN: 20 }].`
    : `${spell(name)} ${got}${suggestion(choice)}`
}

/** Returns a sentence that begins with a space; empty if no name is similar. */
function suggestion(choice: Choice | undefined): string {
  if (typeof choice?.given !== 'string') return ''
  const [name] = findNearest(choice.given, choice.among)
  return name === undefined ? '' : ` Did you mean "${name}"?`
}

function show(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'bigint') return `${value}n`
  return typeof value === 'object' || typeof value === 'string' ? JSON.stringify(value) : String(value)
}
