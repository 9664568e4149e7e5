// A run may have more samples than are kept in the order of time: see `Sequences`.

import { fileKey } from './paths.js'
import type { Profile } from './profile.js'

/** Test files that have samples and none of these sequences. */
export function filesWithoutOrder(
  scopes: Profile['scopes'],
  sequences: readonly Pick<Profile['sequences'][number], 'project' | 'file'>[],
): number {
  const inOrder = new Set(sequences.map(fileKey))
  const others = new Set<string>()
  for (const scope of scopes) {
    const key = fileKey(scope)
    if (!inOrder.has(key)) others.add(key)
  }
  return others.size
}
