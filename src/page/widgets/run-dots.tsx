// The values of all runs on one scale, base above head. A change smaller than the spread of a side is noise.

import { duration } from '../../report/views/figures.js'
import type { RunValues } from '../../tables/cell.js'
import { Legend } from './figures.js'

const WIDTH = 150
const HEIGHT = 22
const RADIUS = 3
const EDGE = RADIUS + 1

export function RunDots({ runs }: { runs: { base: RunValues | null; head: RunValues | null } }) {
  const sides = { base: valuesOf(runs.base), head: valuesOf(runs.head) }
  const all = [...sides.base, ...sides.head]
  // One run per side shows no scatter.
  if (all.length <= 2) return null
  const [least, most] = [Math.min(...all), Math.max(...all)]
  const span = most - least
  const toX = (ms: number) => (span === 0 ? WIDTH / 2 : EDGE + ((ms - least) / span) * (WIDTH - 2 * EDGE))
  const label = Object.entries(sides)
    .filter(([, values]) => values.length > 0)
    .map(([side, values]) => `${side} ${rangeText(values)}`)
    .join(', ')
  return (
    <svg class="dots" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img">
      <title>{label}</title>
      {Object.entries(sides).map(([side, values]) =>
        values.map((ms, run) => (
          <circle key={run} class={`of-${side}`} cx={toX(ms)} cy={side === 'base' ? 6 : 16} r={RADIUS} />
        )),
      )}
    </svg>
  )
}

function valuesOf(side: RunValues | null): number[] {
  return (side?.values ?? []).filter(value => value !== null)
}

function rangeText(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return least === most ? duration(least) : `${duration(least)} … ${duration(most)}`
}

const LEGEND = [
  { style: 'dot of-base', text: 'a run of base' },
  {
    style: 'dot of-head',
    text: 'a run of head; each row has its own scale, from its minimum to its maximum',
  },
]

export function DotsLegend() {
  return <Legend entries={LEGEND} />
}
