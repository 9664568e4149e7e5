// A flame graph with zoom by clicks, wheel and keyboard. Screen readers get the description that a tooltip shows.

import { greatest } from 'd3-array'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { amountText, grouped, percent } from '../../report/views/figures.js'
import type { StackOperation } from '../data/stack-operations.js'
import { sanitize } from '../data/text.js'
import { useWidth, type Window, zoomedWindow } from '../widgets/window.js'
import {
  BY_CATEGORY,
  nodeAt,
  type Painting,
  paint,
  placeInGraph,
  ROW_HEIGHT,
  windowOf,
} from './flame-canvas.js'
import { type Searched, searchTree } from './flame-search.js'
import type { FlameLook, FlameNode, FlameTree } from './flame-tree.js'
import { Minimap } from './minimap.js'
import { type NodeAction, NodeMenu } from './node-menu.js'

export interface FlameGraphProps {
  readonly tree: FlameTree
  readonly label: string
  /** The node that the window is zoomed to; undefined: the whole tree. */
  readonly zoomed: FlameNode | undefined
  readonly onZoom: (node: FlameNode | undefined) => void
  readonly onSelect: (node: FlameNode) => void
  /** The node that is selected in another graph: outlined here, too. */
  readonly marked?: FlameNode | undefined
  readonly look?: FlameLook
  /** One line about a node that the mouse or the keyboard points at. */
  readonly describe: (node: FlameNode) => string
  readonly code: Searched
  /** Text that names or places must contain. */
  readonly query?: string
  readonly isUpsideDown?: boolean
  readonly tallest?: number | undefined
  /** Undefined: nothing can be done with a node. */
  readonly actionsOf?: ((node: FlameNode) => readonly NodeAction[]) | undefined
  readonly onOperate?: ((operation: StackOperation) => void) | undefined
}

/** Pixels. */
const NARROWEST_FOCUS = 4

const NO_ACTIONS: readonly NodeAction[] = []

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
  query = '',
  isUpsideDown = false,
  tallest = 640,
  actionsOf = () => NO_ACTIONS,
  onOperate = () => undefined,
}: FlameGraphProps) {
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const width = useWidth(frame, 0)
  const [top, setTop] = useState(0)
  const [reached, setReached] = useState<FlameNode>()
  const [hovered, setHovered] = useState<{ node: FlameNode; x: number; y: number }>()
  const [free, setFree] = useState<Window>()
  const [menu, setMenu] = useState<{ node: FlameNode; x: number; y: number }>()
  const focused = reached ?? marked ?? zoomed
  const search = useMemo(() => searchTree(tree, code, query), [tree, code, query])
  const whole = windowOf(tree.root)
  const shown = free ?? windowOf(zoomed ?? tree.root)
  const full = tree.depth * ROW_HEIGHT
  const height = Math.min(full, tallest)
  const painting: Painting = { tree, window: shown, width, height, top, search, focused, isUpsideDown, look }

  useEffect(() => {
    setHovered(undefined)
    setMenu(undefined)
    if (isUpsideDown && frame.current !== null) frame.current.scrollTop = full
  }, [tree])
  // A new tree or zoom resets the wheel and the keyboard.
  useEffect(() => {
    setFree(undefined)
    setReached(undefined)
  }, [tree, zoomed])
  useEffect(() => {
    if (reached !== marked) setReached(undefined)
  }, [marked])
  // Scrolls to the focused node.
  useEffect(() => {
    const element = frame.current
    if (element === null || focused === undefined) return
    const row = (isUpsideDown ? tree.depth - 1 - focused.depth : focused.depth) * ROW_HEIGHT
    const isVisible = row >= element.scrollTop && row + ROW_HEIGHT <= element.scrollTop + height
    if (!isVisible) element.scrollTop = row - height / 2
  }, [focused, tree, height, isUpsideDown])
  useEffect(() => {
    if (canvas.current !== null && width > 0) paint(canvas.current, painting)
  })
  // Preact's wheel listeners are passive, and cannot prevent the page from being zoomed.
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
    setReached(node)
    onSelect(node)
    onZoom(node.parent === undefined ? undefined : node)
  }
  const openMenu = (at: { node: FlameNode; x: number; y: number }) => {
    setReached(at.node)
    onSelect(at.node)
    setHovered(undefined)
    setMenu(at)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const current = focused ?? tree.root
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault()
      if (actionsOf(current).length > 0) openMenu({ node: current, ...placeInGraph(painting, current) })
      return
    }
    const by = event.key === '+' || event.key === '=' ? 0.8 : event.key === '-' ? 1.25 : undefined
    if (by !== undefined) setFree(zoomedWindow(shown, whole, { by }))
    else if (event.key === 'Enter') choose(current)
    else if (event.key === 'Escape' || event.key === '0') {
      setFree(undefined)
      onZoom(undefined)
    } else {
      const next = neighbour(current, event.key, isUpsideDown)
      if (next === undefined) return
      setReached(next)
      onSelect(next)
      if (isTooNarrow(next, shown, width)) setFree(windowOf(next.parent ?? next))
    }
    event.preventDefault()
  }
  const described = reached ?? zoomed
  return (
    <>
      {search !== undefined && (
        <p class="sub" role="status">
          “{sanitize(query)}”: {amountText(search.whole, tree.unit)}, {percent(search.whole, tree.whole)}, in{' '}
          {grouped(search.nodes.size)} places
        </p>
      )}
      {(shown.from > whole.from || shown.to < whole.to) && (
        <Minimap
          tree={tree}
          look={look}
          isUpsideDown={isUpsideDown}
          whole={whole}
          shown={shown}
          width={width}
          onMove={setFree}
        />
      )}
      <div class="flame">
        <div
          ref={frame}
          class="flame-frame"
          style={{ height: `${height}px` }}
          role="application"
          aria-label={`${label}. ${KEYS_HELP}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the graph is operated by keyboard
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
              onContextMenu={event => {
                const { node, ...place } = point(event)
                if (node === undefined || actionsOf(node).length === 0) return
                event.preventDefault()
                openMenu({ node, ...place })
              }}
            />
          </div>
        </div>
        {menu !== undefined && (
          <NodeMenu
            actions={actionsOf(menu.node)}
            left={Math.min(menu.x, Math.max(0, width - 320))}
            top={menu.y}
            onChoose={operation => {
              setMenu(undefined)
              frame.current?.focus({ preventScroll: true })
              onOperate(operation)
            }}
            onClose={() => {
              setMenu(undefined)
              frame.current?.focus({ preventScroll: true })
            }}
          />
        )}
        {hovered !== undefined && menu === undefined && (
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
        <p class="described" role="status">
          {described && describe(described)}
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

/** Whether a node is outside of the window or too narrow to see. */
function isTooNarrow({ start, total }: FlameNode, { from, to }: Window, width: number): boolean {
  const pixels = (width * (Math.min(start + total, to) - Math.max(start, from))) / (to - from)
  return pixels < NARROWEST_FOCUS
}
