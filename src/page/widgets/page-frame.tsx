// The frame around all views of a page.

import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useScrollMemory } from '../navigation.js'
import { fragment } from '../routes.js'

interface PageFrameProps {
  /** Titles by view; the page begins with the first view. */
  readonly tabs: Readonly<Record<string, string>>
  readonly current: string
  /** Identifies the content: a new place takes the focus and begins at its top. */
  readonly place: string
  /** Whether all data has been read: until then, views do not have their full height. */
  readonly isRead: boolean
  readonly title: ComponentChildren
  readonly footer: ComponentChildren
  readonly children: ComponentChildren
}

export function PageFrame({ tabs, current, place, isRead, title, footer, children }: PageFrameProps) {
  const main = useRef<HTMLElement>(null)
  const isFirst = useRef(true)
  useScrollMemory(`${place} ${isRead}`)
  useEffect(() => {
    if (!isFirst.current) main.current?.focus({ preventScroll: true })
    isFirst.current = false
  }, [place])
  const skip = (event: MouseEvent) => {
    event.preventDefault()
    main.current?.focus()
  }
  return (
    <>
      <header class="page">
        <a class="skip" href={location.hash || fragment(Object.keys(tabs)[0] ?? '')} onClick={skip}>
          Skip to content
        </a>
        <p class="title">{title}</p>
        <nav aria-label="Views">
          <ul>
            {Object.entries(tabs).map(([view, text]) => (
              <li key={view}>
                <a href={fragment(view)} aria-current={current === view ? 'page' : undefined}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main ref={main} tabIndex={-1}>
        {children}
      </main>
      <footer>{footer}</footer>
    </>
  )
}
