// Figures as text.

import type { ValueType } from '../../profile/profile.js'

/** `12,345`. Not by toLocaleString, which loads its languages for 25 ms in each process. */
export function grouped(amount: number): string {
  return String(Math.round(amount * 1000) / 1000).replace(/(?<!\.\d*)\B(?=(\d{3})+(?!\d))/g, ',')
}

/** In seconds from one second up, otherwise in milliseconds, with about three significant digits. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 99_950) return `${grouped(Math.round(milliseconds / 1000))} s`
  if (milliseconds >= 9995) return `${(milliseconds / 1000).toFixed(1)} s`
  if (milliseconds >= 999.5) return `${(milliseconds / 1000).toFixed(2)} s`
  if (milliseconds >= 9.95 || milliseconds === 0) return `${Math.round(milliseconds)} ms`
  return `${milliseconds.toFixed(1)} ms`
}

/** A negative amount begins with `−`. */
export function signed(amount: number, textOf: (amount: number) => string): string {
  return amount < 0 ? `−${textOf(-amount)}` : textOf(amount)
}

/** In megabytes from one up, otherwise in kilobytes (1,000 bytes) or bytes. */
export function bytes(amount: number): string {
  if (amount >= 99.95e6) return `${grouped(Math.round(amount / 1e6))} MB`
  if (amount >= 0.9995e6) return `${(amount / 1e6).toFixed(1)} MB`
  return amount < 1000 ? `${Math.round(amount)} B` : `${Math.round(amount / 1000)} kB`
}

/** An amount in the unit of its value type. */
export function amountText(amount: number, unit: ValueType['unit']): string {
  return unit === 'bytes' ? bytes(amount) : duration(amount / 1000)
}

export function percent(part: number, whole: number): string {
  if (whole <= 0) return '–'
  const share = (100 * part) / whole
  if (share > 0 && share < 0.05) return '<0.1 %'
  return `${share > 0 && share < 0.95 ? share.toFixed(1) : Math.round(share)} %`
}

/** A change in percent, with its sign. */
export function signedPercent(change: number): string {
  if (change === 0) return '0 %'
  const size = Math.abs(change)
  return `${change < 0 ? '−' : '+'}${size.toFixed(size < 9.95 ? 1 : 0)} %`
}

export function count(amount: number, noun: string): string {
  return `${grouped(amount)} ${noun}${amount === 1 ? '' : 's'}`
}
