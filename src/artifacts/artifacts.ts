// Writes the artifacts of a run. The only module that does.

import { mkdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type ArtifactName, isHeapFormat, isProfileFormat } from '../formats/artifact-names.js'
import { toFileCpuProfile } from '../formats/profiles/cpuprofile.js'
import type { Options } from '../options/options.js'
import type { Profile } from '../profile/profile.js'
import { writeWhole } from '../recording/recording-file.js'
import type { Report } from '../report/report.js'
import { hasProfile } from '../report/views/profiled.js'
import type { RunFolder } from '../storage/run-folder.js'
import type { RunStore } from '../storage/run-store.js'
import { ARTIFACT_FILES } from './artifact-files.js'
import { selectProfiles } from './selected-profiles.js'

export interface ArtifactInput {
  readonly report: Report
  readonly profile: Profile
  readonly options: Options
  readonly folder: RunFolder
  readonly store: RunStore
  /** Whether a `.json` file in the run folder would make Jest's watch mode run again. */
  readonly jsonTriggersWatch: boolean
  /** Called after each artifact. */
  readonly progress?: (done: number, total: number) => void
}

export interface WrittenArtifacts {
  /** Absolute paths of the run's own artifacts, in the order of the option. */
  readonly paths: Partial<Record<ArtifactName, string>>
  /** A line for each artifact that could not be written. */
  readonly problems: string[]
  /** A line for each artifact that was left out intentionally. */
  readonly notes: string[]
}

/** Writes all selected artifacts. A failure of one does not affect the others. */
export function writeArtifacts(input: ArtifactInput): WrittenArtifacts {
  const { folder } = input
  const written: WrittenArtifacts = { paths: {}, problems: [], notes: [] }
  const attempt = (what: string, write: () => void) => {
    try {
      write()
    } catch (error) {
      written.problems.push(
        `jest-profiler: ${what} could not be written: ${(error as Error).message}. Fix this, or remove it from the option "artifacts".`,
      )
    }
  }
  const writeOne = (artifact: ArtifactName) => {
    const { name, content } = ARTIFACT_FILES[artifact]
    const others = Object.entries(written.paths).map(([other, path]) => [other, basename(path)])
    attempt(name, () => {
      const path = join(folder.directory, name)
      writeWhole(path, content({ ...input, others: Object.fromEntries(others) }))
      written.paths[artifact] = path
    })
  }
  const { wanted, notes } = possibleArtifacts(input)
  written.notes.push(...notes)
  let done = 0
  for (const artifact of wanted) {
    if (artifact === 'html') continue
    const { name } = ARTIFACT_FILES[artifact]
    if (input.jsonTriggersWatch && name.endsWith('.json')) written.notes.push(leftOutWhileWatching(name))
    else writeOne(artifact)
    input.progress?.(++done, wanted.size)
  }
  attempt('.cpuprofile files of single files and tests', () => writeSelectedProfiles(input, wanted))
  // The page comes last, because it lists the others.
  if (wanted.has('html')) writeOne('html')
  return written
}

/** Without a profile, only the reports; what was allocated, only where that was recorded. */
function possibleArtifacts(input: ArtifactInput): { wanted: Set<ArtifactName>; notes: string[] } {
  const { wanted, notes } = withoutUnknownTimes(input)
  if (input.report.memory?.allocated != null) return { wanted, notes }
  const left = [...wanted].filter(isHeapFormat)
  const names = left.map(artifact => ARTIFACT_FILES[artifact].name)
  if (names.length === 0) return { wanted, notes }
  const note = `jest-profiler: not written, because this run recorded no allocations: ${names.join(', ')}. Set the option "memory".`
  return { wanted: new Set([...wanted].filter(artifact => !isHeapFormat(artifact))), notes: [...notes, note] }
}

function withoutUnknownTimes({ report, options: { artifacts, perFile, perTest } }: ArtifactInput) {
  const all = new Set(artifacts)
  if (hasProfile(report)) return { wanted: all, notes: [] }
  const left = [...all].filter(isProfileFormat)
  const names = left.map(artifact => ARTIFACT_FILES[artifact].name)
  if (left.length === 0 && all.size > 0 && [perFile, perTest].includes('all'))
    names.push('.cpuprofile files of files and tests')
  const wanted = new Set([...all].filter(artifact => !isProfileFormat(artifact)))
  const note = `jest-profiler: not written, because this run has no profile (engine 'none'): ${names.join(', ')}.`
  return { wanted, notes: names.length === 0 ? [] : [note] }
}

function leftOutWhileWatching(name: string): string {
  return (
    `jest-profiler: ${name} is not written in watch mode, because Jest would run again when it changes. ` +
    'Use withProfiler(config), or add the outputDir to `watchPathIgnorePatterns`.'
  )
}

/** Those of the slowest files and tests belong to the artifact `cpuprofile`; all of them are written where that is asked for. */
function writeSelectedProfiles(
  { report, options, folder, store }: ArtifactInput,
  wanted: ReadonlySet<string>,
): void {
  const which = (option: Options['perFile']) =>
    hasProfile(report) && (wanted.has('cpuprofile') || (wanted.size > 0 && option === 'all'))
      ? option
      : 'none'
  const [perFile, perTest] = [which(options.perFile), which(options.perTest)]
  let gone = 0
  for (const { file, wholeFile, tests } of selectProfiles(report, { ...options, perFile, perTest })) {
    if (file.recording === null) continue
    if (!store.has(file.recording)) {
      gone++
      continue
    }
    const recording = store.read(file.recording)
    if (wholeFile !== undefined) writeBelow(folder.directory, wholeFile, toFileCpuProfile(recording))
    for (const { path, index, attempt } of tests) {
      const span = recording.tests.find(test => test.index === index && test.attempt === attempt)
      if (span !== undefined) writeBelow(folder.directory, path, toFileCpuProfile(recording, span))
    }
  }
  if (gone > 0) throw new Error(`${gone} of their recordings are not in the run folder`)
}

function writeBelow(directory: string, name: string, content: string): void {
  const path = join(directory, name)
  mkdirSync(dirname(path), { recursive: true })
  writeWhole(path, content)
}
