// The headline of the page: sentences on where the time went.

import { sum } from 'd3-array'
import { balanceText, selectionText } from '../../formats/sentences.js'
import { PHASES, type Phase } from '../../profile/profile.js'
import type { Report } from '../../report/report.js'
import { busyMachineText } from '../../report/views/busy-machine.js'
import { count, duration, percent } from '../../report/views/figures.js'
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
  const { run, totals, phases, findings } = report
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
  const costs = duration(sum(findings, ({ costMs }) => costMs))
  const overlap = findings.length > 1 ? ' in all (estimates overlap)' : ''
  return [
    sanitize(selectionText(report)),
    `Of ${whole}, ${shares.length === 0 ? 'no phase took more than the others' : LIST.format(shares)}.`,
    isWaiting ? `Nothing ran in ${percent(waitingMs, fileWallMs)} of it: tests were waiting.` : '',
    toSentence(busyMachineText(totals)),
    findings.length > 0 ? `${count(findings.length, 'suggestion')}, worth up to ${costs}${overlap}.` : '',
    toSentence(balanceText(report)),
  ].filter(sentence => sentence !== '')
}

function toSentence(text: string): string {
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
