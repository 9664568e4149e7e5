// How the lines of the terminal are shared among its sections.

import type { TerminalSection } from './terminal-sections.js'

/** A blank line and a heading. */
const LINES_OF_A_SECTION = 2

interface SharedSection extends TerminalSection {
  /** That there are. */
  readonly available: number
}

/** Rows of each section: those that it has at least, then some for each in turn, by weight, as long as there are lines. */
export function shareLines(
  sections: readonly SharedSection[],
  { free, topN }: { readonly free: number; readonly topN: number },
): number[] {
  const counts = sections.map(({ available, isWhole }) => (isWhole === true ? available : 0))
  let left = free
  const take = ({ isWhole, available, height = 1 }: SharedSection, index: number, wanted: number) => {
    if (isWhole === true) return
    const shown = counts[index] ?? 0
    const overhead = shown === 0 ? LINES_OF_A_SECTION : 0
    const most = Math.min(available, topN) - shown
    const given = Math.min(wanted, most, Math.floor((left - overhead) / height))
    if (given <= 0) return
    counts[index] = shown + given
    left -= given * height + overhead
  }
  const upTo = (rowsOf: (section: SharedSection) => number) =>
    sections.forEach((section, index) => {
      take(section, index, rowsOf(section) - (counts[index] ?? 0))
    })
  // What is wrong is shown whatever else there is, then something of everything.
  upTo(({ isWarning }) => (isWarning === true ? 1 : 0))
  upTo(() => 1)
  upTo(({ least }) => least)
  for (let before = -1; before !== left && left > 0; ) {
    before = left
    sections.forEach((section, index) => {
      take(section, index, section.weight)
    })
  }
  return counts
}
