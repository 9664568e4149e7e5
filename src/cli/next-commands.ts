// What is worth running after a table was read: one step deeper, from its first row.

import type { Table, TableName } from '../tables/table.js'

interface Asked {
  readonly run: string | undefined
  readonly flags: { readonly file?: string; readonly test?: string }
}

/** At most three. */
export function nextCommands({ by, rows }: Pick<Table, 'by' | 'rows'>, { run, flags }: Asked): string[] {
  const [first] = rows
  const target = run === undefined ? '' : ` ${quoted(run)}`
  const show = (rest: string) => `npx jest-profiler show${target} ${rest}`
  const same = [
    ...(flags.file === undefined ? [] : [`--file ${quoted(flags.file)}`]),
    ...(flags.test === undefined ? [] : [`--test ${quoted(flags.test)}`]),
  ].join(' ')
  const other = (table: TableName) => show([same, `--by ${table}`].filter(part => part !== '').join(' '))
  if (first === undefined)
    return flags.test === undefined && flags.file === undefined ? [] : [show(`--by ${by}`)]
  switch (by) {
    case 'test':
      return [
        show(`--test ${first.id}`),
        `npx jest-profiler export${target} --test ${first.id} --format cpuprofile -o test.cpuprofile`,
      ]
    case 'test-file':
      return [show(`--file ${first.id}`), show(`--file ${first.id} --by import`)]
    case 'function':
      return [other('line'), other('test')]
    case 'wait':
    case 'hook':
      return [other('test')]
    case 'import':
      return [other('package'), other('test-file')]
    default:
      return [other('function'), other('test')]
  }
}

function quoted(word: string): string {
  return /^[\w./:@=-]+$/.test(word) ? word : JSON.stringify(word)
}
