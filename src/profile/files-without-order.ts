// A run may have more samples than are kept in the order of time: see `Sequences`.

import type { Profile } from './profile.js'

/** Test files that have samples and none of these sequences. */
export function filesWithoutOrder(
  scopes: Profile['scopes'],
  sequences: readonly Pick<Profile['sequences'][number], 'project' | 'file'>[],
): number {
  const keyOf = ({ project, file }: { project: string; file: string }) => `${project}\0${file}`
  const inOrder = new Set(sequences.map(keyOf))
  const others = new Set<string>()
  for (const scope of scopes) {
    const key = keyOf(scope)
    if (!inOrder.has(key)) others.add(key)
  }
  return others.size
}
