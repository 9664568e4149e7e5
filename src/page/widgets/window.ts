// The visible part of a drawing that can be zoomed.

import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** The left and the right edge, in the unit of the drawing. */
export type Window = Readonly<Record<'from' | 'to', number>>

/**
 * The window with its length multiplied by `by`, so that the point `at` (a share of the length) stays in place, and moved
 * to the right by the share `move`. Never wider than the whole, nor beyond its edges.
 */
export function zoomedWindow(
  { from, to }: Window,
  whole: Window,
  { by = 1, at = 0.5, move = 0 }: { by?: number; at?: number; move?: number },
): Window {
  const length = Math.min((to - from) * by, whole.to - whole.from)
  const start = from + (at + move) * (to - from) - at * length
  const clamped = Math.min(Math.max(start, whole.from), whole.to - length)
  return { from: clamped, to: clamped + Math.max(length, 1) }
}

/** The width of an element in pixels; `first` until it is known. */
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
