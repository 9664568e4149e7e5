// The command line as a whole: its commands, their flags and arguments, and the help. What each does is in a file of its
// own, which is loaded when it is wanted.

import { readFileSync } from 'node:fs'
import { Command, CommanderError, Option } from 'commander'
import { ARTIFACT_NAMES } from '../formats/artifact-names.js'
import { OTHER_LINES } from '../formats/tables/table-text.js'
import { TABLE_NAMES } from '../tables/table.js'
import { UserError } from '../user-error.js'
import { type Context, reportingErrors } from './context.js'
import { jestArguments } from './jest-arguments.js'
import { givenOptions, optionFlags } from './option-flags.js'

/** Sets the process's exit code; a run of Jest ends the process itself. */
export async function runProgram(args: readonly string[], context: Context): Promise<void> {
  await reportingErrors(async () => {
    const { own, behind } = splitAtDashes(args)
    try {
      await program(context, behind).parseAsync(own, { from: 'user' })
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error
      if (error.exitCode !== 0) throw new UserError(oneLine(error.message))
    }
  })
}

/** What stands behind the first `--` is Jest's, whatever it is; undefined without one. */
function splitAtDashes(args: readonly string[]): { own: string[]; behind: string[] | undefined } {
  const dashes = args.indexOf('--')
  if (dashes < 0) return { own: [...args], behind: undefined }
  return { own: args.slice(0, dashes), behind: args.slice(dashes + 1) }
}

function oneLine(message: string): string {
  const text = message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ')
  return `jest-profiler: ${text}. See \`npx jest-profiler --help\`.`
}

function program(context: Context, behind: readonly string[] | undefined): Command {
  const root = new Command('jest-profiler')
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .enablePositionalOptions()
    .showHelpAfterError(false)
    .description('Runs Jest with a profiler, whatever its config, and shows what made it slow.')
    .usage('[options] [--] [jest arguments]\n       jest-profiler <command> …')
    .argument('[arguments...]', "Jest's own: files, patterns, and flags that are none of ours")
    .allowUnknownOption()
    .version(readVersion(), '--version')
    .helpOption('--help', 'show this')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
  for (const option of optionFlags()) root.addOption(option)
  root.action(async (_arguments, values, command: Command) => {
    const args = jestArguments(command.args, { behind, ownFlags: longFlags(root) })
    const { runJest } = await import('./run-command.js')
    await runJest(args, givenOptions(values), context)
  })
  addShow(root, context)
  addExport(root, context)
  addMerge(root, context)
  return root
}

const EXAMPLES = `
Examples:
  npx jest-profiler                                    run all tests, profiled
  npx jest-profiler test/cart.test.ts -t "adds up"     why is this one test slow?
  npx jest-profiler --top-n 20 -- --selectProjects web options of ours, then Jest's
  npx jest-profiler show --by import                   the last run's costliest imports
  npx jest-profiler diff before/ after/                is it better now?

Flags that are none of ours go to Jest; a test whose name is a command's goes behind --.`

function longFlags(command: Command): string[] {
  return command.options.flatMap(({ long }) => long ?? [])
}

function readVersion(): string {
  const path = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}

const RUN = [
  '[run]',
  'a run folder, a folder of runs, or a run id; the latest below .jest-profiler without one',
] as const

function withSelection(command: Command): Command {
  return command
    .option('--file <path>', 'only this test file: its path, the end of it, a glob, or its id')
    .option('--test <name>', 'only these tests: a name, a part of one, or an id')
}

function addShow(root: Command, context: Context): void {
  const command = withSelection(root.command('show').argument(...RUN))
    .description('Show a saved run again, without running tests.')
    .addOption(new Option('--by <kind>', 'rank one kind of thing').choices(TABLE_NAMES))
    .addOption(new Option('--top <n>', 'rows').default(10).argParser(wholeNumber))
    .option('--json', 'as JSON: the rows, or without --by the whole report')
    .addHelpText(
      'after',
      `\nWithout --by: what the run printed at its end, at most 40 lines. With --by: at most --top rows and ${OTHER_LINES} other\nlines, of at most 200 characters each when not on a terminal. Ids stay the same from run to run.`,
    )
  command.action(async (run: string | undefined, values) => {
    const { showRun } = await import('./show-command.js')
    showRun(run, values, context)
  })
}

function addExport(root: Command, context: Context): void {
  const command = withSelection(root.command('export').argument(...RUN))
    .description('Write a saved run, or a part of it, in any format.')
    .addOption(new Option('--format <name>', 'which').choices(ARTIFACT_NAMES).makeOptionMandatory())
    .option('-o, --output <file>', 'where to; standard output without it')
  command.action(async (run: string | undefined, values) => {
    const { exportRun } = await import('./export-command.js')
    exportRun(run, values, context)
  })
}

function addMerge(root: Command, context: Context): void {
  const command = root
    .command('merge')
    .argument('<runs...>', 'run folders or folders of runs, in any order')
    .description('Make one run of the shards of a suite, from any number of machines.')
    .requiredOption('-o, --output <folder>', 'the new run folder')
  command.action(async (runs: string[], values) => {
    const { mergeCommand } = await import('./merge-command.js')
    mergeCommand(runs, values, context)
  })
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new UserError(
    `jest-profiler: --top has to be a whole number from 1 on, got ${JSON.stringify(text)}. Write --top 20.`,
  )
}
