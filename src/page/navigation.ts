// The browser's side of routes: following the fragment, and changing it. Everything goes through `location`, never
// through relative URLs: in an iframe made of `srcdoc`, `#tests` would be a place of the page around it.

import { useEffect, useState } from 'preact/hooks'
import { parseRoute, type Route } from './routes.js'

/** `replace`: while someone types, the back button should not have to undo every letter. */
export function navigate(target: string, { replace = false } = {}): void {
  if (!replace) {
    location.hash = target
    return
  }
  const { state } = history
  // `replaceState` with a URL throws in documents without an origin of their own; this changes only the fragment, too.
  location.replace(`${location.href.split('#')[0]}${target}`)
  history.replaceState(state, '')
}

/** For every click in the document: what a link to a view does, unless it is to open elsewhere. */
export function followLink(event: MouseEvent): void {
  const { target, button, metaKey, ctrlKey, shiftKey, altKey } = event
  if (event.defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return
  const fragment = target instanceof Element ? target.closest('a[href^="#"]')?.getAttribute('href') : null
  if (typeof fragment !== 'string') return
  event.preventDefault()
  navigate(fragment)
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash))
  useEffect(() => {
    const follow = () => setRoute(parseRoute(location.hash))
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  return route
}
