// The properties of all views, and views without content.

import type { ComponentChildren } from 'preact'
import type { RunData } from '../data/run-data.js'
import type { Route } from '../routes.js'

export interface ViewProps {
  readonly data: RunData
  readonly route: Route
}

/** Shown until the profile has been read. */
export function NeedsProfile() {
  return (
    <p class="loading" role="status">
      Reading the profile …
    </p>
  )
}

export function NotFound({ what }: { what: ComponentChildren }) {
  return (
    <>
      <h1>Not in this run</h1>
      <p>
        {what} <a href="#overview">Back to the overview</a>
      </p>
    </>
  )
}
