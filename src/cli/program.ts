// The command line as a whole: its commands and their help. What each command does is in a file of its own, which is loaded when the
// command runs.

import { readFileSync } from 'node:fs'
import { Command, CommanderError, type Option } from 'commander'
import { UserError } from '../errors/user-error.js'
import { addDiff } from './commands/diff.js'
import { addExport } from './commands/export.js'
import { addList } from './commands/list.js'
import { addMerge } from './commands/merge.js'
import { addShow } from './commands/show.js'
import { type Context, reportErrors } from './context.js'
import { selectJestArguments } from './jest-arguments.js'
import { refuseMistyped } from './mistyped-command.js'
import { givenOptions, optionFlags } from './option-flags.js'

/** Sets the process's exit code; a run of Jest ends the process itself. */
export async function runProgram(args: readonly string[], context: Context): Promise<void> {
  await reportErrors(async () => {
    const { own, behind } = splitAtDashes(args)
    try {
      await createProgram(context, behind).parseAsync(own, { from: 'user' })
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error
      if (error.exitCode !== 0) throw new UserError(oneLine(error.message, commandOf(own)))
    }
  })
}

/** Arguments after the first `--` are Jest's, whatever they are; undefined without one. */
function splitAtDashes(args: readonly string[]): { own: string[]; behind: string[] | undefined } {
  const dashes = args.indexOf('--')
  if (dashes < 0) return { own: [...args], behind: undefined }
  return { own: args.slice(0, dashes), behind: args.slice(dashes + 1) }
}

/** A command with a space before it, such as ` show`; `''` for a run of Jest. */
function commandOf([first = '']: readonly string[]): string {
  return COMMANDS.some(({ name }) => name === first) ? ` ${first}` : ''
}

function oneLine(message: string, command: string): string {
  const text = message
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.+$/, '')
  return `jest-profiler: ${text}. See \`npx jest-profiler${command} --help\`.`
}

function createProgram(context: Context, behind: readonly string[] | undefined): Command {
  const root = new Command('jest-profiler')
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .enablePositionalOptions()
    .showHelpAfterError(false)
    .description('Runs Jest with a profiler, whatever its config, and shows what made it slow.')
    .usage('[options] [--] [jest arguments]\n       jest-profiler <command> …')
    .argument('[arguments...]', "Jest's: files, patterns, and flags that jest-profiler does not know")
    .allowUnknownOption()
    .version(readVersion(), '--version', 'print the version of jest-profiler')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .configureHelp({ optionDescription })
    .addHelpText('after', EXAMPLES)
  for (const option of optionFlags()) root.addOption(option)
  root.action(async (_arguments, values, command: Command) => {
    await refuseMistyped(command.args, { cwd: context.cwd, commands: COMMANDS.map(({ name }) => name) })
    const args = selectJestArguments(command.args, { behind, ownFlags: longFlags(root) })
    const { runJest } = await import('./run-command.js')
    await runJest(args, givenOptions(values), context)
  })
  root.hook('preSubcommand', (_, command) => refuseRunOptions(root, { command: command.name(), behind }))
  for (const { add } of COMMANDS) add(root, context)
  return root
}

const COMMANDS = [
  { name: 'show', add: addShow },
  { name: 'list', add: addList },
  { name: 'export', add: addExport },
  { name: 'diff', add: addDiff },
  { name: 'merge', add: addMerge },
]

/** Throws a UserError for options of a run given to a command that starts none. */
function refuseRunOptions(
  root: Command,
  { command, behind }: { command: string; behind: readonly string[] | undefined },
): void {
  const given = root.options.find(option => root.getOptionValueSource(option.attributeName()) === 'cli')
  const foreign = given === undefined ? behind && '--' : (given.long ?? given.short)
  if (foreign === undefined) return
  throw new UserError(
    `jest-profiler: ${foreign} is for running tests, which ${command} does not. ` +
      `Leave it out; the flags of ${command} are in \`npx jest-profiler ${command} --help\`.`,
  )
}

const EXAMPLES = `
Examples:
  npx jest-profiler                                    run all tests, profiled
  npx jest-profiler test/cart.test.ts -t "adds up"     one test, profiled in detail
  npx jest-profiler --top-n 20 -- --selectProjects a   our options, then Jest's
  npx jest-profiler show --by import                   the most expensive imports of the last run
  npx jest-profiler diff before/ after/                what became slower or faster

Unknown flags are passed to Jest. Use -- before a test pattern that is also the name of a command.`

/** Choices without quotes and brackets, as they are typed in a shell. */
function optionDescription(option: Option): string {
  const { description, argChoices, defaultValue } = option
  const choices = argChoices === undefined ? '' : `: ${argChoices.join(', ')}`
  const fallback = defaultValue === undefined ? '' : ` (default: ${defaultValue})`
  return description + choices + fallback
}

function longFlags(command: Command): string[] {
  return command.options.flatMap(({ long }) => long ?? [])
}

function readVersion(): string {
  const path = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}
