// Folded stacks, which flame graph tools read: a line for each stack, `file;test;frame;frame weight`, the outermost
// frame first, the weight in whole microseconds.
// https://github.com/brendangregg/FlameGraph#2-fold-stacks

import { at, increase } from '../../profile/columns.js'
import { compareText } from '../../profile/order.js'
import { type Microseconds, NO_CALLER, type Profile } from '../../profile/profile.js'
import { relativeTo } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'
import { calleesFirst, FINEST, REST, subtreeTimes } from './call-tree-rows.js'
import { headOf, type NamedTree, namedTree, Paths } from './named-stacks.js'
import { scopeLabels } from './scope-labels.js'

/** Characters: as much as flame graph tools read in some seconds, and far below V8's longest string (512 MB). */
const ROOM = 64_000_000

interface Line {
  /** `file;test`. */
  readonly head: string
  /** In the tree of names; NO_CALLER where nothing of the stack is shown. */
  readonly node: number
  readonly isRest: boolean
  readonly weight: Microseconds
}

/**
 * Whatever has the same names is one line: workers and hooks are not told apart. Outside of tests the phase stands for
 * the test, such as `(imports)`. Where that takes more room than there is, stacks of little time in the whole run end
 * at the last caller of more. Sorted by file and test, then callees by name before their callers.
 */
export function toCollapsed(profile: Profile, report: Report, room = ROOM): string {
  const tree = namedTree(profile, relativeTo(report.run.displayRoot))
  const heads = scopeLabels(profile, report).map(headOf)
  const subtree = subtreeTimes(tree)
  const total = tree.self.reduce((sum, self) => sum + self, 0)
  const paths = new Paths(tree)
  const lengthOf = ({ head, node, isRest, weight }: Line) =>
    `${head} ${weight}\n`.length + paths.length(node) + (isRest ? REST.length + 1 : 0)
  for (let least = 0; ; least = Math.max(4 * least, total * FINEST)) {
    const lines = linesOf(profile, { heads, tree, shown: shownNodes(tree.caller, subtree, least) })
    const length = lines.reduce((sum, line) => sum + lengthOf(line), 0)
    if (length <= room || least > total) return textOf(lines, { tree, subtree, paths })
  }
}

/** For each node itself, or the last of its callers that has as much time; NO_CALLER: none has. */
function shownNodes(caller: Int32Array, subtree: Float64Array, least: Microseconds): Int32Array {
  const shown = new Int32Array(caller.length)
  caller.forEach((callerOfNode, node) => {
    if (at(subtree, node) >= least) shown[node] = node
    else shown[node] = callerOfNode < 0 ? NO_CALLER : at(shown, callerOfNode)
  })
  return shown
}

function linesOf(
  { samples }: Profile,
  { heads, tree, shown }: { heads: readonly string[]; tree: NamedTree; shown: Int32Array },
): Line[] {
  const texts = [...new Set(heads)]
  const indexOfText = new Map(texts.map((text, index) => [text, index]))
  const headOfScope = heads.map(text => indexOfText.get(text) ?? 0)
  const span = 2 * (shown.length + 1)
  const weights = new Map<number, Microseconds>()
  samples.stack.forEach((stack, row) => {
    const node = at(tree.nodeOf, stack)
    const last = at(shown, node)
    const key = at(headOfScope, at(samples.scope, row)) * span + 2 * (last + 1) + Number(last !== node)
    increase(weights, key, at(samples.weight, row))
  })
  const lines: Line[] = []
  for (const [key, weight] of weights) {
    const place = key % span
    const head = at(texts, Math.floor(key / span))
    if (weight > 0) lines.push({ head, node: (place >> 1) - 1, isRest: place % 2 === 1, weight })
  }
  return lines
}

function textOf(
  lines: readonly Line[],
  { tree, subtree, paths }: { tree: NamedTree; subtree: Float64Array; paths: Paths },
): string {
  const place = new Int32Array(tree.names.length)
  const byName = (a: number, b: number) => compareText(at(tree.names, a), at(tree.names, b))
  calleesFirst(tree, subtree, byName).forEach((node, index) => {
    place[node] = index
  })
  const placeOf = ({ node }: Line) => place[node] ?? place.length
  return lines
    .toSorted(
      (a, b) => compareText(a.head, b.head) || placeOf(a) - placeOf(b) || Number(b.isRest) - Number(a.isRest),
    )
    .map(({ head, node, isRest, weight }) => {
      return `${head}${paths.of(node)}${isRest ? `;${REST}` : ''} ${weight}\n`
    })
    .join('')
}
