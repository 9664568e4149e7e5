export type Zone = 'local' | 'regional' | 'national'

/** The shop's country is a square of districts. Postcodes count them, row by row, from 0. */
const SIDE = 17
const DISTRICTS = SIDE ** 2
const DEPOT = 0
const UNREACHABLE = 1e9

// Computed as soon as anything imports this module, and for all districts, though only the depot's row is ever read.
const kilometres = shortestDistances(roadsBetweenNeighbours())

export function zoneOf(postcode: string): Zone {
  const distance = kilometres[DEPOT].at(Number(postcode))
  if (!/^\d+$/.test(postcode) || distance === undefined) throw new Error(`no such postcode: ${postcode}`)
  if (distance < 25) return 'local'
  return distance < 100 ? 'regional' : 'national'
}

function roadsBetweenNeighbours(): number[][] {
  const roads = Array.from({ length: DISTRICTS }, () => Array<number>(DISTRICTS).fill(UNREACHABLE))
  for (let district = 0; district < DISTRICTS; district++) {
    roads[district][district] = 0
    const north = district + SIDE
    const east = district + 1
    if (north < DISTRICTS) roads[district][north] = roads[north][district] = 4 + (district % 9)
    if (east % SIDE !== 0) roads[district][east] = roads[east][district] = 3 + (district % 11)
  }
  return roads
}

// https://en.wikipedia.org/wiki/Floyd–Warshall_algorithm
function shortestDistances(roads: readonly number[][]): number[][] {
  const distances = roads.map(row => [...row])
  for (let via = 0; via < DISTRICTS; via++) {
    for (let from = 0; from < DISTRICTS; from++) {
      for (let to = 0; to < DISTRICTS; to++) {
        const detour = distances[from][via] + distances[via][to]
        if (detour < distances[from][to]) distances[from][to] = detour
      }
    }
  }
  return distances
}
