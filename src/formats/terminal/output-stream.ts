// What a stream's reader can see: the width of lines, and whether colours mean anything.

export interface Terminal {
  readonly columns: number
  readonly colors: boolean
}

/** Columns of a log or a pipe, where nobody is served by lines that are cut. */
const LOG_COLUMNS = 200
/** What reports fewer is no terminal that a table could be read on: lines may as well wrap there. */
const FEWEST_COLUMNS = 40

export function terminalOf(
  { isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>,
  env: Readonly<Record<string, string | undefined>>,
): Terminal {
  if (isTTY !== true) return { columns: LOG_COLUMNS, colors: false }
  return { columns: columns >= FEWEST_COLUMNS ? columns : LOG_COLUMNS, colors: !env.NO_COLOR }
}
