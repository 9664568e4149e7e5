// The phases of a run or of a test file, and what each was made of.

import { PHASES, type Phase } from '../../profile/profile.js'
import type { PhaseTimes } from '../../report/file-report.js'
import { duration, percent } from '../../report/views/figures.js'
import { TimeBar, TimeLegend } from './figures.js'

interface PhaseBarsProps {
  readonly phases: Readonly<Record<Phase, PhaseTimes>>
  /** Milliseconds that the phases add up to. */
  readonly wallMs: number
  readonly caption: string
  /** Where a phase leads. */
  readonly link: (phase: Phase) => string
}

export function PhaseBars({ phases, wallMs, caption, link }: PhaseBarsProps) {
  const rows = PHASES.map(phase => ({ phase, times: phases[phase] })).filter(({ times }) => times.wallMs > 0)
  const most = Math.max(...rows.map(({ times }) => times.wallMs), 1)
  return (
    <>
      <table class="bars">
        <caption class="hidden">{caption}</caption>
        <tbody>
          {rows.map(({ phase, times }) => (
            <tr key={phase}>
              <th scope="row">
                <a href={link(phase)}>{phase}</a>
              </th>
              <td class="number">{duration(times.wallMs)}</td>
              <td class="number sub">{percent(times.wallMs, wallMs)}</td>
              <td class="wide">
                <TimeBar times={times} of={most} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <TimeLegend />
    </>
  )
}
