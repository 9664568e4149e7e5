// The arguments and flags of the commands that read saved runs. Each command has its own file, loaded when it runs.

import { type Command, Option } from 'commander'
import type { Table } from '../compare/comparison.js'
import { UserError } from '../errors/user-error.js'
import { ARTIFACT_NAMES } from '../formats/artifact-names.js'
import { COMPARISON_FORMATS } from '../formats/comparison/formats.js'
import { MOST_OTHER_LINES, TABLE_NAMES } from '../tables/table.js'
import type { Context } from './context.js'
import { selectJestArguments } from './jest-arguments.js'
import { budgetFlag } from './option-flags.js'

const RUN = [
  '[run]',
  'a run folder, a folder of runs, a run id, latest, or latest~1 for the one before (default: the latest in .jest-profiler)',
] as const

/** `behind`: arguments after `--`; undefined: there is none. */
export function addCommands(root: Command, context: Context, behind: readonly string[] | undefined): void {
  withSelection(root.command('show').argument(...RUN))
    .description('Show a saved run, without running tests.')
    .addOption(new Option('--by <kind>', 'group and rank by').choices(TABLE_NAMES))
    .option('--top <n>', 'rows', parseTop, 10)
    .option('--json', 'print JSON: the rows or, without --by, the whole report')
    .option('--check', "exit with 1 if a budget is exceeded (the run's own, or those given with --budgets)")
    .addOption(budgetFlag().implies({ check: true }))
    .addHelpText(
      'after',
      `\nWithout --by: the summary that the run printed, at most 40 lines. With --by: at most --top rows and ${MOST_OTHER_LINES} other\nlines, of at most 200 characters each when not on a terminal. Ids stay the same from run to run.`,
    )
    .action(async (run, flags) => (await import('./show-command.js')).showRun(run, flags, context))

  root
    .command('open')
    .argument(...RUN)
    .description('Open the report of a saved run in the browser.')
    .action(async run => (await import('./open-command.js')).openRun(run, context))

  const doctor = root
    .command('doctor')
    .usage('[options] [--] [jest arguments]')
    .argument('[arguments...]', 'passed to Jest: files, patterns, and flags that doctor does not know')
    .allowUnknownOption()
    .description('Try changes that the profile speaks for, measure them, and print what pays.')
    .option('--only <names>', 'only these candidates, or kinds of them, separated by commas', collect, [])
    .option('--set <key=value>', "an option of Jest's config as a candidate; may be repeated", append, [])
    .option(
      '--budget <minutes>',
      'time for trials (default: 5, or twenty times the plain suite, whichever is less)',
      parseMinutes,
    )
    .option('--dry-run', 'print the candidates, with what they can save at most, and try none')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nThe suite is profiled once, then run with and without each change, without a profiler. Nothing in the project is changed: the text\nto paste is printed. Exit codes: 0 answered, 1 the suite fails without any change, 2 wrong usage.',
    )
    .action(async (_arguments, flags, { args }: Command) => {
      const ownFlags = doctor.options.flatMap(({ long }) => long ?? [])
      refuseFlagsOfRuns(args, root)
      const jestArguments = selectJestArguments(args, { behind, ownFlags })
      await (await import('./doctor-command.js')).runDoctor(jestArguments, flags, context)
    })

  root
    .command('list')
    .argument('[folder]', 'a folder of runs (default: the nearest .jest-profiler)')
    .description('List the saved runs, newest first.')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nCommands that take a [run] accept an id of this list, latest, latest~1 and so on.',
    )
    .action(async (folder, flags) => (await import('./list-command.js')).listRuns(folder, flags, context))

  withSelection(root.command('export').argument(...RUN))
    .description('Write a saved run, or a part of it, in any format.')
    .addOption(new Option('--format <name>', 'output format').choices(ARTIFACT_NAMES).makeOptionMandatory())
    .option('-o, --output <file>', 'output file (default: stdout)')
    .action(async (run, flags) => (await import('./export-command.js')).exportRun(run, flags, context))

  root
    .command('diff')
    .argument(
      '<base>',
      'the run to compare with, or a folder of runs; four or more runs per side are needed to tell change from noise',
    )
    .argument('<head>', 'the run(s) to compare with base')
    .description('Compare runs: what became slower, what became faster, and what is noise.')
    .addOption(
      new Option('--by <kind>', 'only this table, including changes within noise').choices(
        Object.keys(TABLE_OF_KIND),
      ),
    )
    .option('--top <n>', 'rows per table', parseTop, 10)
    .addOption(new Option('--format <name>', 'output format').choices(COMPARISON_FORMATS).default('text'))
    .option('--json', 'same as --format json')
    .option('-o, --output <file>', 'output file (default: stdout)')
    .option(
      '--fail-above <percent>',
      'exit with 1 if anything grew significantly by more than this',
      parsePercentage,
    )
    .action(async (base, head, flags) => {
      const { diffRuns } = await import('./diff-command.js')
      await diffRuns(base, head, { ...flags, table: TABLE_OF_KIND[flags.by ?? ''] }, context)
    })

  root
    .command('merge')
    .argument('<runs...>', 'run folders or folders of runs, in any order')
    .description('Merge the shards of a suite, from any number of machines, into one run.')
    .requiredOption('-o, --output <folder>', 'the new run folder')
    .action(async (runs, flags) => (await import('./merge-command.js')).mergeCommand(runs, flags, context))
}

/** Tables of a comparison by the names that `show --by` has for them. */
const TABLE_OF_KIND: Readonly<Record<string, Table>> = {
  run: 'run',
  phase: 'phases',
  function: 'functions',
  test: 'tests',
  'test-file': 'files',
  import: 'modules',
  package: 'packages',
  hook: 'hooks',
}

function withSelection(command: Command): Command {
  return command
    .option('--file <path>', 'only this test file: a path, the end of a path, a glob, or an id')
    .option('--test <name>', 'only these tests: a name, part of a name, or an id')
}

/** Throws a UserError for options of profiled runs: the doctor chooses how to profile by itself. */
function refuseFlagsOfRuns(args: readonly string[], root: Command): void {
  const flags = new Set(root.options.flatMap(({ long }) => long ?? []))
  const foreign = args.map(argument => argument.split('=')[0] ?? '').find(flag => flags.has(flag))
  if (foreign === undefined) return
  throw new UserError(
    `jest-profiler: ${foreign} is for running tests, and doctor profiles them by itself. Omit it; for its own flags, see \`npx jest-profiler doctor --help\`.`,
  )
}

function collect(text: string, before: readonly string[]): string[] {
  return [...before, ...text.split(',').map(name => name.trim())].filter(name => name !== '')
}

function append(text: string, before: readonly string[]): string[] {
  return [...before, text]
}

function parseMinutes(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value
  throw new UserError(
    `jest-profiler: --budget must be a positive number of minutes, got ${JSON.stringify(text)}. Write --budget 5.`,
  )
}

function parseTop(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new UserError(
    `jest-profiler: --top must be a positive integer, got ${JSON.stringify(text)}. Write --top 20.`,
  )
}

/** 0 is allowed: then any growth fails. */
function parsePercentage(text: string): number {
  const value = Number(text.replace(/\s*%$/, ''))
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value
  throw new UserError(
    `jest-profiler: --fail-above must be a percentage >= 0, got ${JSON.stringify(text)}. Write --fail-above 10.`,
  )
}
