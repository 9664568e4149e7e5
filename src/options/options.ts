// User options → Options, or one UserError with a line for each mistake. The only place that knows the defaults; the
// README's table and the CLI's help are checked against the descriptions here.

import { isAbsolute, join } from 'node:path'
import picomatch from 'picomatch'
import { z } from 'zod'
import { BUDGET_LIMITS, type Budget } from '../budgets/budget.js'
import { UserError } from '../errors/user-error.js'
import { ARTIFACT_NAMES, type ArtifactName, DEFAULT_ARTIFACTS } from '../formats/artifact-names.js'
import { ENGINE_NAMES, type EngineName } from '../recording/enums.js'
import type { BudgetRule } from '../report/record/saved-run.js'
import { allowedInBudget, BUDGET_KEYS, BUDGETS } from './budget-option.js'
import { oneOf, show, suggestion } from './messages.js'

const profiles = () => z.enum(['all', 'slowest', 'none'])

const OPTIONS = z.strictObject({
  outputDir: z
    .string()
    .min(1)
    .optional()
    .describe('folder where runs are kept, relative to the display root'),
  keepRuns: z
    .int()
    .min(1)
    .max(10_000)
    .default(5)
    .describe('number of runs that are kept; older ones are removed'),
  engine: z
    .enum(ENGINE_NAMES)
    .default('inspector')
    .describe('what records: built into Node, or the native addon'),
  samplingIntervalMicros: z
    .union([z.literal('auto'), z.int().min(50).max(100_000)])
    .default('auto')
    .describe("time between two samples; 'auto': 1 ms for a few files, coarser for suites"),
  topN: z.int().min(1).max(1000).default(10).describe('rows of each table in terminal and Markdown'),
  artifacts: z
    .array(z.enum(ARTIFACT_NAMES))
    .default([...DEFAULT_ARTIFACTS])
    .describe('what is written to the run folder; []: the terminal alone'),
  embedSource: z
    .boolean()
    .default(true)
    .describe('whether `report.html` carries the source text of the hottest files'),
  perFile: profiles().default('slowest').describe('`.cpuprofile` files of test files'),
  perTest: profiles().default('slowest').describe('`.cpuprofile` files of tests'),
  waits: z
    .union([z.literal('auto'), z.boolean()])
    .default('auto')
    .describe("record what idle tests wait for; 'auto': where the running Node can do so cheaply"),
  include: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .describe('globs of test files to record, relative to the display root; the rest run untouched'),
  budgets: BUDGETS.default([]).describe('limits for times of tests and test files that fail the run'),
})

/** The reporter's options as users write them; all have defaults. */
export interface ProfilerOptions {
  /** Folder where runs are kept, relative to the display root. Default: `.jest-profiler`. */
  outputDir?: string
  /** Number of runs that are kept. Default: 5. */
  keepRuns?: number
  /** Default: `inspector`, built into Node. */
  engine?: EngineName
  /** Microseconds, a whole number from 50 to 100000, or `auto` (default). */
  samplingIntervalMicros?: 'auto' | number
  /** Rows of each table in terminal and Markdown. Default: 10. */
  topN?: number
  /** What is written to the run folder; `[]`: the terminal alone. Default: all but `firefox`, `trace` and `collapsed`. */
  artifacts?: ArtifactName[]
  /** Whether `report.html` carries the source text of the hottest files. Default: true. */
  embedSource?: boolean
  /** `.cpuprofile` files of test files. Default: `slowest`, the `topN` by CPU and the `topN` by wall time. */
  perFile?: 'all' | 'slowest' | 'none'
  /** `.cpuprofile` files of tests. Default: `slowest`, the `topN` by CPU and the `topN` by wall time. */
  perTest?: 'all' | 'slowest' | 'none'
  /** Record what idle tests wait for. Default: `auto`, where the running Node can do so cheaply. */
  waits?: 'auto' | boolean
  /** Globs of test files to record, relative to the display root. Default: all. */
  include?: string | string[]
  /** Limits for times of tests and test files: what is over one fails the run. Default: none. */
  budgets?: Budget[]
}

/** With every default filled in. */
export interface Options extends Required<Omit<ProfilerOptions, 'include' | 'budgets'>> {
  /** Absolute. */
  outputDir: string
  /** Sources of regular expressions over paths relative to the display root, with `/`; null: every file. */
  include: string[] | null
  budgets: BudgetRule[]
}

/** The name, default and description of every option, and what it may be, for documentation. */
export function describeOptions(): {
  name: keyof ProfilerOptions
  description: string
  allowed: string
  defaultValue: unknown
}[] {
  const defaults: Partial<Record<keyof ProfilerOptions, unknown>> = OPTIONS.parse({})
  return Object.entries(OPTIONS.shape).map(([key, { description = '' }]) => {
    const name = key as keyof ProfilerOptions
    return { name, description, allowed: ALLOWED[name], defaultValue: defaults[name] }
  })
}

export interface OptionsSource {
  /** What relative paths in it are meant from. */
  readonly base: string
  /** Begins each message; nothing: the spelling says it. */
  readonly where?: string
  /** How the user writes an option; by default by its name, as in a config. */
  readonly spell?: (name: string) => string
}

/** Throws a UserError with a line for each option that is wrong. */
export function parseOptions(
  given: unknown,
  { base, where, spell = name => `option "${name}"` }: OptionsSource,
): Options {
  const result = OPTIONS.safeParse(given ?? {})
  if (!result.success) {
    const lines = result.error.issues.flatMap(issue => describeIssue(issue, given, spell))
    const begin = where === undefined ? 'jest-profiler:' : `jest-profiler: ${where}:`
    throw new UserError(lines.map(line => `${begin} ${line}`).join('\n'))
  }
  const { outputDir = '.jest-profiler', include, budgets, ...options } = result.data
  return {
    ...options,
    outputDir: isAbsolute(outputDir) ? outputDir : join(base, outputDir),
    include: include === undefined ? null : [include].flat().map(toRegExpSource),
    budgets: budgets.map(toRule),
  }
}

function toRule({ files, tests, ...limits }: z.infer<typeof BUDGETS>[number]): BudgetRule {
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
  return picomatch.makeRe(glob.replace(/^\.\//, ''), { dot: true }).source
}

function describeIssue(issue: z.core.$ZodIssue, given: unknown, spell: (name: string) => string): string[] {
  const [option, ...inner] = issue.path
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key =>
      option === undefined ? unknownOption(key) : unknownKey(key, spell(nameOf(issue.path))),
    )
  }
  if (option === undefined)
    return [
      `options have to be an object, got ${show(given)}. Write ['jest-profiler/reporter', { topN: 20 }].`,
    ]
  const isInBudget = option === 'budgets' && inner.length > 0
  const reason = issue.code === 'custom' ? issue.params?.reason : undefined
  // Of other lists the whole is shown, and what is near to the value within it that is wrong.
  const path = isInBudget ? issue.path.slice(0, 3) : [option]
  const allowed = isInBudget ? allowedInBudget(path[2], reason) : ALLOWED[option as keyof typeof ALLOWED]
  const known = issue.code === 'invalid_value' ? issue.values.map(String) : []
  const [value, wrong] = [valueAt(given, path), valueAt(given, issue.path)]
  return [`${spell(nameOf(path))} has to be ${allowed}, got ${show(value)}.${suggestion(wrong, known)}`]
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((parent, key) => (parent as Record<PropertyKey, unknown>)[key], given)
}

/** `budgets[1].files` */
function nameOf([option, ...inner]: readonly PropertyKey[]): string {
  const steps = inner.map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
  return String(option) + steps.join('')
}

function unknownOption(name: string): string {
  const names = Object.keys(OPTIONS.shape)
  return `there is no option "${name}".${suggestion(name, names) || ` Options: ${names.join(', ')}.`}`
}

function unknownKey(name: string, budget: string): string {
  const keys = BUDGET_KEYS
  return `${budget} has no "${name}".${suggestion(name, keys) || ` It may have: ${keys.join(', ')}.`}`
}

// One sentence of what is allowed for each option; a new option without one does not compile.
const ALLOWED: Readonly<Record<keyof typeof OPTIONS.shape, string>> = {
  outputDir: 'a path',
  keepRuns: 'a whole number from 1 to 10000',
  engine: oneOf(ENGINE_NAMES),
  samplingIntervalMicros: "'auto' or a whole number from 50 to 100000",
  topN: 'a whole number from 1 to 1000',
  artifacts: `a list of ${oneOf(ARTIFACT_NAMES)}`,
  embedSource: 'true or false',
  perFile: oneOf(['all', 'slowest', 'none']),
  perTest: oneOf(['all', 'slowest', 'none']),
  waits: "'auto', true or false",
  include: 'a glob or a list of globs',
  budgets: 'a list of budgets, such as [{ testWallMs: 2000 }]',
}
