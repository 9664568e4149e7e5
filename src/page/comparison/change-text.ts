// How the change of a call reads.

import type { ValueType } from '../../profile/profile.js'
import { amountText } from '../../report/views/figures.js'
import { plain } from '../data/text.js'
import type { CallChange } from './call-change.js'
import type { ComparedCall } from './compared-trees.js'

/** With its sign; `share` of 1 is twice as much. */
export function percentChange(share: number): string {
  if (share === 0) return '0 %'
  const percent = Math.abs(share) * 100
  return `${share < 0 ? '−' : '+'}${percent.toFixed(percent < 9.95 && percent % 1 !== 0 ? 1 : 0)} %`
}

/** On the call itself, behind its name; `''` within noise. */
export function shortChange({ kind, share }: CallChange): string {
  if (kind === 'new' || kind === 'gone') return kind
  return kind === 'noise' || kind === 'unmatched' ? '' : percentChange(share)
}

/** In one line, for whoever points at it. */
export function describeCall(
  call: ComparedCall,
  change: CallChange,
  { place, unit }: { place: string; unit: ValueType['unit'] },
): string {
  const name = `${plain(call.label)}${place === '' ? '' : ` (${place})`}`
  const [base, head] = [amountText(change.base, unit), amountText(change.head, unit)]
  return `${name}: base ${base} → head ${head}, ${changeSentence(change, unit)}`
}

function changeSentence({ kind, by, share }: CallChange, unit: ValueType['unit']): string {
  const change = `${signedAmount(by, unit)}${Number.isFinite(share) ? ` (${percentChange(share)})` : ''}`
  if (kind === 'unmatched') return 'cannot be matched: no change can be told'
  if (kind === 'noise') return `~ within noise, ${change}`
  if (kind === 'new') return `new in head: ${change}`
  return kind === 'gone' ? `gone in head: ${change}` : change
}

function signedAmount(amount: number, unit: ValueType['unit']): string {
  const sign = amount === 0 ? '' : amount < 0 ? '−' : '+'
  return `${sign}${amountText(Math.abs(amount), unit)}`
}
