// Names that were probably meant.

import leven from 'leven'

/** Of the `known` names the nearest first, at most three; none that is another word altogether. */
export function nearest(
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
