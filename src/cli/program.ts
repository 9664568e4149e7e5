// The command line: runs of Jest with our options, commands, and help.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command, CommanderError, type Option } from 'commander'
import { UserError } from '../errors/user-error.js'
import { type ProfilerOptions, parseOptions } from '../options/options.js'
import { ownFile } from '../own-files.js'
import { addCommands } from './commands.js'
import { type Context, reportErrors } from './context.js'
import { refuseMistyped, selectJestArguments } from './jest-arguments.js'
import { flagOf, optionFlags } from './option-flags.js'

/** Sets the exit code; a run of Jest ends the process itself. All arguments after the first `--` are Jest's. */
export async function runProgram(args: readonly string[], context: Context): Promise<void> {
  const [own, behind] = args.includes('--')
    ? [args.slice(0, args.indexOf('--')), args.slice(args.indexOf('--') + 1)]
    : [args, undefined]
  const program = createProgram(context, behind)
  await reportErrors(async () => {
    try {
      await program.parseAsync(own, { from: 'user' })
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error
      const command = program.commands.find(known => known.name() === own[0])
      if (error.exitCode !== 0) throw new UserError(oneLine(error.message, command))
    }
  })
}

function oneLine(message: string, command: Command | undefined): string {
  const text = message
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.+$/, '')
  const words = command === undefined ? 'jest-profiler' : `jest-profiler ${command.name()}`
  return `jest-profiler: ${text}. See \`npx ${words} --help\`.`
}

function createProgram(context: Context, behind: readonly string[] | undefined): Command {
  const root = new Command('jest-profiler')
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .enablePositionalOptions()
    .description('Runs Jest with a profiler, whatever its config, and shows what makes it slow.')
    .usage('[options] [--] [jest arguments]\n       jest-profiler <command> …')
    .argument('[arguments...]', 'passed to Jest: files, patterns, and flags that jest-profiler does not know')
    .allowUnknownOption()
    .version(readVersion(), '--version', 'print the version of jest-profiler')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .configureHelp({ optionDescription })
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', NOTE)
  for (const option of optionFlags()) root.addOption(option)
  const ownFlags = root.options.flatMap(({ long }) => long ?? [])
  root.action(async (_arguments, options: ProfilerOptions, { args }: Command) => {
    refuseMistyped(args, { cwd: context.cwd, commands: root.commands.map(command => command.name()) })
    await runJest(selectJestArguments(args, { behind, ownFlags }), options, context)
  })
  root.hook('preSubcommand', (_, command) => refuseRunOptions(root, { command: command.name(), behind }))
  addCommands(root, context, behind)
  return root
}

/** Checks the options and starts Jest, which ends the process with its own exit code. */
async function runJest(jestArguments: string[], options: ProfilerOptions, { cwd }: Context): Promise<void> {
  parseOptions(options, { base: cwd, spell: flagOf })
  // On the command line paths are relative to the working directory, in a config to the display root.
  const { outputDir } = options
  const fromHere = outputDir === undefined ? {} : { outputDir: resolve(cwd, outputDir) }
  const { launchJest } = await import('../launch/launch-jest.js')
  await launchJest({ cwd, jestArguments, profilerOptions: { ...options, ...fromHere } })
}

/** Throws a UserError for options of runs that are given to another command. */
function refuseRunOptions(
  root: Command,
  { command, behind }: { command: string; behind: readonly string[] | undefined },
): void {
  const given = root.options.find(option => root.getOptionValueSource(option.attributeName()) === 'cli')
  const runsTests = command === 'doctor'
  const foreign = given === undefined ? !runsTests && behind && '--' : (given.long ?? given.short)
  if (foreign === undefined || foreign === false) return
  throw new UserError(
    `jest-profiler: ${foreign} is for running tests, and ${command} ${runsTests ? 'profiles them by itself' : 'runs none'}. ` +
      `Omit it; for the flags of ${command}, see \`npx jest-profiler ${command} --help\`.`,
  )
}

const EXAMPLES = `Examples:
  npx jest-profiler                                  run all tests, profiled
  npx jest-profiler test/cart.test.ts -t "adds up"   one test, profiled in detail
  npx jest-profiler diff latest~1 latest             what became slower or faster since the run before
`

const NOTE = `
Unknown flags are passed to Jest: npx jest-profiler --top-n 20 -- --selectProjects a
Use -- before a test pattern that is also the name of a command.`

/** Choices without quotes and brackets, as they are typed in a shell. */
function optionDescription({ description, argChoices, defaultValue }: Option): string {
  const facts = [
    ...(argChoices === undefined ? [] : [`choices: ${argChoices.join(', ')}`]),
    ...(defaultValue === undefined ? [] : [`default: ${defaultValue}`]),
  ]
  return facts.length === 0 ? description : `${description} (${facts.join('; ')})`
}

function readVersion(): string {
  return (JSON.parse(readFileSync(ownFile('../package.json'), 'utf8')) as { version: string }).version
}
