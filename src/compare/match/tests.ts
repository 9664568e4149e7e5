// Which tests of base are which of head. `moved` says which file became which.

import { fileKey } from '../../profile/paths.js'
import type { Series } from '../sides.js'
import type { MovedPaths } from './moved-paths.js'
import { fullName, groupSides, joined, type Pair, type Pairing, pairByKey, pairUnique } from './pairing.js'

/** Both in the order of their definitions, file by file. */
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
 * A test has been renamed, or the describe blocks around it have, when its function reads as before, and no other's in
 * the file does. Its place would tell nothing: another test may have been put there.
 */
function renamed(base: readonly Series[], head: readonly Series[], matched: readonly Pair[]): Pair[] {
  const paired = new Set(matched.flat())
  const hasBody = (test: Series) => bodyOf(test) !== ''
  const alike = pairUnique(base.filter(hasBody), head.filter(hasBody), { base: bodyOf, head: bodyOf })
  return alike.filter(([test, other]) => {
    const [name, otherName] = [test.entity.name, other.entity.name]
    const isSame = name.at(-1) === otherName.at(-1) || describes(name) === describes(otherName)
    return isSame && !paired.has(test) && !paired.has(other)
  })
}

/** `''` where it does not tell the test from others. */
function bodyOf({ figures }: Series): string {
  return figures.find(figure => figure?.body !== undefined)?.body ?? ''
}

function describes(name: readonly string[]): string {
  return JSON.stringify(name.slice(0, -1))
}
