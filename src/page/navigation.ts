// The browser's side of routes: following the fragment, and changing it.

import { useEffect, useState } from 'preact/hooks'
import { parseRoute, type Route } from './routes.js'

/** `replace`: while someone types, the back button should not have to undo every letter. */
export function navigate(target: string, { replace = false } = {}): void {
  if (!replace) {
    location.hash = target
    return
  }
  history.replaceState(null, '', target)
  window.dispatchEvent(new HashChangeEvent('hashchange'))
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
