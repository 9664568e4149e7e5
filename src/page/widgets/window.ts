// What is shown of a drawing that can be zoomed.

import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** From the left edge to the right one, in the unit of the drawing. */
export interface Window {
  readonly from: number
  readonly to: number
}

interface Change {
  /** Factor of its length. */
  readonly by?: number
  /** What stays in place, as a share of its length. */
  readonly at?: number
  /** Shares of its length that it moves to the right. */
  readonly move?: number
}

/** Never wider than the whole, nor beyond its edges. */
export function zoomedWindow(
  { from, to }: Window,
  whole: Window,
  { by = 1, at = 0.5, move = 0 }: Change,
): Window {
  const length = Math.min((to - from) * by, whole.to - whole.from)
  const start = from + (at + move) * (to - from) - at * length
  const clamped = Math.min(Math.max(start, whole.from), whole.to - length)
  return { from: clamped, to: clamped + Math.max(length, 1) }
}

/** Pixels between the edges of an element, `first` until that is known. */
export function useWidth(frame: RefObject<HTMLElement | null>, first: number): number {
  const [width, setWidth] = useState(first)
  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return width
}
