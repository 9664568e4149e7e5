// The browser's side of routes: following the fragment, and changing it. URLs are whole, never relative: in an iframe
// made of `srcdoc`, `#tests` would be a place of the page around it.

import { useEffect, useState } from 'preact/hooks'
import type { Route } from './routes.js'
import { keepScroll } from './scroll-memory.js'

/** `replace`: while someone types, the back button should not have to undo every letter. */
export function navigate(target: string, { replace = false } = {}): void {
  if (target === location.hash) return
  const url = `${location.href.split('#')[0]}${target}`
  try {
    // In an iframe of a blob, `location` cannot be changed at all.
    if (replace) history.replaceState(history.state, '', url)
    else {
      keepScroll()
      history.pushState(null, '', url)
    }
    window.dispatchEvent(new HashChangeEvent('hashchange'))
  } catch {
    // Browsers refuse when there are too many changes within a short time.
    location.hash = target
  }
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

export function useRoute<Name extends string>(parse: (hash: string) => Route<Name>): Route<Name> {
  const [route, setRoute] = useState(() => parse(location.hash))
  useEffect(() => {
    const follow = () => setRoute(parse(location.hash))
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  return route
}
