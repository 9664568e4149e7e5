// `jest-profiler list`: its flags.

import type { Command } from 'commander'
import type { Context } from '../context.js'

export function addList(root: Command, context: Context): void {
  const command = root
    .command('list')
    .argument('[folder]', 'a folder of runs; the nearest .jest-profiler without one')
    .description('List the saved runs, the newest first.')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nEach can be named by its id, and by latest, latest~1 and so on, wherever a run is asked for.',
    )
  command.action(async (folder: string | undefined, values) => {
    const { listRuns } = await import('../list-command.js')
    listRuns(folder, values, context)
  })
}
