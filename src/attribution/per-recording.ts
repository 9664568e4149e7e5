// What several views of a recording need is computed once, and is gone with the recording.

import type { ResolvedRecording } from '../recording/resolved-recording.js'

const DERIVED = Symbol('derived')

type Derived = Map<unknown, unknown>

/**
 * The same function, which remembers its results; a recording never changes. They hang on the recording, unseen by
 * whoever copies or writes it. A WeakMap would do, but V8 clears one in full collections only: until then a merge held
 * what was derived of hundreds of recordings: 140 MB of 900 when it read 10,000.
 */
export function perRecording<T>(
  derive: (recording: ResolvedRecording) => T,
): (recording: ResolvedRecording) => T {
  return recording => {
    const known = derivedOf(recording)
    if (known.has(derive)) return known.get(derive) as T
    const derived = derive(recording)
    known.set(derive, derived)
    return derived
  }
}

function derivedOf(recording: ResolvedRecording & { readonly [DERIVED]?: Derived }): Derived {
  const known = recording[DERIVED]
  if (known !== undefined) return known
  const none: Derived = new Map()
  Object.defineProperty(recording, DERIVED, { value: none, enumerable: false })
  return none
}
