// How far a page was scrolled, kept in the browser's history: going back leads to the very place that was left.

import { useEffect, useLayoutEffect } from 'preact/hooks'

/** Browsers count changes of the history, and refuse after many. */
const REST_MS = 100

/** `place`: what is shown; another one begins at its top, unless it was scrolled when it was left. */
export function useScrollMemory(place: string): void {
  useEffect(() => {
    history.scrollRestoration = 'manual'
    let timer: ReturnType<typeof setTimeout> | undefined
    const remember = () => {
      clearTimeout(timer)
      timer = setTimeout(keepScroll, REST_MS)
    }
    // The history stands at another entry already, the page is still that of the last one.
    const forget = () => clearTimeout(timer)
    window.addEventListener('scroll', remember)
    window.addEventListener('popstate', forget)
    return () => {
      forget()
      window.removeEventListener('scroll', remember)
      window.removeEventListener('popstate', forget)
    }
  }, [])
  useLayoutEffect(() => window.scrollTo(0, keptScroll()), [place])
}

/** Also to be called before an entry is left. */
export function keepScroll(): void {
  try {
    history.replaceState({ scrolled: window.scrollY }, '')
  } catch {
    // Then going back leads to the top.
  }
}

function keptScroll(): number {
  const state: unknown = history.state
  const isKept = typeof state === 'object' && state !== null && 'scrolled' in state
  return isKept ? Number(state.scrolled) : 0
}
