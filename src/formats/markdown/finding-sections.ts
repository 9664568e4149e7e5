// What to change, in Markdown: a section for each finding with what to do, where, and how to verify it.

import { docsUrl, ruleOf } from '../../report/finding-rules.js'
import type { Finding, Report } from '../../report/report.js'
import { count, duration, grouped } from '../../report/views/figures.js'
import { levers } from '../../report/views/levers.js'
import { insteadOfTime, isAboutTime, savingsText, sumOfSavings } from '../../report/views/savings.js'
import { pathCell, placeCell } from '../../tables/cell.js'
import { cellText } from '../../tables/cell-text.js'
import { LEVERS } from '../../tables/judgement-tables.js'
import { repeatCommand, trialCommand } from '../rerun-command.js'
import { asSentence, asText, codeBlock, MARKDOWN, withCode } from './markdown-text.js'

/** Affected files that are named. */
const MOST_FILES = 10
/** A finding in no more files than this is verified in these alone. */
const FEW_FILES = 3
/** Lines of a patch that are shown. */
const MOST_LINES = 60

/** `most`: how many findings are shown. */
export function changeSections(report: Report, most: number): string[] {
  const { findings, totals } = report
  if (totals.testFiles === 0) return []
  const shown = findings.slice(0, most)
  const left = findings.length - shown.length
  const notes = [
    findings.length === 0 ? 'no rule found what to change' : sumOfSavings(report),
    left > 0 ? `${count(left, 'smaller finding')} in report.json` : '',
  ].filter(note => note !== '')
  return [
    ['## What to change', ...notes.map(note => asText(asSentence(note)))].join('\n\n'),
    ...shown.map((finding, index) => findingSection(finding, index + 1, report)),
    ...leverSection(report),
  ]
}

/** The largest costs of a run in which findings save little. */
function leverSection(report: Report): string[] {
  const rows = levers(report)
  if (rows.length === 0) return []
  const items = rows.map(({ costMs, text, position }) => {
    const place = position === null ? '' : `${cellText(placeCell(position), MARKDOWN)}: `
    return `- **${duration(costMs)}:** ${place}${withCode(text)}`
  })
  return [`### ${LEVERS.title}\n\nThey may overlap.\n\n${items.join('\n')}`]
}

function findingSection(finding: Finding, rank: number, report: Report): string {
  const { title, evidence, remedy, patch, position, confidence, id, trial } = finding
  const url = docsUrl(id)
  const rule = url === undefined ? asText(ruleOf(id)) : `[${ruleOf(id)}](${url})`
  const facts = {
    Saves: savesText(finding),
    Where: position === null ? '' : cellText(placeCell(position), MARKDOWN),
    Evidence: withCode(evidence),
    'What to do': withCode(remedy),
    'Affected files': filesText(finding),
    Confidence: `${confidence} (rule ${rule})`,
  }
  return [
    `### ${rank}. ${withCode(title)}`,
    Object.entries(facts)
      .filter(([, text]) => text !== '')
      .map(([name, text]) => `- **${name}:** ${text}`)
      .join('\n'),
    patch === undefined ? '' : `To paste:\n\n${patchBlock(patch)}`,
    `To verify:\n\n${codeBlock('sh', verification(finding, report))}`,
    trial === undefined
      ? ''
      : `To try it first, without changing anything:\n\n${codeBlock('sh', trialCommand(report.run, trial))}`,
  ]
    .filter(part => part !== '')
    .join('\n\n')
}

/** `1.10–1.20 s of wall time (it costs up to 3.10 s in all test files together)` */
function savesText({ savesWallMs, costMs, confidence, files, ...finding }: Finding): string {
  if (!isAboutTime(finding)) return `no time: ${insteadOfTime(finding)}`
  const saves = savingsText(savesWallMs, confidence)
  const most = confidence === 'high' ? '' : 'up to '
  const cost = `it costs ${most}${duration(costMs)}${files.length === 0 ? '' : ' in all test files together'}`
  return saves === '' ? `unknown; ${cost}` : `${saves} of the command’s wall time (${cost})`
}

/** `12: a.test.ts, b.test.ts and 10 more` */
function filesText({ files, fileCount }: Finding): string {
  if (files.length === 0) return ''
  const named = files.slice(0, MOST_FILES).map(file => cellText(pathCell(file), MARKDOWN))
  const more = fileCount > named.length ? ` and ${grouped(fileCount - named.length)} more` : ''
  return `${grouped(fileCount)}: ${named.join(', ')}${more}`
}

function patchBlock(patch: string): string {
  const lines = patch.trimEnd().split('\n')
  if (lines.length <= MOST_LINES) return codeBlock('js', lines.join('\n'))
  return `${codeBlock('js', lines.slice(0, MOST_LINES).join('\n'))}\n\nThe whole of it is in report.json.`
}

/** Only few files are run again. This run is the one before the change only if it is one of all files, with values as usual. */
function verification({ files, fileCount }: Finding, { run, caveats, files: all }: Report): string {
  const affected = all.filter(({ path }) => files.includes(path))
  const isPart = fileCount <= FEW_FILES && affected.length > 0 && affected.length < all.length
  const isBefore = !isPart && caveats.length === 0
  const when = isBefore ? 'after the change' : 'before the change, and again after it'
  return [
    `${repeatCommand(run, isPart ? affected : undefined)}   # ${when}`,
    'npx jest-profiler diff latest~1 latest',
  ].join('\n')
}
