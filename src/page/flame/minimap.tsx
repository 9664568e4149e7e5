// The whole tree in small above a zoomed flame graph, with the part that is shown. A click or a drag moves it there.

import { useEffect, useRef } from 'preact/hooks'
import { type Window, zoomedWindow } from '../widgets/window.js'
import { paintSmall } from './flame-canvas.js'
import type { FlameLook, FlameTree } from './flame-tree.js'

const HEIGHT = 44

interface MinimapProps {
  readonly tree: FlameTree
  readonly look: FlameLook
  readonly isUpsideDown: boolean
  readonly whole: Window
  readonly shown: Window
  /** In pixels. */
  readonly width: number
  readonly onMove: (window: Window) => void
}

export function Minimap({ tree, look, isUpsideDown, whole, shown, width, onMove }: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (canvas.current !== null && width > 0)
      paintSmall(canvas.current, { tree, window: whole, width, height: HEIGHT, isUpsideDown, look })
  }, [tree, look, isUpsideDown, width])
  const toPixels = (amount: number) => (amount * width) / (whole.to - whole.from)
  const moveTo = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (event.buttons !== 1) return
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    const middle = whole.from + (x / width) * (whole.to - whole.from)
    const length = shown.to - shown.from
    onMove(zoomedWindow(shown, whole, { move: (middle - length / 2 - shown.from) / length }))
  }
  return (
    // The keys of the graph do the same.
    <div class="minimap" aria-hidden="true" onPointerDown={moveTo} onPointerMove={moveTo}>
      <canvas ref={canvas} style={{ width: `${width}px`, height: `${HEIGHT}px` }} />
      <i
        style={{
          left: `${toPixels(shown.from - whole.from)}px`,
          width: `${Math.max(3, toPixels(shown.to - shown.from))}px`,
        }}
      />
    </div>
  )
}
