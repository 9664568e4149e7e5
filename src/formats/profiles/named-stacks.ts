// Stacks by the names that a folded line gives them. A line can always be taken apart: names have no `;`, no line
// breaks, and no number of their own at the end.

import { at } from '../../profile/columns.js'
import { type Frame, NO_CALLER, type Profile } from '../../profile/profile.js'
import type { ToRelative } from '../../report/relative-path.js'
import { plain } from '../wording.js'
import type { ScopeLabels } from './scope-labels.js'

export interface NamedTree {
  readonly names: readonly string[]
  readonly caller: Int32Array
  readonly self: Float64Array
  /** By stack. */
  readonly nodeOf: readonly number[]
}

/** The stacks of the run; two whose frames have the same names are one. */
export function namedTree({ frames, stacks, samples }: Profile, toRelative: ToRelative): NamedTree {
  const nameOfFrame = frames.map(frame => frameName(frame, toRelative))
  const index = new Map([...new Set(nameOfFrame)].map((name, position) => [name, position]))
  const nodeByKey = new Map<number, number>()
  const names: string[] = []
  const callers: number[] = []
  const nodeOf: number[] = []
  stacks.frame.forEach((frame, stack) => {
    const callerOfStack = at(stacks.caller, stack)
    const caller = callerOfStack < 0 ? NO_CALLER : at(nodeOf, callerOfStack)
    const name = at(nameOfFrame, frame)
    const key = (caller + 1) * index.size + (index.get(name) ?? 0)
    const node = nodeByKey.get(key) ?? names.length
    nodeByKey.set(key, node)
    nodeOf.push(node)
    if (node < names.length) return
    names.push(name)
    callers.push(caller)
  })
  const self = new Float64Array(names.length)
  samples.stack.forEach((stack, row) => {
    const node = at(nodeOf, stack)
    self[node] = at(self, node) + at(samples.weight, row)
  })
  return { names, caller: Int32Array.from(callers), self, nodeOf }
}

/** Of nodes, with a `;` in front. */
export class Paths {
  readonly #tree: NamedTree
  readonly #lengths: Int32Array
  readonly #paths: string[] = []

  constructor(tree: NamedTree) {
    this.#tree = tree
    this.#lengths = new Int32Array(tree.names.length)
    tree.caller.forEach((caller, node) => {
      this.#lengths[node] = this.length(caller) + at(tree.names, node).length + 1
    })
  }

  length(node: number): number {
    return this.#lengths[node] ?? 0
  }

  of(node: number): string {
    if (node < 0) return ''
    const path = this.#paths[node] ?? `${this.of(at(this.#tree.caller, node))};${at(this.#tree.names, node)}`
    this.#paths[node] = path
    return path
  }
}

/** `file;test`. */
export function headOf({ project, file, test, phase }: ScopeLabels): string {
  const path = withoutNumber(safe(project === '' ? file : `${project}: ${file}`))
  return `${path};${safe(test ?? `(${phase})`)}`
}

function frameName({ name, file, line }: Frame, toRelative: ToRelative): string {
  if (file === '') return withoutNumber(safe(name))
  const path = toRelative(file)
  return withoutNumber(safe(line > 0 ? `${name} ${path}:${line}` : `${name} ${path}`))
}

/** `;` ends a frame, and a line's end a stack. */
function safe(name: string): string {
  const line = plain(name).replaceAll(';', ',').trim()
  return line === '' ? '(anonymous)' : line
}

/**
 * Where a stack ends in a number of its own, flamegraph.pl takes it for the first of two weights:
 * https://github.com/brendangregg/FlameGraph/blob/41fee1f99f9276008b7cd112fca19dc3ea84ac32/flamegraph.pl
 */
function withoutNumber(name: string): string {
  return name.replace(/\s(?=\d+(\.\d*)?$)/, '_')
}
