// The one file that each artifact is, and what makes it. A new format is a line here and a name in its table.

import { gzipSync } from 'node:zlib'
import type { ArtifactName } from '../formats/artifact-names.js'
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

interface Source {
  readonly report: Report
  readonly profile: Profile
  readonly options: Options
}

interface ArtifactFile {
  readonly name: string
  readonly content: (source: Source) => Content
}

/** All but `html`, which names the others and so comes after them. */
export const ARTIFACT_FILES: Readonly<Record<Exclude<ArtifactName, 'html'>, ArtifactFile>> = {
  markdown: { name: 'report.md', content: ({ report, options }) => toMarkdown(report, options) },
  json: { name: 'report.json', content: ({ report }) => jsonOf(report) },
  cpuprofile: { name: 'profile.cpuprofile', content: ({ profile }) => toRunCpuProfile(profile) },
  speedscope: {
    name: 'profile.speedscope.json',
    content: ({ profile, report }) => toSpeedscope(profile, report),
  },
  pprof: { name: 'profile.pb.gz', content: ({ profile, report }) => pprofParts(profile, report) },
  firefox: {
    name: 'profile.firefox.json.gz',
    content: ({ profile, report }) => gzipSync(toFirefox(profile, report)),
  },
  trace: {
    name: 'profile.trace.json.gz',
    content: ({ profile, report }) => gzipSync(toTrace(profile, report)),
  },
  collapsed: {
    name: 'profile.collapsed.txt',
    content: ({ profile, report }) => toCollapsed(profile, report),
  },
}
