// The doctor's answer in sentences.

import type { Confirmation, DoctorAnswer } from '../../doctor/answer.js'
import { count, duration, percent, signed } from '../../report/views/figures.js'

/** `shop · jest test/unit · 2 workers · plain suite 12.3 s · CPU 20.1 s`. */
export function suiteSentence({ suite, base, workers, command }: DoctorAnswer): string {
  const cpu = base.cpuMs === null ? '' : ` · CPU ${duration(base.cpuMs)}`
  return `${suite} · ${command} · ${count(workers, 'worker')} · plain suite ${duration(base.wallMs)}${cpu}`
}

/** What all that pays saves together. */
export function verdictSentence({ candidates, together, isInterrupted }: DoctorAnswer): string {
  const gained = candidates.filter(({ verdict }) => verdict === 'pays' || verdict === 'gain').length
  const tried = candidates.filter(({ verdict }) => verdict !== 'not tried').length
  const stopped = isInterrupted ? ' Interrupted: what follows is what was known then.' : ''
  if (gained === 0) return `${gainless(tried)}${stopped}`
  if (together === null)
    return `${count(gained, 'change')} ${gained === 1 ? 'gains' : 'gain'} alone; together they were not confirmed.${stopped}`
  const figures = togetherText(together)
  return together.isConfirmed
    ? `${count(gained, 'change')} ${gained === 1 ? 'pays' : 'pay together'}: ${figures}.${stopped}`
    : `${count(gained, 'change')} gained alone, but the whole suite did not confirm it: ${figures}.${stopped}`
}

/** `1.00 s of 4.00 s (25 %; 95 %: 500 ms to 1.50 s; 3 rounds of the whole suite)`; what costs more is negative. */
function togetherText({ wallMs, baseMs, interval95Ms, rounds }: Confirmation): string {
  const [low, high] = interval95Ms.map(ms => signed(ms, duration))
  const share = signed(wallMs, ms => percent(ms, baseMs))
  return `${signed(wallMs, duration)} of ${duration(baseMs)} (${share}; 95 %: ${low} to ${high}; ${count(rounds, 'round')} of the whole suite)`
}

function gainless(tried: number): string {
  if (tried === 0) return 'No change was tried.'
  return tried === 1
    ? 'The one change that was tried saves no time.'
    : `None of the ${tried} changes that were tried saves time.`
}

/** What was left out, what to know, and what it took. */
export function endSentences({ flaky, notes, tookMs, budgetMs }: DoctorAnswer): string[] {
  return [
    ...flaky.map(
      ({ file, reason }) => `Left out, because its results change from run to run: ${file} (${reason}).`,
    ),
    ...notes,
    `Took ${duration(tookMs)}, with a budget of ${duration(budgetMs)}.`,
  ]
}

/** Those that are shortest to make come first. */
export function patchesOf({
  candidates,
}: Pick<DoctorAnswer, 'candidates'>): { title: string; patch: string }[] {
  return candidates
    .flatMap(({ title, patch }) => (patch === null ? [] : { title, patch }))
    .toSorted((a, b) => a.patch.length - b.patch.length)
}
