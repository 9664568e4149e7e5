// The doctor's answer in sentences.

import type { DoctorAnswer } from '../../doctor/answer.js'
import { count, duration, percent } from '../../report/views/figures.js'

/** `plain suite 12.3 s · 24 test files …`. */
export function suiteSentence({ suite, base, workers, command }: DoctorAnswer): string {
  const cpu = base.cpuMs === null ? '' : ` · CPU ${duration(base.cpuMs)}`
  return `${suite} · ${command} · ${count(workers, 'worker')} · plain suite ${duration(base.wallMs)}${cpu}`
}

/** What all that pays saves together. */
export function verdictSentence({ candidates, together, isInterrupted }: DoctorAnswer): string {
  const gained = candidates.filter(({ verdict }) => verdict === 'pays' || verdict === 'gain').length
  const tried = candidates.filter(({ verdict }) => verdict !== 'not tried').length
  const stopped = isInterrupted ? ' Interrupted: what follows is what was known then.' : ''
  if (gained === 0)
    return tried === 0
      ? `No change was tried.${stopped}`
      : `None of ${count(tried, 'change')} that were tried saves time.${stopped}`
  if (together === null)
    return `${count(gained, 'change')} ${gained === 1 ? 'gains' : 'gain'} alone; together they were not confirmed.${stopped}`
  const [low, high] = together.interval95Ms
  const figures = `${duration(Math.abs(together.wallMs))} of ${duration(together.baseMs)} (${percent(together.wallMs, together.baseMs)}; 95 %: ${duration(Math.max(0, low))} to ${duration(Math.max(0, high))}; ${count(together.rounds, 'round')} of the whole suite)`
  return together.isConfirmed
    ? `${count(gained, 'change')} ${gained === 1 ? 'pays' : 'pay together'}: ${figures}.${stopped}`
    : `${count(gained, 'change')} gained alone, but the whole suite did not confirm it: ${figures}.${stopped}`
}

export function costSentence({ tookMs, budgetMs }: DoctorAnswer): string {
  return `Took ${duration(tookMs)}, of a budget of ${duration(budgetMs)} for trials.`
}
