// `jest-profiler diff`: its flags.

import { type Command, Option } from 'commander'
import type { Table } from '../../compare/comparison.js'
import { UserError } from '../../errors/user-error.js'
import { COMPARISON_FORMATS } from '../../formats/comparison/format-names.js'
import type { Context } from '../context.js'
import { wholeNumber } from './arguments.js'

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
    'what to compare with: a run, or a folder of several: only four a side or more can tell a change from noise'
  const command = root
    .command('diff')
    .argument('<base>', sideText)
    .argument('<head>', 'the same of what is to be judged')
    .description('Compare runs: what became slower, what faster, and what is noise.')
    .addOption(
      new Option('--by <kind>', 'only one kind of thing, noise and all').choices(Object.keys(TABLE_OF_KIND)),
    )
    .addOption(new Option('--top <n>', 'rows of each table').default(10).argParser(wholeNumber))
    .addOption(new Option('--format <name>', 'the format').choices(COMPARISON_FORMATS).default('text'))
    .option('--json', 'the same as --format json')
    .option('-o, --output <file>', 'where to; standard output without it')
    .addOption(
      new Option(
        '--fail-above <percent>',
        'end with 1 if anything grew by more than that, and by more than noise',
      ).argParser(percentage),
    )
  command.action(async (base: string, head: string, values) => {
    const { diffRuns } = await import('../diff-command.js')
    const table = TABLE_OF_KIND[values.by ?? '']
    await diffRuns(base, head, { ...values, ...(table === undefined ? {} : { table }) }, context)
  })
}

/** Of nothing, or of every growth: both can be meant. */
function percentage(text: string): number {
  const value = Number(text.replace(/\s*%$/, ''))
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value
  throw new UserError(
    `jest-profiler: --fail-above has to be a number of percent from 0 on, got ${JSON.stringify(text)}. Write --fail-above 10.`,
  )
}
