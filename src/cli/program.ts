// The command line as a whole: its commands and the help. What each does is in a file of its own, which is loaded when it
// is wanted.

import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { UserError } from '../user-error.js'
import { addDiff } from './commands/diff.js'
import { addExport } from './commands/export.js'
import { addMerge } from './commands/merge.js'
import { addShow } from './commands/show.js'
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
  const text = message
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.+$/, '')
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
  addDiff(root, context)
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
