// `jest-profiler show`: its flags.

import { type Command, Option } from 'commander'
import { MOST_OTHER_LINES, TABLE_NAMES } from '../../tables/table.js'
import type { Context } from '../context.js'
import { budgetFlag } from '../option-flags.js'
import { RUN, wholeNumber, withSelection } from './arguments.js'

export function addShow(root: Command, context: Context): void {
  const command = withSelection(root.command('show').argument(...RUN))
    .description('Show a saved run again, without running tests.')
    .addOption(new Option('--by <kind>', 'rank these').choices(TABLE_NAMES))
    .addOption(new Option('--top <n>', 'rows').default(10).argParser(wholeNumber))
    .option('--json', 'as JSON: the rows, or without --by the whole report')
    .option(
      '--check',
      'end with 1 if the run is over a budget: its own, or those of --budgets, which asks for it too',
    )
    .addOption(budgetFlag())
    .addHelpText(
      'after',
      `\nWithout --by: what the run printed at its end, at most 40 lines. With --by: at most --top rows and ${MOST_OTHER_LINES} other\nlines, of at most 200 characters each when not on a terminal. Ids stay the same from run to run.`,
    )
  command.action(async (run: string | undefined, values) => {
    const { showRun } = await import('../show-command.js')
    await showRun(run, values, context)
  })
}
