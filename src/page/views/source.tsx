// A source file with the self time of each line, if the page contains its text.

import { duration } from '../../report/views/figures.js'
import { hasProfile } from '../../report/views/profiled.js'
import { EDITORS } from '../data/editors.js'
import { linesOfFile } from '../data/functions.js'
import type { ProfileData, RunData } from '../data/run-data.js'
import { ALL_TIME } from '../data/selection.js'
import { codeText, position, sanitize } from '../data/text.js'
import { fileLink, href } from '../routes.js'
import { NeedsProfile, type ViewProps } from './view.js'

export function SourcePage({ data, route }: ViewProps) {
  const { profile } = data
  const file = route.params.get('file') ?? ''
  const line = Number(route.params.get('line') ?? 0)
  if (profile === undefined) return <NeedsProfile />
  const testFile = data.report.files.find(({ path }) => path === file)
  const isProfiled = hasProfile(data.report)
  const isEmbedded = profile.sources[file] !== undefined
  return (
    <>
      <h1 class="path">{position(file, line)}</h1>
      <p class="choice">
        {testFile !== undefined && <a href={fileLink(testFile)}>The test file</a>}
        {isProfiled && <a href={href('functions', { q: file })}>Its functions</a>}
        <a href={href('imports', { q: file })}>What importing it costs</a>
        {isProfiled && (
          <a href={href('flame', { q: line > 0 ? `${file}:${line}` : file, value: ALL_TIME })}>
            In the flame graph
          </a>
        )}
        <EditorLinks path={`${data.report.run.displayRoot}/${file}`.toWellFormed()} line={line} />
      </p>
      {isEmbedded ? (
        <SourceListing profile={profile} file={file} line={line} />
      ) : (
        <NotEmbedded data={data} file={file} />
      )}
    </>
  )
}

/** They work where the page is read on the machine that has the code. */
function EditorLinks({ path, line }: { path: string; line: number }) {
  return (
    <span class="sub">
      Open in{' '}
      {EDITORS.map(({ name, urlOf }, index) => (
        <span key={name}>
          {index > 0 && ' · '}
          <a href={urlOf({ path, line })}>{name}</a>
        </span>
      ))}
    </span>
  )
}

function NotEmbedded({ data, file }: { data: RunData; file: string }) {
  const isKnown = data.report.lines.some(entry => entry.file === file)
  const path = sanitize(`${data.report.run.displayRoot}/${file}`)
  if (!hasProfile(data.report)) return <p class="path">{path}</p>
  return (
    <p class="sub">
      This report embeds the source of the hottest files only (none with embedSource: false).{' '}
      {isKnown ? 'For the times of its lines, see Lines.' : 'No samples in its own lines.'}{' '}
      <span class="path">{path}</span>
    </p>
  )
}

/** Lines of context around each line that took time. */
const AROUND = 6

export function SourceListing({ profile, file, line }: { profile: ProfileData; file: string; line: number }) {
  const text = profile.sources[file]
  if (text === undefined) return null
  const timeOf = linesOfFile(profile, file)
  const most = Math.max(...timeOf.values(), 0)
  const lines = text.split('\n')
  const shown = lines.flatMap((source, index) => {
    const number = index + 1
    const isNear = [...timeOf.keys(), line].some(hot => Math.abs(hot - number) <= AROUND)
    return isNear ? [{ number, source }] : []
  })
  return (
    <section class="source">
      <h2>
        Self time by line <small class="path">{sanitize(file)}</small>
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Source, scrolls sideways">
        <table>
          <caption class="hidden">Self time of each line</caption>
          <tbody>
            {shown.map(({ number, source }, index) => {
              const ms = timeOf.get(number)
              const isAfterGap = index > 0 && shown[index - 1]?.number !== number - 1
              return (
                <tr key={number} class={`${isAfterGap ? 'gap' : ''} ${number === line ? 'here' : ''}`}>
                  <td class="number">{ms === undefined ? '' : duration(ms)}</td>
                  <th scope="row" class="number">
                    {number}
                  </th>
                  <td>
                    <code style={{ background: heat(ms, most) }}>{codeText(source)}</code>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function heat(ms: number | undefined, most: number): string | undefined {
  if (ms === undefined) return undefined
  return `color-mix(in srgb, var(--hot) ${Math.round((60 * ms) / most)}%, transparent)`
}
