// `jest-profiler diff`: its flags.

import { type Command, Option } from 'commander'
import type { Table } from '../../compare/comparison.js'
import { UserError } from '../../errors/user-error.js'
import { COMPARISON_FORMATS } from '../../formats/comparison/format-names.js'
import type { Context } from '../context.js'
import { parseTop } from './arguments.js'

/** As in `show --by`. */
const TABLE_OF_KIND: Readonly<Record<string, Table>> = {
  run: 'run',
  phase: 'phases',
  function: 'functions',
  test: 'tests',
  'test-file': 'files',
  import: 'modules',
  package: 'packages',
  hook: 'hooks',
}

export function addDiff(root: Command, context: Context): void {
  const sideText =
    'the run to compare with, or a folder of runs; at least four runs a side are needed to tell a change from noise'
  const command = root
    .command('diff')
    .argument('<base>', sideText)
    .argument('<head>', 'the run(s) to compare with base')
    .description('Compare runs: what became slower, what became faster, and what is noise.')
    .addOption(
      new Option('--by <kind>', 'only one table, including changes within noise').choices(
        Object.keys(TABLE_OF_KIND),
      ),
    )
    .addOption(new Option('--top <n>', 'rows of each table').default(10).argParser(parseTop))
    .addOption(new Option('--format <name>', 'output format').choices(COMPARISON_FORMATS).default('text'))
    .option('--json', 'same as --format json')
    .option('-o, --output <file>', 'output file (default: stdout)')
    .addOption(
      new Option(
        '--fail-above <percent>',
        'exit with 1 if anything grew by more than this and more than noise',
      ).argParser(parsePercentage),
    )
  command.action(async (base: string, head: string, values) => {
    const { diffRuns } = await import('../diff-command.js')
    const table = TABLE_OF_KIND[values.by ?? '']
    await diffRuns(base, head, { ...values, ...(table === undefined ? {} : { table }) }, context)
  })
}

/** 0 is allowed: then any growth fails. */
function parsePercentage(text: string): number {
  const value = Number(text.replace(/\s*%$/, ''))
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value
  throw new UserError(
    `jest-profiler: --fail-above must be a percentage >= 0, got ${JSON.stringify(text)}. Write --fail-above 10.`,
  )
}
