// Interleaved pairs: what slows the machine down for a while slows both sides down.

import { progress } from './print.mjs'

/**
 * Measures both sides `pairs` times, every other pair the other way round. Returns a list of results for each side;
 * those of one pair have one position.
 */
export function interleavedPairs(pairs, { without, profiled }) {
  const results = { without: [], profiled: [] }
  const sides = Object.entries({ without, profiled })
  for (let pair = 0; pair < pairs; pair++) {
    progress(`pair ${pair + 1} of ${pairs}`)
    const order = pair % 2 === 0 ? sides : sides.toReversed()
    for (const [name, measure] of order) results[name].push(measure())
  }
  return results
}

/**
 * Both sides of each pair at the same time, a core each, which they change every time: what else the machine does slows both
 * down alike, so that small differences show that would be lost in pairs one after the other.
 */
export async function simultaneousPairs(pairs, { without, profiled }) {
  const results = { without: [], profiled: [] }
  for (let pair = 0; pair < pairs; pair++) {
    progress(`pair ${pair + 1} of ${pairs}`)
    const core = pair % 2
    const [plain, ours] = await Promise.all([without(core), profiled(1 - core)])
    results.without.push(plain)
    results.profiled.push(ours)
  }
  return results
}

/** Profiled by unprofiled, less one, of each pair: 0.05 is 5 % more. */
export function increases({ without, profiled }, read) {
  return profiled.map((result, index) => read(result) / read(without[index]) - 1)
}
