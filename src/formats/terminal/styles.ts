// Styles of text for a terminal. Whether a stream shows them is decided by `terminalOf`, not by Node.

import { styleText } from 'node:util'

export interface Styles {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly yellow: (text: string) => string
}

/** Without `colors`, text is returned as it is. */
export function stylesOf(colors: boolean): Styles {
  const styled = (format: 'bold' | 'dim' | 'yellow') => (text: string) =>
    colors ? styleText(format, text, { validateStream: false }) : text
  return { bold: styled('bold'), dim: styled('dim'), yellow: styled('yellow') }
}
