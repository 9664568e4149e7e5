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
