// Matches tests of base and head, also in moved files.

import { fileKey } from '../../profile/paths.js'
import type { Series } from '../sides.js'
import type { MovedPaths } from './moved-paths.js'
import { fullName, groupSides, joined, type Pair, type Pairing, pairByKey, pairUnique } from './pairing.js'

/** Both sides in the order of definition, by file. */
export function pairTests(
  base: readonly Series[],
  head: readonly Series[],
  moved: Pick<MovedPaths, 'ofTestFile'>,
): Pairing {
  const files = groupSides(base, head, {
    base: ({ entity }) => fileKey({ project: entity.project, file: moved.ofTestFile(entity) }),
    head: ({ entity }) => fileKey(entity),
  })
  return joined(files.map(file => pairTestsOfFile(file.base, file.head)))
}

function pairTestsOfFile(base: readonly Series[], head: readonly Series[]): Pairing {
  const { matched } = pairByKey(base, head, { base: fullName, head: fullName })
  const pairs = [...matched, ...renamed(base, head, matched)]
  const paired = new Set(pairs.flat())
  return {
    matched: pairs,
    onlyBase: base.filter(series => !paired.has(series)),
    onlyHead: head.filter(series => !paired.has(series)),
  }
}

/**
 * A test or its describe blocks were renamed if its function has the same source text and no other function of the file has.
 * Its place shows nothing: there may be another test now.
 */
function renamed(base: readonly Series[], head: readonly Series[], matched: readonly Pair[]): Pair[] {
  const paired = new Set(matched.flat())
  const hasBody = (test: Series) => bodyOf(test) !== ''
  const sameBody = pairUnique(base.filter(hasBody), head.filter(hasBody), { base: bodyOf, head: bodyOf })
  return sameBody.filter(([test, other]) => {
    const [name, otherName] = [test.entity.name, other.entity.name]
    const isSame = name.at(-1) === otherName.at(-1) || describes(name) === describes(otherName)
    return isSame && !paired.has(test) && !paired.has(other)
  })
}

/** `''` if it is not unique. */
function bodyOf({ figures }: Series): string {
  return figures.find(figure => figure?.body !== undefined)?.body ?? ''
}

function describes(name: readonly string[]): string {
  return JSON.stringify(name.slice(0, -1))
}
