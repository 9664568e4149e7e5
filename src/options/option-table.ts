// All options: schema, default, description and flag. The published type, checks, messages and flags follow from this table, and the
// documentation is checked against it.

import { ARTIFACT_NAMES, DEFAULT_ARTIFACTS } from '../formats/artifact-names.js'
import { ENGINE_NAMES } from '../recording/enums.js'
import { arrayOf } from '../schema/objects.js'
import type { Schema } from '../schema/schema.js'
import { anyOf, boolean, oneOf, stringThat, whole } from '../schema/values.js'
import { BUDGETS, GLOBS } from './budget-option.js'

interface OptionEntry<T, Default extends T = T> {
  readonly schema: Schema<T>
  /** Undefined: `parseOptions` knows it. */
  readonly defaultValue?: Default
  readonly description: string
  readonly flag: OptionFlag
}

/** How the text of a flag is parsed, and its placeholder in `--help`. Parsed values are validated like others. */
export interface OptionFlag {
  readonly kind: 'text' | 'number' | 'switch' | 'names' | 'texts' | 'budgets'
  readonly placeholder?: string
  /** The heading of the flag in `--help`. */
  readonly group: 'Recording' | 'Output' | 'Limits'
}

/** Infers the type from the schema alone. `NoInfer` would require TypeScript 5.4 for importers of our types. */
const option = <T, Default extends T>(given: OptionEntry<T, Default>): OptionEntry<T> => given

const AUTO = oneOf(['auto'])
const PROFILES = {
  schema: oneOf(['all', 'slowest', 'none']),
  defaultValue: 'slowest',
  flag: { kind: 'text', placeholder: 'which', group: 'Output' },
} as const

export const OPTIONS = {
  /** Folder where runs are kept, relative to the display root. Default: `.jest-profiler`. */
  outputDir: option({
    schema: stringThat('a path', path => path !== ''),
    description: 'folder for saved runs',
    flag: { kind: 'text', placeholder: 'folder', group: 'Output' },
  }),
  /** Number of runs that are kept. Default: 5. */
  keepRuns: option({
    schema: whole({ from: 1, to: 10_000 }),
    defaultValue: 5,
    description: 'number of runs to keep; older ones are removed',
    flag: { kind: 'number', group: 'Output' },
  }),
  /** Default: `inspector`, built into Node. `none`: no profile, so no functions, lines and flame graphs, at almost no cost. */
  engine: option({
    schema: oneOf(ENGINE_NAMES),
    defaultValue: 'inspector',
    description:
      "profiling engine: built into Node, or a native addon; 'none': everything but functions, lines and flame graphs, at almost no cost",
    flag: { kind: 'text', group: 'Recording' },
  }),
  /** Microseconds, a whole number from 50 to 100000, or `auto` (default). */
  samplingIntervalMicros: option({
    schema: anyOf(AUTO, whole({ from: 50, to: 100_000 })),
    defaultValue: 'auto',
    description: "time between two samples; 'auto': 1 ms for a few files, coarser for larger suites",
    flag: { kind: 'number', group: 'Recording' },
  }),
  /** Rows of each table in terminal and Markdown. Default: 10. */
  topN: option({
    schema: whole({ from: 1, to: 1000 }),
    defaultValue: 10,
    description: 'rows per table in terminal and Markdown',
    flag: { kind: 'number', group: 'Output' },
  }),
  /** Files to write to the run folder; `[]`: terminal only. Default: `html`, `markdown` and `json`; `export` makes the others later. */
  artifacts: option({
    schema: arrayOf(oneOf(ARTIFACT_NAMES)),
    defaultValue: [...DEFAULT_ARTIFACTS],
    description: 'files to write to the run folder; []: terminal only',
    flag: { kind: 'names', placeholder: 'names', group: 'Output' },
  }),
  /** Whether `report.html` carries the source text of the hottest files. Default: true. */
  embedSource: option({
    schema: boolean,
    defaultValue: true,
    description: 'include the source text of the hottest files in `report.html`',
    flag: { kind: 'switch', group: 'Output' },
  }),
  /** `.cpuprofile` files of test files. Default: `slowest`, the `topN` by CPU and the `topN` by wall time. */
  perFile: option({ ...PROFILES, description: '`.cpuprofile` files of test files' }),
  /** `.cpuprofile` files of tests. Default: `slowest`, the `topN` by CPU and the `topN` by wall time. */
  perTest: option({ ...PROFILES, description: '`.cpuprofile` files of tests' }),
  /** Record what idle tests wait for. Default: `auto`, where the running Node can do so cheaply. */
  waits: option({
    schema: anyOf(AUTO, boolean),
    defaultValue: 'auto',
    description:
      "record what idle tests wait for; 'auto': if this version of Node can do so cheaply, or with fewer than 10 test files",
    flag: { kind: 'switch', group: 'Recording' },
  }),
  /** Record memory: allocations, the heap after test files, and sandboxes that are never freed. Times of such runs are longer. Default: false. */
  memory: option({
    schema: boolean,
    defaultValue: false,
    description:
      'record what tests and imports allocate, the heap after test files, and sandboxes that are never freed; times are longer then',
    flag: { kind: 'switch', group: 'Recording' },
  }),
  /** Seconds after which a running test, hook or file is told on stderr; 0: never. Default: 30. */
  stallSeconds: option({
    schema: whole({ from: 0, to: 1_000_000 }),
    defaultValue: 30,
    description: 'seconds after which a test or hook that still runs is told; 0: never',
    flag: { kind: 'number', group: 'Output' },
  }),
  /** Globs of test files to record, relative to the display root. Default: all. */
  include: option({
    schema: GLOBS,
    description: 'globs of test files to record, relative to the display root; others run untouched',
    flag: { kind: 'texts', placeholder: 'glob', group: 'Recording' },
  }),
  /** Limits for times and memory of tests and test files; exceeding one fails the run. Default: none. */
  budgets: option({
    schema: BUDGETS,
    defaultValue: [],
    description: 'limits for times and memory of tests and test files; exceeding one fails the run',
    flag: { kind: 'budgets', placeholder: 'budget', group: 'Limits' },
  }),
}

type OptionTable = typeof OPTIONS

/** The reporter's options as users write them; all have defaults. */
export type ProfilerOptions = {
  [Name in keyof OptionTable]?: OptionTable[Name] extends OptionEntry<infer Value> ? Value : never
}

export type OptionName = keyof OptionTable

export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[]
