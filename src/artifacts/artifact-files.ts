// The one file that each artifact is, and what makes it. A new format is a line here and a name in its table.

import { gzipSync } from 'node:zlib'
import type { ArtifactName } from '../formats/artifact-names.js'
import { hotSources } from '../formats/html/hot-sources.js'
import { toHtml } from '../formats/html/html.js'
import { jsonOf } from '../formats/json.js'
import { toMarkdown } from '../formats/markdown/markdown.js'
import { toCollapsed } from '../formats/profiles/collapsed.js'
import { toRunCpuProfile } from '../formats/profiles/cpuprofile.js'
import { toFirefox } from '../formats/profiles/firefox.js'
import { pprofParts } from '../formats/profiles/pprof.js'
import { toSpeedscope } from '../formats/profiles/speedscope.js'
import { toTrace } from '../formats/profiles/trace.js'
import type { Options } from '../options/options.js'
import type { Profile } from '../profile/profile.js'
import type { Content } from '../recording/recording-file.js'
import type { Report } from '../report/report.js'
import { readPageAssets } from './page-assets.js'
import { sourceReader } from './source-file.js'

interface Source {
  readonly report: Report
  readonly profile: Profile
  readonly options: Options
  /** File names of the run's other artifacts, which the page names. */
  readonly others?: Readonly<Record<string, string>>
}

interface ArtifactFile {
  readonly name: string
  readonly content: (source: Source) => Content
}

export const ARTIFACT_FILES: Readonly<Record<ArtifactName, ArtifactFile>> = {
  html: { name: 'report.html', content: pageOf },
  markdown: { name: 'report.md', content: run => toMarkdown(run.report, run.options) },
  json: { name: 'report.json', content: run => jsonOf(run.report) },
  cpuprofile: { name: 'profile.cpuprofile', content: run => toRunCpuProfile(run.profile) },
  speedscope: { name: 'profile.speedscope.json', content: run => toSpeedscope(run.profile, run.report) },
  pprof: { name: 'profile.pb.gz', content: run => pprofParts(run.profile, run.report) },
  firefox: { name: 'profile.firefox.json.gz', content: run => gzipSync(toFirefox(run.profile, run.report)) },
  trace: { name: 'profile.trace.json.gz', content: run => gzipSync(toTrace(run.profile, run.report)) },
  collapsed: { name: 'profile.collapsed.txt', content: run => toCollapsed(run.profile, run.report) },
}

function pageOf({ report, profile, options, others = {} }: Source): string {
  const { displayRoot } = report.run
  const readSource = sourceReader(displayRoot)
  const sources = options.embedSource ? hotSources(profile, { displayRoot, readSource }) : {}
  return toHtml(profile, report, { assets: readPageAssets('main'), sources, artifacts: others })
}
