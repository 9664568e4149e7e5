// Judges four or more runs per side: changes beyond noise, beyond the change of the machine, and large enough to matter.

import { roundMs } from '../../report/rounding.js'
import type { Measure, SideFigures, Verdict } from '../comparison.js'
import type { MachineDrift } from '../drift.js'
import { ALPHA, type Hypotheses, known, LEAST_RUNS } from '../hypotheses.js'
import type { Measured } from '../rows.js'
import { type Shift, Shifts } from '../statistics/hodges-lehmann.js'
import { holm } from '../statistics/holm.js'
import { MannWhitney } from '../statistics/mann-whitney.js'
import { type Judgement, LEAST_CHANGE_PERCENT, oneSided, unjudged } from './judgement.js'

export interface Judges {
  readonly tested: Hypotheses['tested']
  readonly machine: MachineDrift | null
  /** The coarsest sampling interval of both sides: a smaller change cannot be resolved. */
  readonly intervalMs: number
}

export function judgeByStatistics(rows: readonly Measured[], judges: Judges): Map<Measured, Judgement> {
  const shifts = new Shifts()
  const p = pValues(judges)
  return new Map(
    rows.map(row => {
      const alone = oneSided(row)
      if (alone !== undefined) return [row, alone]
      const isWork = SHARES[row.measure][0] > 0
      const values = valuesOf(row, isWork ? judges.machine : null, 1)
      const isEnough = values.every(({ length }) => length >= LEAST_RUNS)
      const shift = isEnough ? shifts.of(...values) : null
      // The framework phase is the reference for the machine, so its interval would mean nothing.
      const isReference = row.table === 'phases' && row.entity.name[0] === 'framework' && isWork
      const [low = 0, high = 0] = shift?.interval ?? []
      const interval95Ms: Judgement['interval95Ms'] =
        shift === null || isReference ? null : [roundMs(low), roundMs(high)]
      const tested = p.get(row)
      if (tested === undefined)
        return [row, { ...unjudged(shift === null ? 'too few runs' : 'not tested'), interval95Ms }]
      const { pAdjusted } = tested
      return [row, { interval95Ms, ...tested, verdict: verdictOf(row, { ...judges, pAdjusted, shift }) }]
    }),
  )
}

/** The least and the most effect of a machine's factor on a measure, as shares of its logarithm. */
const SHARES: Readonly<Record<Measure, readonly [number, number]>> = {
  cpu: [0.5, 1],
  self: [0.5, 1],
  gc: [0.5, 1],
  ready: [0, 1],
  blocked: [0, 1],
  wall: [0, 1],
  idle: [0, 1],
}

/** The larger p of both shares of the machine; 1 if they differ in direction. */
function pValues({ tested, machine }: Judges): Map<Measured, { p: number; pAdjusted: number }> {
  const ranks = new MannWhitney()
  const tests = [...tested].map(([row, weight]) => {
    const [least, most] = SHARES[row.measure].map(share => ranks.test(...valuesOf(row, machine, share)))
    const isOneWay = least?.direction === most?.direction
    return { row, weight, p: isOneWay ? Math.max(least?.p ?? 1, most?.p ?? 1) : 1 }
  })
  const adjusted = holm(tests)
  return new Map(tests.map(({ row, p }, index) => [row, { p, pAdjusted: adjusted[index] ?? 1 }]))
}

/** The values without that share of each run's machine factor; as measured if the factors are unknown. */
function valuesOf(
  { base, head }: Measured,
  machine: MachineDrift | null,
  share: number,
): [base: number[], head: number[]] {
  const without = (values: SideFigures['values'] = [], factors: readonly number[] = []) =>
    known(values.map((value, run) => (value === null ? null : value / (factors[run] ?? 1) ** share)))
  return [without(base?.values, machine?.factors.base), without(head?.values, machine?.factors.head)]
}

function verdictOf(
  { changeMs, changePercent }: Measured,
  { pAdjusted, shift, machine, intervalMs }: Judges & { pAdjusted: number; shift: Shift | null },
): Verdict {
  const change = changeMs ?? 0
  // A change from 0 is larger than any percentage.
  const percent = Math.abs(changePercent ?? Number.POSITIVE_INFINITY)
  const isOneWay = shift !== null && shift.estimate * change > 0
  const isEnough = percent >= LEAST_CHANGE_PERCENT && Math.abs(change) >= intervalMs
  if (pAdjusted > ALPHA || !isOneWay || !isEnough) return 'no change shown'
  // The machine changes times by a factor, up or down.
  const factor = 1 + (machine?.drift.allowance ?? 0)
  const ratio = 1 + (changePercent ?? Number.POSITIVE_INFINITY) / 100
  if (ratio <= factor && ratio >= 1 / factor) return 'within drift'
  return change > 0 ? 'slower' : 'faster'
}
