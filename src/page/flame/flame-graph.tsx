// A flame graph that is zoomed by clicks, the wheel and the keyboard. What the mouse shows, the keyboard says.

import { greatest } from 'd3-array'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { amountText, percent } from '../../report/views/figures.js'
import { plain } from '../data/text.js'
import { useWidth, type Window, zoomedWindow } from '../widgets/window.js'
import { BY_CATEGORY, nodeAt, type Painting, paint, ROW_HEIGHT, windowOf } from './flame-canvas.js'
import { type Searched, searchTree } from './flame-search.js'
import type { FlameLook, FlameNode, FlameTree } from './flame-tree.js'

interface FlameGraphProps {
  readonly tree: FlameTree
  readonly label: string
  /** Node that the window is zoomed to; the whole tree without one. */
  readonly zoomed: FlameNode | undefined
  readonly onZoom: (node: FlameNode | undefined) => void
  readonly onSelect: (node: FlameNode) => void
  /** Chosen elsewhere: outlined here, too. */
  readonly marked?: FlameNode | undefined
  readonly look?: FlameLook
  /** One line about a node, for whoever points at it or moves there by keys. */
  readonly describe: (node: FlameNode) => string
  /** What is searched, and for which text; `''` for nothing. */
  readonly code: Searched
  readonly query: string
  readonly isUpsideDown?: boolean
  readonly tallest?: number | undefined
}

/** Pixels. */
const NARROWEST_FOCUS = 4

const KEYS_HELP = 'Arrow keys move, Enter zooms in, plus and minus zoom, Escape resets.'

export function FlameGraph({
  tree,
  label,
  zoomed,
  onZoom,
  onSelect,
  marked,
  look = BY_CATEGORY,
  describe,
  code,
  query,
  isUpsideDown = false,
  tallest = 640,
}: FlameGraphProps) {
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const width = useWidth(frame, 0)
  const [top, setTop] = useState(0)
  const [focused, setFocused] = useState<FlameNode>()
  const [hovered, setHovered] = useState<{ node: FlameNode; x: number; y: number }>()
  const [free, setFree] = useState<Window>()
  const wanted = focused ?? marked ?? zoomed
  const search = useMemo(() => searchTree(tree, code, query), [tree, code, query])
  const whole = windowOf(tree.root)
  const shown = free ?? windowOf(zoomed ?? tree.root)
  const full = tree.depth * ROW_HEIGHT
  const height = Math.min(full, tallest)
  const painting: Painting = {
    tree,
    window: shown,
    width,
    height,
    top,
    search,
    focused: wanted,
    isUpsideDown,
    look,
  }

  // A new tree or zoom ends what the wheel has set.
  useEffect(() => setFree(undefined), [tree, zoomed])
  useEffect(() => {
    setFocused(undefined)
    setHovered(undefined)
    if (isUpsideDown && frame.current !== null) frame.current.scrollTop = full
  }, [tree])
  // What is zoomed to, or was reached by keys, must be on the screen.
  useEffect(() => {
    const element = frame.current
    if (element === null || wanted === undefined) return
    const row = (isUpsideDown ? tree.depth - 1 - wanted.depth : wanted.depth) * ROW_HEIGHT
    const isVisible = row >= element.scrollTop && row + ROW_HEIGHT <= element.scrollTop + height
    if (!isVisible) element.scrollTop = row - height / 2
  }, [wanted, tree, height, isUpsideDown])
  useEffect(() => setFocused(undefined), [zoomed])
  useEffect(() => {
    if (focused !== marked) setFocused(undefined)
  }, [marked])
  useEffect(() => {
    if (canvas.current !== null && width > 0) paint(canvas.current, painting)
  })
  // Preact listens passively to the wheel, and could not keep the page from being zoomed.
  const zoomByWheel = useRef<(event: WheelEvent) => void>(() => undefined)
  zoomByWheel.current = event => {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    const at = (event.clientX - (canvas.current?.getBoundingClientRect().left ?? 0)) / Math.max(width, 1)
    setFree(zoomedWindow(shown, whole, { at, by: event.deltaY > 0 ? 1.25 : 0.8 }))
  }
  useEffect(() => {
    const element = frame.current
    const listen = (event: WheelEvent) => zoomByWheel.current(event)
    element?.addEventListener('wheel', listen, { passive: false })
    return () => element?.removeEventListener('wheel', listen)
  }, [])

  const point = (event: MouseEvent) => {
    const box = canvas.current?.getBoundingClientRect()
    const [x, y] = [event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)]
    return { x, y, node: nodeAt(painting, x, y) }
  }
  const choose = (node: FlameNode) => {
    setFocused(node)
    onSelect(node)
    onZoom(node.parent === undefined ? undefined : node)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const current = wanted ?? tree.root
    const by = event.key === '+' || event.key === '=' ? 0.8 : event.key === '-' ? 1.25 : undefined
    if (by !== undefined) setFree(zoomedWindow(shown, whole, { by }))
    else if (event.key === 'Enter') choose(current)
    else if (event.key === 'Escape' || event.key === '0') {
      setFree(undefined)
      onZoom(undefined)
    } else {
      const next = neighbour(current, event.key, isUpsideDown)
      if (next === undefined) return
      setFocused(next)
      onSelect(next)
      if (isTooNarrow(next, shown, width)) setFree(windowOf(next.parent ?? next))
    }
    event.preventDefault()
  }
  const told = focused ?? zoomed
  return (
    <>
      {search !== undefined && (
        <p class="sub" role="status">
          “{plain(query)}”: {amountText(search.whole, tree.unit)}, {percent(search.whole, tree.whole)}, in{' '}
          {search.nodes.size.toLocaleString('en-US')} places
        </p>
      )}
      <div class="flame">
        <div
          ref={frame}
          class="flame-frame"
          style={{ height: `${height}px` }}
          role="application"
          aria-label={`${label}. ${KEYS_HELP}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it is operated by keys
          tabIndex={0}
          onScroll={event => setTop(event.currentTarget.scrollTop)}
          onKeyDown={onKeyDown}
        >
          <div style={{ height: `${full}px` }}>
            <canvas
              ref={canvas}
              style={{ width: `${width}px`, height: `${height}px` }}
              onMouseMove={event => {
                const { node, ...place } = point(event)
                setHovered(node && { node, ...place })
              }}
              onMouseLeave={() => setHovered(undefined)}
              onClick={event => {
                const { node } = point(event)
                if (node !== undefined) choose(node)
              }}
            />
          </div>
        </div>
        {hovered !== undefined && (
          <div
            class="tooltip"
            style={{
              left: `${Math.min(hovered.x + 12, Math.max(0, width - 320))}px`,
              top: `${hovered.y + 18}px`,
            }}
          >
            {describe(hovered.node)}
          </div>
        )}
        <p class="told" role="status">
          {told && describe(told)}
        </p>
      </div>
    </>
  )
}

function neighbour(node: FlameNode, key: string, isUpsideDown: boolean): FlameNode | undefined {
  const [inward, outward] = isUpsideDown ? ['ArrowUp', 'ArrowDown'] : ['ArrowDown', 'ArrowUp']
  if (key === outward) return node.parent
  if (key === inward) return greatest(node.children, child => child.total)
  const siblings = node.parent?.children ?? []
  const index = siblings.indexOf(node)
  if (key === 'ArrowRight') return siblings[index + 1]
  return key === 'ArrowLeft' ? siblings[index - 1] : undefined
}

/** Whether a node could hardly be seen in the window, or lies outside of it. */
function isTooNarrow({ start, total }: FlameNode, { from, to }: Window, width: number): boolean {
  const pixels = (width * (Math.min(start + total, to) - Math.max(start, from))) / (to - from)
  return pixels < NARROWEST_FOCUS
}
