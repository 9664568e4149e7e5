// What the page has read, from drawn profiles.

import { foldRecording } from '../../src/account/fold-recording.js'
import { packProfile } from '../../src/formats/html/pack-profile.js'
import type { ResolvedRecording } from '../../src/import/resolved-recording.js'
import { RunData } from '../../src/page/data/run-data.js'
import type { Profile } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import type { Report } from '../../src/report/report.js'
import { recordedFile, reportOf } from './run-record.js'

export interface DrawnRun {
  report: Report
  profile: Profile
}

export function runOf(recordings: readonly ResolvedRecording[]): DrawnRun {
  const builder = new ProfileBuilder()
  for (const recording of recordings) foldRecording(builder, recording)
  const files = recordings.map(recording => recordedFile(recording))
  return { report: reportOf(recordings, { files }), profile: builder.build() }
}

export function pageOf(
  recordings: readonly ResolvedRecording[],
  sources: Readonly<Record<string, string>> = {},
) {
  const { report, profile } = runOf(recordings)
  const data = new RunData({ report, artifacts: {} }, packProfile(profile, report, { sources }))
  if (data.profile === undefined) throw new Error('the page has read no profile')
  return { data, profile: data.profile, report, whole: profile }
}
