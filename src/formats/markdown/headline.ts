// The beginning of report.md: what the command took, and what to know before its values are trusted.

import type { Report } from '../../report/report.js'
import { count, duration } from '../../report/views/figures.js'
import {
  categoryShares,
  emptyText,
  machineText,
  phaseShares,
  qualityText,
  scopeText,
  selectionText,
  timeSentences,
  timeText,
} from '../sentences.js'
import { asSentence, asText, withCode } from './markdown-text.js'

/** What the command took, and where, in a sentence and its parts. */
export function headline(report: Report): string {
  const { command, totals, run } = report
  const sentences = timeSentences(report)
  const lead = command === null ? timeText(report) : (sentences.shift() ?? '')
  const phases = phaseShares(report).map(([phase, time, share]) => `${phase} ${time} (${share})`)
  const categories = categoryShares(report).map(words => words.join(' '))
  const facts = [
    selectionText(report),
    scopeText(report),
    command === null ? '' : timeText(report),
    phases.length === 0 ? '' : `test files ${duration(totals.fileWallMs)}: ${phases.join(' · ')}`,
    categories.length === 0 ? '' : `CPU: ${categories.join(' · ')}`,
    ...sentences,
    qualityText(report),
  ].filter(text => text !== '')
  const folder = 'Paths and commands are relative to the project’s root.'
  const machine = `${asText(machineText(report))}, run \`${run.id}\`. ${folder}`
  const list = [...facts.map(text => withCode(text)), machine].map(text => `- ${text}`).join('\n')
  return `**${asText(asSentence(emptyText(report) || lead))}**\n\n${list}`
}

/** What makes these values untypical or incomplete. */
export function trust({ caveats, missing }: Report): string {
  const left = missing.length === 0 ? [] : [`${count(missing.length, 'file')} not fully profiled: see below`]
  const items = [...caveats, ...left].map(text => `- ${withCode(asSentence(text))}`)
  return items.length === 0 ? '' : `**Before you trust this:**\n\n${items.join('\n')}`
}
