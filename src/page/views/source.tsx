// A source file with the time of its lines, where the page carries its text.

import type { RunData } from '../data/run-data.js'
import { ALL_TIME } from '../data/selection.js'
import { plain, position } from '../data/text.js'
import { href, type Route } from '../routes.js'
import { SourceListing } from '../widgets/source-listing.js'
import { NeedsProfile } from './needs-profile.js'

export function SourcePage({ data, route }: { data: RunData; route: Route }) {
  const { profile } = data
  const file = route.params.get('file') ?? ''
  const line = Number(route.params.get('line') ?? 0)
  if (profile === undefined) return <NeedsProfile />
  const testFile = data.report.files.find(({ path }) => path === file)
  const isEmbedded = profile.sources[file] !== undefined
  return (
    <>
      <h1 class="path">{position(file, line)}</h1>
      <p class="choice">
        {testFile !== undefined && (
          <a href={href('file', { file: testFile.path, project: testFile.projectId })}>The test file</a>
        )}
        <a href={href('functions', { q: file })}>Its functions</a>
        <a href={href('imports', { q: file })}>What importing it costs</a>
        <a href={href('flame', { q: line > 0 ? `${file}:${line}` : file, value: ALL_TIME })}>
          In the flame graph
        </a>
      </p>
      {isEmbedded ? (
        <SourceListing profile={profile} file={file} line={line} />
      ) : (
        <NotEmbedded data={data} file={file} />
      )}
    </>
  )
}

function NotEmbedded({ data, file }: { data: RunData; file: string }) {
  const isKnown = data.report.lines.some(entry => entry.file === file)
  return (
    <p class="sub">
      Its text is not in this page: only those of the project’s hottest files are, and none with the option
      embedSource set to false.{' '}
      {isKnown ? 'The times of its lines are under Lines.' : 'No sample shows time in its own lines.'}{' '}
      <span class="path">{plain(`${data.report.run.displayRoot}/${file}`)}</span>
    </p>
  )
}
