// Draws a flame tree to a canvas. Invisible nodes and the callees of very thin ones are skipped, so the cost depends on the
// window and not on the number of nodes.

import { BLOCKED_COLOUR, CATEGORY_LOOKS, PHASE_COLOURS } from '../categories.js'
import { sanitize } from '../data/text.js'
import type { Window } from '../widgets/window.js'
import type { Found } from './flame-search.js'
import type { FlameLook, FlameNode, FlameTree } from './flame-tree.js'

export const ROW_HEIGHT = 20
/** Pixels: thinner nodes are drawn without outline, label and callees. */
const THINNEST = 0.6
const SHORTEST_LABEL = 24
const FOCUS_COLOUR = '#1b1a18'
export const OUTLINE_COLOUR = '#a52714'
const ROOT_COLOUR = '#d8d4cc'
/** Of the line that stands for frames which are not drawn. */
const HIDDEN_COLOUR = '#7d5a73'
const HIDDEN_HEIGHT = 3

export interface Painting {
  readonly tree: FlameTree
  readonly window: Window
  /** Size of the canvas in CSS pixels. */
  readonly width: number
  readonly height: number
  /** The scroll position in pixels. */
  readonly top: number
  readonly search: Found | undefined
  readonly focused: FlameNode | undefined
  readonly isUpsideDown: boolean
  readonly look: FlameLook
}

export const BY_CATEGORY: FlameLook = {
  colourOf: ({ category, label, owner }) => {
    if (owner !== undefined) return PHASE_COLOURS[owner.phase]
    return category === 'idle' && label === '(blocked)' ? BLOCKED_COLOUR : CATEGORY_LOOKS[category].colour
  },
  labelOf: ({ label }) => label,
}

export function windowOf(node: FlameNode): Window {
  return { from: node.start, to: node.start + Math.max(node.total, 1) }
}

function isFaded(node: FlameNode, { search }: Painting): boolean {
  return search !== undefined && !search.nodes.has(node)
}

/** The whole tree, however deep, without labels. */
export function paintSmall(
  canvas: HTMLCanvasElement,
  { tree, window: shown, width, height, isUpsideDown, look }: Omit<Painting, 'top' | 'search' | 'focused'>,
): void {
  const context = scaledContext(canvas, width, height)
  if (context === undefined) return
  const rowHeight = Math.min(height / tree.depth, 4)
  const pixelsPerUnit = width / (shown.to - shown.from)
  const pending = [tree.root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const length = node.total * pixelsPerUnit
    if (length < THINNEST) continue
    for (const child of node.children) pending.push(child)
    const row = isUpsideDown ? tree.depth - 1 - node.depth : node.depth
    context.fillStyle = node.parent === undefined ? ROOT_COLOUR : look.colourOf(node)
    context.fillRect((node.start - shown.from) * pixelsPerUnit, row * rowHeight, length, rowHeight)
  }
}

/** Cleared, in CSS pixels. */
function scaledContext(canvas: HTMLCanvasElement, width: number, height: number) {
  const scale = window.devicePixelRatio || 1
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d') ?? undefined
  context?.scale(scale, scale)
  context?.clearRect(0, 0, width, height)
  return context
}

export function paint(canvas: HTMLCanvasElement, painting: Painting): void {
  const { width, height, tree } = painting
  const context = scaledContext(canvas, width, height)
  if (context === undefined) return
  context.font = `12px ${getComputedStyle(canvas).fontFamily}`
  context.textBaseline = 'middle'
  const pending = [tree.root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    paintNode(context, node, boxOf(node, painting), painting)
    // Thousands of thin siblings share a pixel: one is enough, but what was searched for is always drawn.
    let painted = Number.NEGATIVE_INFINITY
    for (const child of node.children) {
      const box = boxOf(child, painting)
      if (box.x > width) break
      if (box.x + box.w < 0) continue
      if (box.w >= THINNEST) pending.push(child)
      else if (box.x - painted >= THINNEST || painting.search?.nodes.has(child) === true) {
        paintSliver(context, child, box, painting)
        painted = box.x
      }
    }
  }
}

/** Pixels. */
type Box = Readonly<Record<'x' | 'y' | 'w', number>>

function boxOf(node: FlameNode, { window, width, top, tree, isUpsideDown }: Painting): Box {
  const pixelsPerUnit = width / (window.to - window.from)
  const row = isUpsideDown ? tree.depth - 1 - node.depth : node.depth
  return {
    x: (node.start - window.from) * pixelsPerUnit,
    y: row * ROW_HEIGHT - top,
    w: node.total * pixelsPerUnit,
  }
}

function paintSliver(context: CanvasRenderingContext2D, node: FlameNode, { x, y }: Box, painting: Painting) {
  if (y < -ROW_HEIGHT || y > painting.height) return
  context.globalAlpha = isFaded(node, painting) ? 0.1 : 0.45
  context.fillStyle = painting.look.colourOf(node)
  context.fillRect(x, y, THINNEST, ROW_HEIGHT - 1)
  context.globalAlpha = 1
}

function paintNode(context: CanvasRenderingContext2D, node: FlameNode, { x, y, w }: Box, painting: Painting) {
  const { height, width, focused, look } = painting
  if (y < -ROW_HEIGHT || y > height) return
  const left = Math.max(0, x)
  const visible = Math.min(width, x + w) - left
  context.globalAlpha = isFaded(node, painting) ? 0.22 : 1
  context.fillStyle = node.parent === undefined ? ROOT_COLOUR : look.colourOf(node)
  context.fillRect(left, y, Math.max(visible - 0.5, THINNEST), ROW_HEIGHT - 1)
  if (node.hidden > 0) {
    context.fillStyle = HIDDEN_COLOUR
    context.fillRect(left, y, Math.max(visible - 0.5, THINNEST), HIDDEN_HEIGHT)
  }
  if (node.category === 'idle') paintHatch(context, { x: left, y, w: visible })
  if (visible >= SHORTEST_LABEL) {
    context.fillStyle = '#1b1a18'
    context.fillText(fitted(context, sanitize(look.labelOf(node)), visible - 8), left + 4, y + ROW_HEIGHT / 2)
  }
  const outline =
    node === focused ? FOCUS_COLOUR : look.isOutlined?.(node) === true ? OUTLINE_COLOUR : undefined
  if (outline !== undefined) {
    context.strokeStyle = outline
    context.lineWidth = Math.min(2, visible / 4)
    context.strokeRect(left + 1, y + 1, Math.max(visible - 2.5, 1), ROW_HEIGHT - 3)
  }
  context.globalAlpha = 1
}

// Waiting must be distinguishable from work without its colour.
function paintHatch(context: CanvasRenderingContext2D, { x, y, w }: Box) {
  context.save()
  context.beginPath()
  context.rect(x, y, w, ROW_HEIGHT - 1)
  context.clip()
  context.strokeStyle = '#b3ada2'
  context.lineWidth = 1
  context.beginPath()
  for (let offset = -ROW_HEIGHT; offset < w; offset += 8) {
    context.moveTo(x + offset, y + ROW_HEIGHT)
    context.lineTo(x + offset + ROW_HEIGHT, y)
  }
  context.stroke()
  context.restore()
}

function fitted(context: CanvasRenderingContext2D, text: string, width: number): string {
  const most = Math.floor(width / 4)
  const cut = text.length > most ? text.slice(0, most) : text
  if (cut === text && context.measureText(text).width <= width) return text
  let [low, high] = [0, cut.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (context.measureText(`${cut.slice(0, middle)}…`).width <= width) low = middle
    else high = middle - 1
  }
  return low > 0 ? `${cut.slice(0, low)}…` : ''
}

/** Where a menu of a node opens, in CSS pixels of the canvas. */
export function placeInGraph(painting: Painting, node: FlameNode): { x: number; y: number } {
  const { x, y } = boxOf(node, painting)
  return { x: Math.max(0, x) + 12, y: y + ROW_HEIGHT }
}

/** The node at a point of the canvas, in CSS pixels. */
export function nodeAt(painting: Painting, x: number, y: number): FlameNode | undefined {
  const { tree, window, width, top, isUpsideDown } = painting
  const row = Math.floor((y + top) / ROW_HEIGHT)
  const depth = isUpsideDown ? tree.depth - 1 - row : row
  const place = window.from + (x / width) * (window.to - window.from)
  let node: FlameNode | undefined = tree.root
  for (let level = 0; node !== undefined && level < depth; level++)
    node = node.children.find(child => child.start <= place && place < child.start + child.total)
  return node !== undefined && node.start <= place && place < node.start + node.total ? node : undefined
}
