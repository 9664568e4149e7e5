// `jest-profiler show`: its flags.

import { type Command, Option } from 'commander'
import { MOST_OTHER_LINES, TABLE_NAMES } from '../../tables/table-names.js'
import type { Context } from '../context.js'
import { budgetFlag } from '../option-flags.js'
import { parseTop, RUN, withSelection } from './arguments.js'

export function addShow(root: Command, context: Context): void {
  const command = withSelection(root.command('show').argument(...RUN))
    .description('Show a saved run again, without running tests.')
    .addOption(new Option('--by <kind>', 'group and rank by').choices(TABLE_NAMES))
    .addOption(new Option('--top <n>', 'rows').default(10).argParser(parseTop))
    .option('--json', 'as JSON: the rows, or without --by the whole report')
    .option(
      '--check',
      'exit with 1 if the run exceeds a budget: its own, or those of --budgets, which implies --check',
    )
    .addOption(budgetFlag())
    .addHelpText(
      'after',
      `\nWithout --by: the summary that the run printed, at most 40 lines. With --by: at most --top rows and ${MOST_OTHER_LINES} other\nlines, of at most 200 characters each when not on a terminal. Ids stay the same from run to run.`,
    )
  command.action(async (run: string | undefined, values) => {
    const { showRun } = await import('../show-command.js')
    await showRun(run, values, context)
  })
}
