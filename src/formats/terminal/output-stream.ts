// What a stream's reader can see: the width of lines, and whether colours mean anything.

import { styleText } from 'node:util'

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

export type Styles = ReturnType<typeof stylesOf>

/** Without `colors`, text is returned as it is: that is decided by `terminalOf`, not by Node. */
export function stylesOf(colors: boolean) {
  const styled = (format: 'bold' | 'dim' | 'yellow') => (text: string) =>
    colors ? styleText(format, text, { validateStream: false }) : text
  return { bold: styled('bold'), dim: styled('dim'), yellow: styled('yellow') }
}
