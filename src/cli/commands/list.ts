// `jest-profiler list`: its flags.

import type { Command } from 'commander'
import type { Context } from '../context.js'

export function addList(root: Command, context: Context): void {
  const command = root
    .command('list')
    .argument('[folder]', 'a folder of runs (default: the nearest .jest-profiler)')
    .description('List the saved runs, the newest first.')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nEvery [run] argument accepts an id of this list, latest, latest~1 and so on.')
  command.action(async (folder: string | undefined, values) => {
    const { listRuns } = await import('../list-command.js')
    listRuns(folder, values, context)
  })
}
