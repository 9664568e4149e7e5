// Which functions of base are which of head, though lines above them came or went.

import { isNameless } from '../entity.js'
import type { Series } from '../sides.js'
import type { MovedPaths } from './moved-paths.js'
import { fullName, groupSides, joined, type Pair, type Pairing, pairUnique } from './pairing.js'

export interface FunctionPairing extends Pairing {
  /** What may be each other's and cannot be told: neither new nor gone, for all that is known. */
  readonly uncertain: { readonly base: readonly Series[]; readonly head: readonly Series[] }
}

export function pairFunctions(
  base: readonly Series[],
  head: readonly Series[],
  moved: Pick<MovedPaths, 'ofCode'>,
): FunctionPairing {
  const files = groupSides(base, head, {
    base: ({ entity }) => moved.ofCode(entity.file),
    head: ({ entity }) => entity.file,
  })
  const pairings = files.map(file => pairFunctionsOfFile(file.base, file.head))
  return {
    ...joined(pairings),
    uncertain: {
      base: pairings.flatMap(({ uncertain }) => uncertain.base),
      head: pairings.flatMap(({ uncertain }) => uncertain.head),
    },
  }
}

/**
 * A name that one function has on both sides is that function's, wherever it stands. These tell by how many lines their
 * surroundings were shifted; all other functions, which have no name or share it, are matched there, and in the same
 * column. To match them where they stood would be wrong where a line came in above: the second of two callbacks often
 * stood where the first stands now.
 */
function pairFunctionsOfFile(base: readonly Series[], head: readonly Series[]): FunctionPairing {
  const hasName = (series: Series) => !isNameless(fullName(series))
  const named = pairUnique(base.filter(hasName), head.filter(hasName), { base: fullName, head: fullName })
  const shiftAt = lineShifts(named)
  const paired = new Set<Series>(named.flat())
  const isLeft = (series: Series) => !paired.has(series)
  const placed = new Map(head.filter(isLeft).map(series => [placeOf(series), series]))
  const shifted = base.filter(isLeft).flatMap((series): Pair[] => {
    const shift = shiftAt(series.entity.line)
    const other = shift === undefined ? undefined : placed.get(placeOf(series, shift))
    return other === undefined ? [] : [[series, other]]
  })
  for (const series of shifted.flat()) paired.add(series)
  const isShiftKnown = ({ entity }: Series) => shiftAt(entity.line) !== undefined
  // The only one of a name on its line, on both sides, is the same: something before it in the line became longer.
  const onLine = pairUnique(base.filter(isLeft).filter(isShiftKnown), head.filter(isLeft), {
    base: series => lineOf(series, shiftAt(series.entity.line)),
    head: series => lineOf(series),
  })
  for (const series of onLine.flat()) paired.add(series)
  return withUncertain([...named, ...shifted, ...onLine], base.filter(isLeft), head.filter(isLeft), shiftAt)
}

function placeOf({ entity: { name, line, column } }: Series, shift = 0): string {
  return [line + shift, column, ...name].join('\0')
}

function lineOf({ entity: { name, line } }: Series, shift = 0): string {
  return [line + shift, ...name].join('\0')
}

type LineShifts = (line: number) => number | undefined

/**
 * By how many lines a file's code stands lower in head than in base; undefined where the matched functions before and behind
 * a line do not agree: something came or went in between.
 */
function lineShifts(pairs: readonly Pair[]): LineShifts {
  const known = pairs
    .map(([a, b]) => ({ line: a.entity.line, shift: b.entity.line - a.entity.line }))
    .toSorted((a, b) => a.line - b.line)
  return line => {
    const before = known.findLast(entry => entry.line <= line)?.shift
    const after = known.find(entry => entry.line >= line)?.shift
    if (before !== undefined && after !== undefined && before !== after) return undefined
    // Where nothing shows a shift, the best guess is that the file was not changed.
    return before ?? after ?? 0
  }
}

/**
 * One whose place in head is known and empty was not seen there: a sampler misses what hardly runs. Where the place is
 * not known, or others of its name are left in its line, it may be one that is left on the other side.
 */
function withUncertain(
  matched: readonly Pair[],
  onlyBase: readonly Series[],
  onlyHead: readonly Series[],
  shiftAt: LineShifts,
): FunctionPairing {
  const linesOfHead = new Set(onlyHead.map(series => lineOf(series)))
  const lost = onlyBase.filter(series => {
    const shift = shiftAt(series.entity.line)
    return shift === undefined || linesOfHead.has(lineOf(series, shift))
  })
  const ofHead = new Set(onlyHead.map(fullName))
  const names = new Set(lost.map(fullName).filter(name => ofHead.has(name)))
  const uncertain = {
    base: lost.filter(series => names.has(fullName(series))),
    head: onlyHead.filter(series => names.has(fullName(series))),
  }
  const leftOut = new Set([...uncertain.base, ...uncertain.head])
  return {
    matched,
    onlyBase: onlyBase.filter(series => !leftOut.has(series)),
    onlyHead: onlyHead.filter(series => !leftOut.has(series)),
    uncertain,
  }
}
