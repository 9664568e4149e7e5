// Colours and texts of changed calls. Blue is less, orange is more, grey is noise: colour-blind readers can distinguish them.
// Black text on all colours has a contrast above 6 in both themes.

import type { Drift } from '../../compare/comparison.js'
import type { ValueType } from '../../profile/profile.js'
import { amountText, signedPercent } from '../../report/views/figures.js'
import { type FlameLook, type FlameNode, named } from '../flame/flame-tree.js'
import { type CallChange, changeOf } from './call-change.js'
import type { ComparedCall, ComparedTrees } from './compared-trees.js'
import type { CallsData } from './comparison-data.js'

/** The look of all calls in both graphs, and a description of a call in one line, which is `''` without a call. */
export function callChanges({ calls, callOf, base }: ComparedTrees, data: CallsData, drift: Drift | null) {
  const { unit } = base
  const floor = { unit, intervalMicros: data.page.intervalMicros, allowance: drift?.allowance ?? 0 }
  const changes = calls.map(call => changeOf(call, floor))
  const changeAt = (node: FlameNode) => changes[callOf.get(node)?.id ?? -1]
  const look: FlameLook = {
    colourOf: node => colourOfChange(changeAt(node)),
    labelOf: node => `${node.label}  ${shortChange(changeAt(node))}`.trimEnd(),
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

/** Growth begins at the share `from` of base, a decrease at the same factor: halving and doubling are equally far from base. */
const STEPS = [
  { from: 0, more: '#f8e0bd', less: '#d3e6f7', growth: 'up to +10 %', decrease: 'up to −9.1 %' },
  { from: 0.1, more: '#f5c583', less: '#a8cff0', growth: '+10 % … +50 %', decrease: '−9.1 % … −33 %' },
  { from: 0.5, more: '#f0a63f', less: '#7db8ea', growth: '+50 % … +100 %', decrease: '−33 % … −50 %' },
  {
    from: 1,
    more: '#ec8a4b',
    less: '#5aa6e4',
    growth: '+100 % or more, new',
    decrease: '−50 % or more, gone',
  },
]

export function colourOfChange(change: Pick<CallChange, 'kind' | 'share'> | undefined): string {
  if (change === undefined || change.kind === 'noise' || change.kind === 'unmatched') return NOISE_COLOUR
  const { share } = change
  const ratio = share < 0 ? 1 / Math.max(1 + share, Number.MIN_VALUE) - 1 : share
  const step = STEPS.findLast(({ from }) => ratio >= from) ?? STEPS[0]
  return (share < 0 ? step?.less : step?.more) ?? NOISE_COLOUR
}

/** From the largest decrease to the largest growth. */
export function colourLegend(): { colour: string; text: string }[] {
  const less = STEPS.map(step => ({ colour: step.less, text: step.decrease }))
  const more = STEPS.map(step => ({ colour: step.more, text: step.growth }))
  return [...less.toReversed(), { colour: NOISE_COLOUR, text: 'within noise or not matched' }, ...more]
}

/** The change in the label of a call; `''` within noise. */
export function shortChange(change: CallChange | undefined): string {
  if (change === undefined || change.kind === 'noise' || change.kind === 'unmatched') return ''
  return change.kind === 'new' || change.kind === 'gone' ? change.kind : signedPercent(100 * change.share)
}

function changeSentence({ kind, by, share }: CallChange, unit: ValueType['unit']): string {
  const change = `${signedAmount(by, unit)}${Number.isFinite(share) ? ` (${signedPercent(100 * share)})` : ''}`
  if (kind === 'unmatched') return 'not matched between base and head'
  if (kind === 'noise') return `~ within noise, ${change}`
  if (kind === 'new') return `new in head: ${change}`
  return kind === 'gone' ? `not in head: ${change}` : change
}

function signedAmount(amount: number, unit: ValueType['unit']): string {
  const sign = amount === 0 ? '' : amount < 0 ? '−' : '+'
  return `${sign}${amountText(Math.abs(amount), unit)}`
}
