// Colours of change: blue for less, orange for more, which colour-blind readers can tell apart, between them the grey of
// noise. All bear black text with a contrast of more than 6, in both themes.

import type { CallChange } from './call-change.js'
import { percentChange } from './change-text.js'

export const NOISE_COLOUR = '#dcd8d1'

interface Step {
  /** Changes from that share of base on. */
  readonly from: number
  readonly more: string
  readonly less: string
}

/** Half as much is as far from base as twice as much. */
const STEPS: readonly Step[] = [
  { from: 0, more: '#f8e0bd', less: '#d3e6f7' },
  { from: 0.1, more: '#f5c583', less: '#a8cff0' },
  { from: 0.5, more: '#f0a63f', less: '#7db8ea' },
  { from: 1, more: '#ec8a4b', less: '#5aa6e4' },
]

export function colourOfChange({ kind, share }: Pick<CallChange, 'kind' | 'share'>): string {
  if (kind === 'noise' || kind === 'unmatched') return NOISE_COLOUR
  const ratio = share < 0 ? 1 / Math.max(1 + share, Number.MIN_VALUE) - 1 : share
  const step = STEPS.findLast(({ from }) => ratio >= from) ?? STEPS[0]
  return (share < 0 ? step?.less : step?.more) ?? NOISE_COLOUR
}

/** From the most that was gained to the most that was lost. */
export function colourLegend(): { colour: string; text: string }[] {
  const upTo = (index: number, toShare: (from: number) => number) => {
    const [step, next] = [STEPS[index], STEPS[index + 1]]
    const [low, high] = [step?.from ?? 0, next?.from]
    if (high === undefined) return `${percentChange(toShare(low))} and more`
    if (low === 0) return `up to ${percentChange(toShare(high))}`
    return `${percentChange(toShare(low))} … ${percentChange(toShare(high))}`
  }
  const less = STEPS.map(({ less: colour }, index) => ({
    colour,
    text: index === STEPS.length - 1 ? `${upTo(index, asLess)}, gone` : upTo(index, asLess),
  }))
  const more = STEPS.map(({ more: colour }, index) => ({
    colour,
    text: index === STEPS.length - 1 ? `${upTo(index, from => from)}, new` : upTo(index, from => from),
  }))
  return [...less.toReversed(), { colour: NOISE_COLOUR, text: 'within noise, or cannot be matched' }, ...more]
}

function asLess(from: number): number {
  return 1 / (1 + from) - 1
}
