// The file and the content of each artifact. A new format is a line here, and a name in the table of formats.

import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { extname, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { ArtifactName } from '../formats/artifact-names.js'
import { hotSources } from '../formats/html/hot-sources.js'
import { toHtml } from '../formats/html/html.js'
import type { PageAssets } from '../formats/html/page-shell.js'
import { jsonOf } from '../formats/json.js'
import { toMarkdown } from '../formats/markdown/markdown.js'
import { toCollapsed } from '../formats/profiles/collapsed.js'
import { toFileCpuProfile, toRunCpuProfile } from '../formats/profiles/cpuprofile.js'
import { toFirefox } from '../formats/profiles/firefox.js'
import { toHeapProfile } from '../formats/profiles/heapprofile.js'
import { pprofParts } from '../formats/profiles/pprof.js'
import { toSpeedscope } from '../formats/profiles/speedscope.js'
import { toTrace } from '../formats/profiles/trace.js'
import type { Options } from '../options/options.js'
import { ownFile } from '../own-files.js'
import type { Profile } from '../profile/profile.js'
import type { Content } from '../recording/recording-file.js'
import type { RunRecord } from '../report/record/run-record.js'
import type { Report } from '../report/report.js'
import { openRunFolder } from '../storage/run-folder.js'
import { RunStore } from '../storage/run-store.js'

interface Source {
  readonly report: Report
  readonly profile: Profile
  readonly options: Options
  /** File names of the run's other artifacts, which the page lists. */
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
  heapprofile: { name: 'profile.heapprofile', content: run => toHeapProfile(run.profile) },
  firefox: { name: 'profile.firefox.json.gz', content: run => gzipSync(toFirefox(run.profile, run.report)) },
  trace: { name: 'profile.trace.json.gz', content: run => gzipSync(toTrace(run.profile, run.report)) },
  collapsed: { name: 'profile.collapsed.txt', content: run => toCollapsed(run.profile, run.report) },
}

function pageOf({ report, profile, options, others = {} }: Source): string {
  const { displayRoot } = report.run
  const readSource = sourceReader(displayRoot)
  const sources = options.embedSource ? hotSources(profile, { displayRoot, readSource }) : {}
  return toHtml(profile, report, { assets: readPageAssets(), sources, artifacts: others })
}

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

/** Returns the samples of one test file or test in the order of time; undefined for a larger selection. */
function cpuProfileInOrder({ directory, record: { files } }: Exported): string | undefined {
  const [file, ...others] = files
  if (file?.recording === undefined || others.length > 0) return undefined
  const recording = new RunStore(openRunFolder(directory)).read(file.recording.name)
  if (file.onlyTests === undefined) return toFileCpuProfile(recording)
  const spans = recording.tests.filter(({ index }) => file.onlyTests?.has(index))
  const last = spans.at(-1)
  // The last of several attempts counts.
  const isOneTest = new Set(spans.map(({ index }) => index)).size === 1
  return isOneTest && last !== undefined ? toFileCpuProfile(recording, last) : undefined
}

/** Returns the bundled code of all pages. */
export function readPageAssets(): PageAssets {
  const read = (name: string) => readFileSync(ownFile(`page/${name}`), 'utf8')
  return { script: read('main.js'), style: read('style.css') }
}

/** Bytes; larger files are shown without their text anyway. */
const LARGEST = 2 * 1024 * 1024

/** Extensions of code: other files may contain secrets and settings. */
const CODE =
  /^\.(?:[cm]?[jt]sx?|es6?|vue|svelte|astro|mdx|coffee|litcoffee|civet|imba|ls|res|re|ml|elm|marko)$/i

/** Returns the text of a file by its absolute path; undefined outside `displayRoot`, if it is no code, and if it cannot be read. */
export function sourceReader(displayRoot: string): (path: string) => string | undefined {
  return path => {
    try {
      if (!CODE.test(extname(path)) || !liesIn(displayRoot, path)) return undefined
      const { size } = lstatSync(path)
      return size <= LARGEST ? readFileSync(path, 'utf8') : undefined
    } catch {
      return undefined
    }
  }
}

/** Whether a path is a regular file in the folder, and does not leave it by `..` or a link. Reading a pipe may never end. */
function liesIn(displayRoot: string, path: string): boolean {
  const folder = realpathSync(displayRoot)
  const prefix = folder.endsWith(sep) ? folder : folder + sep
  return lstatSync(path).isFile() && realpathSync(path).startsWith(prefix)
}
