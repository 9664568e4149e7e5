// Matches functions of base and head, even if lines were added or removed above them.

import type { Series } from '../sides.js'
import type { MovedPaths } from './moved-paths.js'
import { fullName, groupSides, isNameless, joined, type Pair, type Pairing, pairUnique } from './pairing.js'

export interface FunctionPairing extends Pairing {
  /** Functions that may match but are ambiguous: neither added nor removed. */
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
 * Functions whose name is unique on both sides match wherever they are. They show by how many lines the code around them was
 * shifted; all other functions match at their shifted line and the same column. Their old line would be wrong if a line was
 * added above: the second of two callbacks is often where the first was.
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
  // A function that is the only one of its name on the line, on both sides, matches in any column: the code before it changed.
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
 * The number of lines by which code moved down from base to head; undefined if the matched functions before and after a line
 * moved differently, because lines were added or removed in between.
 */
function lineShifts(pairs: readonly Pair[]): LineShifts {
  const known = pairs
    .map(([a, b]) => ({ line: a.entity.line, shift: b.entity.line - a.entity.line }))
    .toSorted((a, b) => a.line - b.line)
  return line => {
    const before = known.findLast(entry => entry.line <= line)?.shift
    const after = known.find(entry => entry.line >= line)?.shift
    if (before !== undefined && after !== undefined && before !== after) return undefined
    // Without matched functions, the file is assumed to be unchanged.
    return before ?? after ?? 0
  }
}

/**
 * A function whose place in head is known and empty was only not sampled there. If its place is unknown, or if unmatched
 * functions of its name are on that line, it may match an unmatched function of head.
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
