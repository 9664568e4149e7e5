// A saved run, or a part of it, as one artifact.

import type { ArtifactName } from '../formats/artifact-names.js'
import { toFileCpuProfile } from '../formats/profiles/cpuprofile.js'
import type { Options } from '../options/options.js'
import type { Profile } from '../profile/profile.js'
import type { Content } from '../recording/recording-file.js'
import type { RunRecord } from '../report/record/run-record.js'
import type { Report } from '../report/report.js'
import { openRunFolder } from '../storage/run-folder.js'
import { RunStore } from '../storage/run-store.js'
import { ARTIFACT_FILES } from './artifact-files.js'

interface Exported {
  readonly directory: string
  readonly report: Report
  readonly profile: Profile
  readonly record: Pick<RunRecord, 'files'>
}

export function exportContent(format: ArtifactName, run: Exported, options: Options): Content {
  const inOrder = format === 'cpuprofile' ? cpuProfileInOrder(run) : undefined
  return inOrder ?? ARTIFACT_FILES[format].content({ ...run, options })
}

/** One test file, or one test of it, in the order of time; undefined for more than that. */
function cpuProfileInOrder({ directory, record: { files } }: Exported): string | undefined {
  const [file, ...others] = files
  if (file?.recording === undefined || others.length > 0) return undefined
  const recording = new RunStore(openRunFolder(directory)).read(file.recording.name)
  if (file.onlyTests === undefined) return toFileCpuProfile(recording)
  const spans = recording.tests.filter(({ index }) => file.onlyTests?.has(index))
  const last = spans.at(-1)
  // Attempts at one test: as elsewhere, the last one counts.
  const isOneTest = new Set(spans.map(({ index }) => index)).size === 1
  return isOneTest && last !== undefined ? toFileCpuProfile(recording, last) : undefined
}
