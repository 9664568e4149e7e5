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
  /** What the view is about, such as a test; `''`: its tab says it. */
  readonly subject?: string
  readonly footer: ComponentChildren
  readonly children: ComponentChildren
}

export function PageFrame(props: PageFrameProps) {
  const { tabs, current, place, isRead, title, subject = '', footer, children } = props
  const main = useRef<HTMLElement>(null)
  const isFirst = useRef(true)
  const list = useRef<HTMLUListElement>(null)
  const wholeTitle = useRef(document.title)
  useScrollMemory(`${place} ${isRead}`)
  useEffect(() => {
    if (!isFirst.current) main.current?.focus({ preventScroll: true })
    isFirst.current = false
  }, [place])
  useEffect(() => {
    const own = subject || (tabs[current] ?? '')
    document.title = own === '' ? wholeTitle.current : `${own} · ${wholeTitle.current}`
  }, [subject, current])
  // On a phone, not all tabs are visible.
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>('[aria-current]')
    if (list.current === null || tab == null) return
    const middle = tab.offsetLeft - list.current.offsetLeft + tab.offsetWidth / 2
    list.current.scrollLeft = middle - list.current.clientWidth / 2
  }, [current])
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
          <ul ref={list}>
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
