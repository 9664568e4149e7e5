// The browser's side of routes: following the fragment, changing it, and going back to the very place that was left, since
// its history keeps how far a page was scrolled. URLs are whole, never relative: in an iframe
// made of `srcdoc`, `#tests` would be a place of the page around it.

import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import { parseRoute, type Route } from './routes.js'

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
  useLayoutEffect(() => window.scrollTo(0, history.state?.scrolled ?? 0), [place])
}

function keepScroll(): void {
  try {
    history.replaceState({ scrolled: window.scrollY }, '')
  } catch {
    // Then going back leads to the top.
  }
}
