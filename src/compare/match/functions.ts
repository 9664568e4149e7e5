// Which functions of base are which of head, though lines above them came or went.

import { group, groups } from 'd3-array'
import { isNameless } from '../entity.js'
import type { Series } from '../sides.js'
import type { MovedPaths } from './moved-paths.js'
import { joined, type Pair, type Pairing } from './pairing.js'

export interface FunctionPairing extends Pairing {
  /** What may be each other's and cannot be told: neither new nor gone, for all that is known. */
  readonly uncertain: { readonly base: readonly Series[]; readonly head: readonly Series[] }
}

export function pairFunctions(
  base: readonly Series[],
  head: readonly Series[],
  moved: Pick<MovedPaths, 'ofCode'>,
): FunctionPairing {
  const ofBase = group(base, ({ entity }) => moved.ofCode(entity.file))
  const ofHead = group(head, ({ entity }) => entity.file)
  const files = [...new Set([...ofBase.keys(), ...ofHead.keys()])]
  const pairings = files.map(file => pairFunctionsOfFile(ofBase.get(file) ?? [], ofHead.get(file) ?? []))
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
  const named = pairUniqueNames(base, head)
  const shifts = new LineShifts(named)
  const paired = new Set<Series>(named.flat())
  const placed = new Map(
    head.filter(series => !paired.has(series)).map(series => [placeOf(series, 0), series]),
  )
  const shifted = base.flatMap((series): Pair[] => {
    const shift = shifts.at(series.entity.line)
    if (paired.has(series) || shift === undefined) return []
    const other = placed.get(placeOf(series, shift))
    return other === undefined ? [] : [[series, other]]
  })
  for (const series of shifted.flat()) paired.add(series)
  const onLine = pairOnLines(base, head, { paired, shifts })
  for (const series of onLine.flat()) paired.add(series)
  const isLeft = (series: Series) => !paired.has(series)
  return withUncertain([...named, ...shifted, ...onLine], base.filter(isLeft), head.filter(isLeft), shifts)
}

/** The only one of a name on its line, on both sides, is the same: something before it in the line became longer. */
function pairOnLines(
  base: readonly Series[],
  head: readonly Series[],
  { paired, shifts }: { paired: ReadonlySet<Series>; shifts: LineShifts },
): Pair[] {
  const isLeft = (series: Series) => !paired.has(series)
  const lineOf = ({ entity: { name, line } }: Series, shift: number) => [line + shift, ...name].join('\0')
  const ofHead = group(head.filter(isLeft), series => lineOf(series, 0))
  const ofBase = group(
    base.filter(series => isLeft(series) && shifts.at(series.entity.line) !== undefined),
    series => lineOf(series, shifts.at(series.entity.line) ?? 0),
  )
  return [...ofBase].flatMap(([line, [series, ...others]]): Pair[] => {
    const [other, ...more] = ofHead.get(line) ?? []
    const isOnly = others.length === 0 && more.length === 0
    return series === undefined || other === undefined || !isOnly ? [] : [[series, other]]
  })
}

function pairUniqueNames(base: readonly Series[], head: readonly Series[]): Pair[] {
  const ofHead = new Map(uniqueNames(head))
  return uniqueNames(base).flatMap(([name, series]): Pair[] => {
    const other = ofHead.get(name)
    return other === undefined ? [] : [[series, other]]
  })
}

function uniqueNames(functions: readonly Series[]): [name: string, series: Series][] {
  return groups(functions, ({ entity }) => entity.name.join(' ')).flatMap(([name, [first, ...more]]) =>
    isNameless(name) || first === undefined || more.length > 0 ? [] : [[name, first]],
  )
}

function placeOf({ entity: { name, line, column } }: Series, shift: number): string {
  return [line + shift, column, ...name].join('\0')
}

/** By how many lines a file's code stands lower in head than in base. */
class LineShifts {
  readonly #known: readonly { line: number; shift: number }[]

  constructor(pairs: readonly Pair[]) {
    this.#known = pairs
      .map(([a, b]) => ({ line: a.entity.line, shift: b.entity.line - a.entity.line }))
      .toSorted((a, b) => a.line - b.line)
  }

  /** Undefined where the matched functions before and behind a line do not agree: something came or went in between. */
  at(line: number): number | undefined {
    const before = this.#known.findLast(entry => entry.line <= line)?.shift
    const after = this.#known.find(entry => entry.line >= line)?.shift
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
  shifts: LineShifts,
): FunctionPairing {
  const linesOfHead = new Set(onlyHead.map(({ entity }) => [entity.line, ...entity.name].join('\0')))
  const lost = onlyBase.filter(({ entity: { line, name } }) => {
    const shift = shifts.at(line)
    return shift === undefined || linesOfHead.has([line + shift, ...name].join('\0'))
  })
  const nameOf = ({ entity }: Series) => entity.name.join(' ')
  const ofHead = new Set(onlyHead.map(nameOf))
  const names = new Set(lost.map(nameOf).filter(name => ofHead.has(name)))
  const uncertain = {
    base: lost.filter(series => names.has(nameOf(series))),
    head: onlyHead.filter(series => names.has(nameOf(series))),
  }
  const leftOut = new Set([...uncertain.base, ...uncertain.head])
  return {
    matched,
    onlyBase: onlyBase.filter(series => !leftOut.has(series)),
    onlyHead: onlyHead.filter(series => !leftOut.has(series)),
    uncertain,
  }
}
