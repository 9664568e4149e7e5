// The data of the page, from drawn recordings.

import { packProfile } from '../../src/formats/html/html.js'
import { RunData } from '../../src/page/data/run-data.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { drawnRun } from './drawn-run.js'

export function pageOf(
  recordings: readonly ResolvedRecording[],
  sources: Readonly<Record<string, string>> = {},
) {
  const { report, profile: whole } = drawnRun(recordings)
  const data = new RunData({ report, artifacts: {} }, packProfile(whole, report, { sources }))
  if (data.profile === undefined) throw new Error('the page has read no profile')
  return { data, profile: data.profile, report, whole }
}
