// A finding as plain Markdown, for an agent or a colleague who has the repository and nothing else.

import { repeatCommand } from '../../formats/rerun-command.js'
import type { Finding, Report } from '../../report/report.js'
import { duration, grouped } from '../../report/views/figures.js'
import { insteadOfTime, isAboutTime, savingsText } from '../../report/views/savings.js'
import { sanitize } from './text.js'

const MOST_FILES = 20

export function agentText(
  finding: Finding,
  { run, command, totals }: Pick<Report, 'run' | 'command' | 'totals'>,
): string {
  const { title, evidence, remedy, costMs, savesWallMs, confidence, position, patch } = finding
  const saves = savingsText(savesWallMs, confidence)
  const whole = duration(command?.wallMs ?? totals.wallMs)
  return [
    `# ${sanitize(title)}`,
    `A finding of jest-profiler in ${sanitize(run.suite)} (run ${sanitize(run.id)}, Jest ${sanitize(run.jestVersion)}, Node ${sanitize(run.nodeVersion)}).`,
    [
      isAboutTime(finding)
        ? `- Costs: ${duration(costMs)} of worker time, all test files together`
        : `- What: ${insteadOfTime(finding)}`,
      ...(saves === '' || !isAboutTime(finding)
        ? []
        : [`- Saves: ${saves} of the command's ${whole} wall time`]),
      `- Confidence: ${confidence}`,
      ...(position === null ? [] : [`- Where: \`${sanitize(positionText(position))}\``]),
    ].join('\n'),
    '## Evidence',
    sanitize(evidence),
    ...filesText(finding),
    '## What to do',
    sanitize(remedy),
    ...(patch === undefined ? [] : [fenced(patch)]),
    '## Verify',
    [
      'Change this one thing, run the same tests, and measure them again:',
      fenced(`${sanitize(repeatCommand(run))}\nnpx jest-profiler diff latest~1 latest`),
      'Keep the change if all tests pass and the comparison shows a significant improvement.',
    ].join('\n\n'),
    '',
  ].join('\n\n')
}

function positionText({ file, line, column }: NonNullable<Finding['position']>): string {
  return [file, ...(line > 0 ? [line, ...(column > 0 ? [column] : [])] : [])].join(':')
}

function filesText({ files, fileCount }: Finding): string[] {
  if (files.length === 0) return []
  const shown = files.slice(0, MOST_FILES).map(file => `- \`${sanitize(file)}\``)
  const more = fileCount - shown.length
  return [
    `## Test files (${grouped(fileCount)}, the most expensive first)`,
    [...shown, ...(more > 0 ? [`- and ${grouped(more)} more`] : [])].join('\n'),
  ]
}

/** The fence is longer than any in the code. */
function fenced(code: string): string {
  const longest = Math.max(2, ...Array.from(code.matchAll(/`+/g), ([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${code.trimEnd()}\n${fence}`
}
