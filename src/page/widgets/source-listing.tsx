// A file's source with the self time of each line.

import { duration } from '../../report/views/figures.js'
import { linesOfFile } from '../data/functions.js'
import type { ProfileData } from '../data/profile-data.js'
import { plain } from '../data/text.js'

/** Lines shown before and after the first and last one that took time. */
const AROUND = 6

export function SourceListing({ profile, file, line }: { profile: ProfileData; file: string; line: number }) {
  const text = profile.sources[file]
  if (text === undefined) return null
  const timeOf = new Map(linesOfFile(profile, file).map(row => [row.line, row.selfMs]))
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
        Self time by line <small class="path">{plain(file)}</small>
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
                    <code
                      style={
                        ms === undefined
                          ? {}
                          : {
                              background: `color-mix(in srgb, var(--hot) ${Math.round((60 * ms) / most)}%, transparent)`,
                            }
                      }
                    >
                      {sourceText(source)}
                    </code>
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

/** As it stands, but for what would act on the text around it. */
function sourceText(text: string): string {
  return text
    .replace(/\t/g, '  ')
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '�')
    .toWellFormed()
}
