// Routes in the browser: follows and changes the URL fragment, and stores the scroll position in the history, so that going
// back restores it. URLs are absolute: in an iframe with `srcdoc`, `#tests` would refer to the page around it.

import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import { parseRoute, type Route } from './routes.js'

/** `replace`: adds no entry to the history, such as while the user types. */
export function navigate(target: string, { replace = false } = {}): void {
  if (target === location.hash) return
  const url = `${location.href.split('#')[0]}${target}`
  try {
    // In an iframe with a blob URL, `location` cannot be changed.
    if (replace) history.replaceState(history.state, '', url)
    else {
      saveScroll()
      history.pushState(null, '', url)
    }
    window.dispatchEvent(new HashChangeEvent('hashchange'))
  } catch {
    // Browsers limit the rate of changes.
    location.hash = target
  }
}

/** Handles all clicks in the document: a link to a view navigates, unless it opens in another tab. */
export function followLink(event: MouseEvent): void {
  const { target, button, metaKey, ctrlKey, shiftKey, altKey } = event
  if (event.defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return
  const fragment = target instanceof Element ? target.closest('a[href^="#"]')?.getAttribute('href') : null
  if (typeof fragment !== 'string') return
  event.preventDefault()
  navigate(fragment)
}

export function useRoute<Name extends string>(views: readonly Name[], first: Name): Route<Name> {
  const parse = () => parseRoute(views, first, location.hash)
  const [route, setRoute] = useState(parse)
  useEffect(() => {
    const follow = () => setRoute(parse())
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  return route
}

/** Scroll positions are stored after this delay, because browsers limit the rate of history changes. */
const SCROLL_DELAY_MS = 100

/** A new `place` begins at its top, or where it was left. */
export function useScrollMemory(place: string): void {
  useEffect(() => {
    history.scrollRestoration = 'manual'
    let timer: ReturnType<typeof setTimeout> | undefined
    const remember = () => {
      clearTimeout(timer)
      timer = setTimeout(saveScroll, SCROLL_DELAY_MS)
    }
    // The history is already at another entry, but the page still shows the last one.
    const forget = () => clearTimeout(timer)
    window.addEventListener('scroll', remember)
    window.addEventListener('popstate', forget)
    return () => {
      forget()
      window.removeEventListener('scroll', remember)
      window.removeEventListener('popstate', forget)
    }
  }, [])
  useLayoutEffect(() => window.scrollTo(0, history.state?.scrolled ?? 0), [place])
}

function saveScroll(): void {
  try {
    history.replaceState({ scrolled: window.scrollY }, '')
  } catch {
    // Going back will lead to the top.
  }
}
