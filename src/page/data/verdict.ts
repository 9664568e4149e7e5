// The headline of the page: sentences on where the time went.

import { balanceText, selectionText } from '../../formats/sentences.js'
import { PHASES, type Phase } from '../../profile/profile.js'
import type { Report } from '../../report/report.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { savingsText } from '../../report/views/savings.js'
import { sanitize } from './text.js'

/** Phases and waits with a smaller share of the files' time are not mentioned. */
const LEAST_SHARE = 0.15

const WORDS: Readonly<Record<Phase, string>> = {
  environment: 'building environments',
  setupFiles: 'setupFiles',
  framework: 'loading Jest’s own framework',
  setupFilesAfterEnv: 'setupFilesAfterEnv',
  imports: 'importing modules',
  hooks: 'hooks',
  tests: 'the tests themselves',
  teardown: 'teardown',
  other: 'Jest’s own work in between',
}

const LIST = new Intl.ListFormat('en-GB')

/** The sentences that the terminal and Markdown also have are theirs. */
export function verdict(report: Report): string[] {
  const { run, totals, phases } = report
  const { fileWallMs, idleMs, blockedMs } = totals
  if (fileWallMs <= 0) return ['No test file was recorded.']
  const shares = PHASES.map(phase => ({ phase, ms: phases[phase].wallMs }))
    .filter(({ ms }) => ms >= LEAST_SHARE * fileWallMs)
    .sort((a, b) => b.ms - a.ms)
    .map(
      ({ phase, ms }, rank) => `${percent(ms, fileWallMs)} ${rank === 0 ? 'went to' : 'to'} ${WORDS[phase]}`,
    )
  const whole = `${run.selection === undefined ? 'the test files’' : 'its'} ${duration(fileWallMs)}`
  const waitingMs = idleMs + blockedMs
  const isWaiting = waitingMs >= LEAST_SHARE * fileWallMs
  return [
    sanitize(selectionText(report)),
    `Of ${whole}, ${shares.length === 0 ? 'no phase took more than the others' : LIST.format(shares)}.`,
    isWaiting ? `Nothing ran in ${percent(waitingMs, fileWallMs)} of it: tests were waiting.` : '',
    suggestionsText(report),
    toSentence(balanceText(report)),
  ].filter(sentence => sentence !== '')
}

/** `3 suggestions, which save up to 2.10 s of the command's 9.50 s.` */
function suggestionsText({ findings, savesWallMs, command, totals }: Report): string {
  if (findings.length === 0) return ''
  const suggestions = count(findings.length, 'suggestion')
  if (savesWallMs === null || savesWallMs.high < 1) return `${suggestions}.`
  const verb = findings.length === 1 ? 'which saves' : 'which together save'
  return `${suggestions}, ${verb} ${savingsText(savesWallMs)} of the command’s ${duration(command?.wallMs ?? totals.wallMs)}.`
}

function toSentence(text: string): string {
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
