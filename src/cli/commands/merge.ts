// `jest-profiler merge`: its flags.

import type { Command } from 'commander'
import type { Context } from '../context.js'

export function addMerge(root: Command, context: Context): void {
  const command = root
    .command('merge')
    .argument('<runs...>', 'run folders or folders of runs, in any order')
    .description('Merge the shards of a suite, from any number of machines, into one run.')
    .requiredOption('-o, --output <folder>', 'the new run folder')
  command.action(async (runs: string[], values) => {
    const { mergeCommand } = await import('../merge-command.js')
    await mergeCommand(runs, values, context)
  })
}
