// The width and colours of an output stream.

import { styleText } from 'node:util'

export interface Terminal {
  readonly columns: number
  readonly colors: boolean
}

/** Columns of a log or a pipe, where lines need not be cut. */
const LOG_COLUMNS = 200
/** Tables are unreadable in narrower terminals, so lines wrap there. */
const FEWEST_COLUMNS = 40

export function terminalOf(
  { isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>,
  env: Readonly<Record<string, string | undefined>>,
): Terminal {
  if (isTTY !== true) return { columns: LOG_COLUMNS, colors: false }
  return { columns: columns >= FEWEST_COLUMNS ? columns : LOG_COLUMNS, colors: !env.NO_COLOR }
}

export type Styles = ReturnType<typeof stylesOf>

/** Without `colors`, text stays as it is. `terminalOf` decides that, not Node. */
export function stylesOf(colors: boolean) {
  const styled = (format: 'bold' | 'dim' | 'yellow') => (text: string) =>
    colors ? styleText(format, text, { validateStream: false }) : text
  return { bold: styled('bold'), dim: styled('dim'), yellow: styled('yellow') }
}
