// `jest-profiler export`: its flags.

import { type Command, Option } from 'commander'
import { ARTIFACT_NAMES } from '../../formats/artifact-names.js'
import type { Context } from '../context.js'
import { RUN, withSelection } from './arguments.js'

export function addExport(root: Command, context: Context): void {
  const command = withSelection(root.command('export').argument(...RUN))
    .description('Write a saved run, or a part of it, in any format.')
    .addOption(new Option('--format <name>', 'output format').choices(ARTIFACT_NAMES).makeOptionMandatory())
    .option('-o, --output <file>', 'output file (default: stdout)')
  command.action(async (run: string | undefined, values) => {
    const { exportRun } = await import('../export-command.js')
    await exportRun(run, values, context)
  })
}
