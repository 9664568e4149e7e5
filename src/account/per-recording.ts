// What several views of a recording need is worked out once, and is gone with the recording.

import type { ResolvedRecording } from '../import/resolved-recording.js'

/** The same function, which remembers its results; a recording never changes. */
export function perRecording<T>(
  derive: (recording: ResolvedRecording) => T,
): (recording: ResolvedRecording) => T {
  const known = new WeakMap<ResolvedRecording, { derived: T }>()
  return recording => {
    const found = known.get(recording) ?? { derived: derive(recording) }
    known.set(recording, found)
    return found.derived
  }
}
