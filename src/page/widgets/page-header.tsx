import type { ComponentChildren } from 'preact'
import { fragment } from '../routes.js'

interface PageHeaderProps {
  /** Views and their titles; the first is where the page begins. */
  readonly tabs: readonly (readonly [view: string, title: string])[]
  readonly current: string
  readonly onSkip: () => void
  /** What the page is about. */
  readonly children: ComponentChildren
}

export function PageHeader({ tabs, current, onSkip, children }: PageHeaderProps) {
  return (
    <header class="page">
      <a
        class="skip"
        href={location.hash || fragment(tabs[0]?.[0] ?? '')}
        onClick={event => {
          event.preventDefault()
          onSkip()
        }}
      >
        Skip to content
      </a>
      <p class="title">{children}</p>
      <nav aria-label="Views">
        <ul>
          {tabs.map(([view, title]) => (
            <li key={view}>
              <a href={fragment(view)} aria-current={current === view ? 'page' : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  )
}
