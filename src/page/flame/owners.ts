// What samples belong to, as the outermost nodes of a flame graph: a phase, and the test or hook in it, below its test file and
// its describe blocks.

import { bisectRight } from 'd3-array'
import { isOwnCode } from '../../profile/own-code.js'
import type { FileReport } from '../../report/file-report.js'
import { grouped } from '../../report/views/figures.js'
import { hookName, nameText } from '../../report/views/names.js'
import { type ProfileData, type ScopeInfo, testAt } from '../data/run-data.js'
import { fileLink, fileParams, href, testLink } from '../routes.js'
import type { FlameOwner } from './flame-owner.js'
import { type FlameNode, newNode } from './flame-tree.js'

/** Returns the owner of each scope. The scopes of all attempts at a test have the same one. */
export function ownerFinder({ scopes, frames }: Pick<ProfileData, 'scopes' | 'frames'>) {
  const known = new Map<FlameOwner | undefined, Map<string, FlameOwner>>()
  const inner = (
    outer: FlameOwner | undefined,
    key: string,
    own: () => Omit<FlameOwner, 'outer'>,
  ): FlameOwner => {
    const siblings = known.get(outer) ?? new Map<string, FlameOwner>()
    known.set(outer, siblings)
    const before = siblings.get(key)
    if (before !== undefined) return before
    const owner = { ...own(), outer }
    siblings.set(key, owner)
    return owner
  }
  const isBodyOf = bodyFinder(frames)
  const ofScope = scopes.map((scope): FlameOwner => {
    const { phase, file, test, group, hook } = scope
    const isBody = NEVER
    const ofPhase = inner(undefined, phase, () => ({ label: phase, phase, linkTo: NOWHERE, isBody }))
    const part = file === undefined ? undefined : partOf(scope, file)
    if (file === undefined || part === undefined) return ofPhase
    const ofFile = inner(ofPhase, `${file.projectId}\0${file.path}`, () => {
      return { label: nameOfFile(file), phase, linkTo: () => fileLink(file), isBody }
    })
    const ofBlock = part.blocks.reduce((outer, label, level) => {
      const linkTo = () => {
        const describe = JSON.stringify(part.blocks.slice(0, level + 1))
        return href('flame', { ...fileParams(file), describe })
      }
      return inner(outer, `block ${label}`, () => ({ label, phase, linkTo, isBody }))
    }, ofFile)
    return inner(ofBlock, [test, group, hook].join(' '), () => {
      const { label, linkTo } = part
      return { label, phase, linkTo, isBody: test < 0 ? NEVER : frame => isBodyOf(file, test, frame) }
    })
  })
  return (scope: number) => ofScope[scope]
}

const NEVER = () => false
const NOWHERE = () => undefined

function nameOfFile({ path }: Pick<FileReport, 'path'>): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

interface Part extends Pick<FlameOwner, 'label' | 'linkTo'> {
  /** Describe blocks, outermost first. */
  readonly blocks: readonly string[]
}

/** The hook, test or group; undefined where only the phase is known. */
function partOf({ phase, test, group, hook }: ScopeInfo, file: FileReport): Part | undefined {
  const run = file.hooks[hook]
  if (phase === 'hooks' && run !== undefined)
    return {
      label: hookName(run),
      linkTo: () => href('flame', { ...fileParams(file), hook }),
      blocks: [],
    }
  if (test >= 0) {
    const name = testAt(file, test)?.name ?? [`test ${test}`]
    return {
      label: nameText(name.slice(-1)),
      linkTo: () => testLink(file, { index: test }),
      blocks: name.slice(0, -1),
    }
  }
  const tests = file.groups[group]?.tests
  if (tests === undefined) return undefined
  return { label: `${grouped(tests.length)} concurrent tests`, linkTo: NOWHERE, blocks: [] }
}

/** Returns whether a frame is the function of a test: one without a name, from the line of the test to that of the next one. */
function bodyFinder(frames: ProfileData['frames']) {
  const linesOf = new Map<FileReport, number[]>()
  return (file: FileReport, test: number, frame: number): boolean => {
    const info = frames[frame]
    if (info === undefined || info.name !== '(anonymous)' || !isOwnCode(info)) return false
    const { line = 0, definedIn } = testAt(file, test) ?? {}
    if (definedIn !== undefined) return info.file === definedIn.file && info.line === definedIn.line
    if (line === 0 || info.file !== file.path) return false
    const lines = linesOf.get(file) ?? file.tests.map(other => other.line).toSorted((a, b) => a - b)
    linesOf.set(file, lines)
    const next = lines[bisectRight(lines, line)] ?? Number.POSITIVE_INFINITY
    return info.line >= line && info.line < next
  }
}

/** Copies calls below their owners. Calls are nodes of a tree without owners. */
export class OwnedTree {
  readonly root: FlameNode
  readonly #ownerOf: (scope: number) => FlameOwner | undefined
  readonly #nodes = new Map<FlameOwner, FlameNode>()
  readonly #copies = new Map<FlameNode, Map<FlameNode, FlameNode>>()

  constructor(label: string, ownerOf: (scope: number) => FlameOwner | undefined) {
    this.root = newNode({ frame: -1, label, category: 'program', parent: undefined })
    this.#ownerOf = ownerOf
  }

  /** The copy of a call below the owner of a scope. */
  copy(scope: number, call: FlameNode): FlameNode {
    const owner = this.#ownerOf(scope)
    const top = owner === undefined ? this.root : this.#node(owner)
    const copies = this.#copies.get(top) ?? new Map<FlameNode, FlameNode>()
    this.#copies.set(top, copies)
    // Not recursive, because stacks may be thousands of frames deep.
    const missing: FlameNode[] = []
    let node = top
    for (let above: FlameNode | undefined = call; above?.parent !== undefined; above = above.parent) {
      const known = copies.get(above)
      if (known === undefined) missing.push(above)
      else {
        node = known
        break
      }
    }
    for (const original of missing.reverse()) {
      node = node === top && owner?.isBody(original.frame) === true ? top : copyBelow(node, original)
      copies.set(original, node)
    }
    return node
  }

  #node(owner: FlameOwner): FlameNode {
    const known = this.#nodes.get(owner)
    if (known !== undefined) return known
    const parent = owner.outer === undefined ? this.root : this.#node(owner.outer)
    const node = ownerNode(owner, parent)
    parent.children.push(node)
    this.#nodes.set(owner, node)
    return node
  }
}

export function ownerNode(owner: FlameOwner, parent: FlameNode): FlameNode {
  return newNode({ frame: -1, label: owner.label, category: 'test', parent, owner })
}

function copyBelow(parent: FlameNode, original: FlameNode): FlameNode {
  const { frame, label, category, folded, hidden } = original
  const node = newNode({ frame, label, category, folded, hidden, parent })
  parent.children.push(node)
  return node
}
