// Who reads an output stream, and its width and colours.

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { styleText } from 'node:util'
import { createSupportsHyperlinks } from 'supports-hyperlinks'
import { isAgent } from '../../jest/agents.js'

export interface Terminal {
  readonly columns: number
  readonly colors: boolean
  /** Whether the terminal shows links (OSC 8). */
  readonly links: boolean
  /** A coding agent reads it: plain text, of bounded size. */
  readonly isAgent: boolean
}

/** Columns of a log or a pipe, where lines need not be cut. */
const LOG_COLUMNS = 200
/** Tables are unreadable in narrower terminals, so lines wrap there. */
const FEWEST_COLUMNS = 40

export function terminalOf(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>,
  env: Readonly<Record<string, string | undefined>>,
): Terminal {
  const { isTTY, columns } = stream
  const isRead = isAgent(env)
  if (isTTY !== true || isRead) return { columns: LOG_COLUMNS, colors: false, links: false, isAgent: isRead }
  return {
    columns: columns >= FEWEST_COLUMNS ? columns : LOG_COLUMNS,
    colors: !env.NO_COLOR,
    links: !env.NO_COLOR && createSupportsHyperlinks(stream),
    isAgent: false,
  }
}

/** The reports that are meant to be read, in the order in which the reader wants them. */
export function readableReports({ isAgent: isRead }: Pick<Terminal, 'isAgent'>) {
  return isRead ? (['markdown', 'html'] as const) : (['html', 'markdown'] as const)
}

export type Styles = ReturnType<typeof stylesOf>

/** Without `colors`, text stays as it is. `terminalOf` decides that, not Node. */
export function stylesOf(colors: boolean) {
  const styled = (format: 'bold' | 'dim' | 'yellow') => (text: string) =>
    colors ? styleText(format, text, { validateStream: false }) : text
  return { bold: styled('bold'), dim: styled('dim'), yellow: styled('yellow') }
}

/** Takes the text that is shown, and the path below `cwd` that it leads to. */
export type PathLink = (text: string, path: string) => string

/** https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda: the text between two sequences with and without a URL. */
export function pathLink(cwd: string): PathLink {
  return (text, path) =>
    `\u001b]8;;${pathToFileURL(resolve(cwd, path)).href}\u001b\\${text}\u001b]8;;\u001b\\`
}
