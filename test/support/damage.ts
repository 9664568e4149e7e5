// Damage to written files, accidental or malicious: to bytes, and to the values of JSON.

import fc from 'fast-check'

/** Changes one byte, truncates the file, or repeats a part. */
export type ByteDamage = (bytes: Buffer) => Buffer

export const anyByteDamage: fc.Arbitrary<ByteDamage> = fc
  .tuple(fc.constantFrom('change', 'cut', 'repeat'), fc.nat(), fc.integer({ min: 1, max: 255 }))
  .map(([how, place, by]) => bytes => {
    const at = place % bytes.length
    if (how === 'cut') return bytes.subarray(0, at)
    if (how === 'repeat') return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - by))])
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ by
    return changed
  })

/** Values that replace another one. */
const HOSTILE: readonly unknown[] = [
  ...[null, true, '', '7', [], {}, [[]], -1, 0, 1, 0.5, -0.5, 1e308, 2 ** 31, 2 ** 32 - 1, 2 ** 53],
  ...['__proto__', 'constructor', '</script><script>', '../../elsewhere', '\u001b[2J', { toString: 1 }],
]

type Change = (container: Container, key: string) => void
type Container = Record<string, unknown>

const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom(...HOSTILE).map(
    (value): Change =>
      (container, key) =>
        set(container, key, value),
  ),
  fc.constant<Change>((container, key) => {
    if (Array.isArray(container)) container.splice(Number(key), 1)
    else delete container[key]
  }),
  fc.constant<Change>((container, key) => {
    if (Array.isArray(container)) container.splice(Number(key), 0, container[Number(key)])
    else set(container, '__proto__', container[key])
  }),
  fc.integer({ min: -3, max: 3 }).map(
    (by): Change =>
      (container, key) => {
        const value = container[key]
        if (typeof value === 'number') set(container, key, value + by)
        if (Array.isArray(value)) value.length = Math.max(0, value.length + by)
      },
  ),
)

/** Sets an own property, even one named `__proto__`. */
function set(container: Container, key: string, value: unknown): void {
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true })
}

/** Changes some value within a JSON text. */
export type ValueDamage = (text: string) => string

export const anyValueDamage: fc.Arbitrary<ValueDamage> = fc
  .tuple(fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), anyChange)
  .map(([steps, change]) => text => {
    const value: Container = JSON.parse(text)
    let container = value
    let key = ''
    for (const step of steps) {
      const next = key === '' ? container : container[key]
      if (typeof next !== 'object' || next === null || Object.keys(next).length === 0) break
      container = next as Container
      key = Object.keys(container)[step % Object.keys(container).length] ?? ''
    }
    change(container, key)
    return JSON.stringify(value)
  })
