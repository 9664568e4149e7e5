// What a finding is about is pointed out in the timeline: while the mouse or the focus is on the finding, or as long as the
// link of the view names it.

import { type ComponentChildren, createContext } from 'preact'
import { useContext, useMemo, useState } from 'preact/hooks'

interface Spotlight {
  /** Paths of test files; undefined: nothing is pointed out. */
  readonly files: ReadonlySet<string> | undefined
  readonly point: (files: readonly string[] | undefined) => void
}

const Context = createContext<Spotlight>({ files: undefined, point: () => undefined })

/** `chosen`: the files that are pointed out while nothing else is. Only what uses the spotlight is drawn again. */
export function SpotlightArea(props: { chosen: readonly string[] | undefined; children: ComponentChildren }) {
  const [pointed, point] = useState<readonly string[]>()
  const files = pointed ?? props.chosen
  const value = useMemo(() => ({ files: files && new Set(files), point }), [files])
  return <Context.Provider value={value}>{props.children}</Context.Provider>
}

export function useSpotlight(): Spotlight {
  return useContext(Context)
}
