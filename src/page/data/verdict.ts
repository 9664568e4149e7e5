// The answer to "why is it slow", in a few sentences of figures.

import { PHASES } from '../../profile/profile.js'
import type { Report } from '../../report/report.js'
import { busyMachineText } from '../../report/views/busy-machine.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { computeBalanceGain } from '../../report/views/machines.js'
import { plain } from './text.js'

/** Phases below this share of the files' time are not worth a word. */
const WORTH_SAYING = 0.15

const WORDS: Readonly<Record<string, string>> = {
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

export function verdict({ run, totals, phases, schedule, findings }: Report): string[] {
  const { fileWallMs, idleMs, blockedMs } = totals
  if (fileWallMs <= 0) return ['No test file was recorded.']
  const large = PHASES.map(phase => ({ phase, ms: phases[phase].wallMs }))
    .filter(({ ms }) => ms >= WORTH_SAYING * fileWallMs)
    .sort((a, b) => b.ms - a.ms)
  const went = large.map(
    ({ phase, ms }) =>
      `${percent(ms, fileWallMs)} ${phase === large[0]?.phase ? 'went to' : 'to'} ${WORDS[phase]}`,
  )
  const whose = run.selection === undefined ? 'the test files’' : 'its'
  const sentences = [
    ...part(run),
    `Of ${whose} ${duration(fileWallMs)}, ${went.length === 0 ? 'no phase took more than the others' : LIST.format(went)}.`,
  ]
  const standing = idleMs + blockedMs
  if (standing >= WORTH_SAYING * fileWallMs)
    sentences.push(`Nothing ran in ${percent(standing, fileWallMs)} of it: tests were waiting.`)
  const busy = busyMachineText(totals)
  if (busy !== '') sentences.push(`${busy.charAt(0).toUpperCase()}${busy.slice(1)}.`)
  const worth = findings.reduce((sum, { costMs }) => sum + costMs, 0)
  const together = findings.length > 1 ? ' in all (estimates overlap)' : ''
  if (findings.length > 0)
    sentences.push(`${count(findings.length, 'suggestion')}, worth up to ${duration(worth)}${together}.`)
  const gain = computeBalanceGain(schedule)
  if (run.selection === undefined && schedule.workers.length > 1 && gain > 0)
    sentences.push(`Better balanced workers would save ${duration(gain)}.`)
  return sentences
}

/** Which part of a run was asked for. */
function part({ selection }: Report['run']): string[] {
  if (selection === undefined) return []
  const asked = Object.entries(selection).map(([kind, typed]) => `${kind} “${plain(typed)}”`)
  return [`Showing only ${asked.join(', ')}.`]
}
