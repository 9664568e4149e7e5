// How changes of calls look and read. Blue is less, orange is more, which colour-blind readers can tell apart, between them
// is the grey of noise. All bear black text with a contrast of more than 6, in both themes.

import type { Drift } from '../../compare/comparison.js'
import type { ValueType } from '../../profile/profile.js'
import { amountText } from '../../report/views/figures.js'
import { type FlameLook, type FlameNode, named } from '../flame/flame-tree.js'
import { type CallChange, changeOf } from './call-change.js'
import type { ComparedCall, ComparedTrees } from './compared-trees.js'
import type { CallsData } from './comparison-data.js'

/** How every call of both drawings changed: how that is drawn, and how it reads in one line, `''` of no call. */
export function callChanges({ calls, callOf, base }: ComparedTrees, data: CallsData, drift: Drift | null) {
  const { unit } = base
  const floor = { unit, intervalMicros: data.page.intervalMicros, allowance: drift?.allowance ?? 0 }
  const changes = calls.map(call => changeOf(call, floor))
  const changeAt = (node: FlameNode) => changes[callOf.get(node)?.id ?? -1]
  const look: FlameLook = {
    colourOf: node => {
      const change = changeAt(node)
      return change === undefined ? NOISE_COLOUR : colourOfChange(change)
    },
    labelOf: node => {
      const change = changeAt(node)
      return `${node.label}  ${change === undefined ? '' : shortChange(change)}`.trimEnd()
    },
  }
  const describe = (call: ComparedCall | undefined): string => {
    const change = changes[call?.id ?? -1]
    if (call === undefined || change === undefined) return ''
    const [before, after] = [amountText(change.base, unit), amountText(change.head, unit)]
    const name = named(call.label, data.frames[call.frame])
    return `${name}: base ${before} → head ${after}, ${changeSentence(change, unit)}`
  }
  return { look, describe }
}

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
  const less = STEPS.map(({ less: colour }, index) => ({
    colour,
    text: rangeText(index, { toShare: from => 1 / (1 + from) - 1, most: 'gone' }),
  }))
  const more = STEPS.map(({ more: colour }, index) => ({
    colour,
    text: rangeText(index, { toShare: from => from, most: 'new' }),
  }))
  return [...less.toReversed(), { colour: NOISE_COLOUR, text: 'within noise or not matched' }, ...more]
}

function rangeText(
  step: number,
  { toShare, most }: { toShare: (from: number) => number; most: string },
): string {
  const [low, high] = [STEPS[step]?.from ?? 0, STEPS[step + 1]?.from]
  if (high === undefined) return `${percentChange(toShare(low))} or more, ${most}`
  const upTo = percentChange(toShare(high))
  return low === 0 ? `up to ${upTo}` : `${percentChange(toShare(low))} … ${upTo}`
}

/** With its sign; `share` of 1 is twice as much. */
function percentChange(share: number): string {
  if (share === 0) return '0 %'
  const percent = Math.abs(share) * 100
  return `${share < 0 ? '−' : '+'}${percent.toFixed(percent < 9.95 && percent % 1 !== 0 ? 1 : 0)} %`
}

/** On the call itself, behind its name; `''` within noise. */
export function shortChange({ kind, share }: CallChange): string {
  if (kind === 'new' || kind === 'gone') return kind
  return kind === 'noise' || kind === 'unmatched' ? '' : percentChange(share)
}

function changeSentence({ kind, by, share }: CallChange, unit: ValueType['unit']): string {
  const change = `${signedAmount(by, unit)}${Number.isFinite(share) ? ` (${percentChange(share)})` : ''}`
  if (kind === 'unmatched') return 'not matched between base and head'
  if (kind === 'noise') return `~ within noise, ${change}`
  if (kind === 'new') return `new in head: ${change}`
  return kind === 'gone' ? `not in head: ${change}` : change
}

function signedAmount(amount: number, unit: ValueType['unit']): string {
  const sign = amount === 0 ? '' : amount < 0 ? '−' : '+'
  return `${sign}${amountText(Math.abs(amount), unit)}`
}
