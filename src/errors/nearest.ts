// Finds known names that are similar to a misspelt one.

import leven from 'leven'

/** Returns at most three similar names, the nearest first. */
export function findNearest(
  given: string,
  known: readonly string[],
  mostWrong = Math.max(2, given.length / 3),
): string[] {
  return [...new Set(known)]
    .map(name => ({ name, distance: leven(name.toLowerCase(), given.toLowerCase()) }))
    .filter(({ distance }) => distance <= mostWrong)
    .toSorted((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}
