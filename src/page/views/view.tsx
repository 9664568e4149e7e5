// What all views of a run share.

import type { RunData } from '../data/run-data.js'
import type { Route } from '../routes.js'

/** What each view of a run is given. */
export interface ViewProps {
  readonly data: RunData
  readonly route: Route
}

/** Shown for the moment between the first screen and the profile. */
export function NeedsProfile() {
  return (
    <p class="loading" role="status">
      Reading the profile …
    </p>
  )
}

export function NotFound({ what }: { what: string }) {
  return (
    <>
      <h1>Not in this run</h1>
      <p>
        {what} <a href="#overview">Back to the overview</a>
      </p>
    </>
  )
}
