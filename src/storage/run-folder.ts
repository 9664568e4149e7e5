// The run folder: `<outputDir>/<run id>/`, its marker, `latest`, and the removal of old runs. Only folders that carry
// our own marker are ever removed. The folder of runs may be a link, for whoever chose it; links within it are not
// followed, because they may have come with a checkout.

import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { UserError } from '../errors/user-error.js'
import { writeWhole } from '../recording/recording-file.js'

/** Not `.json`: Jest 30 would watch it. */
const MARKER = '.jest-profiler-run'
/** The link to the newest run. */
export const LATEST = 'latest'
const RECORDINGS = 'recordings'
/** Below the recordings while a run goes on. */
const INCOMING = 'incoming'

export interface RunFolder {
  readonly id: string
  readonly directory: string
  /** Kept recordings, resolved and compressed. */
  readonly recordings: string
  /** Where workers leave theirs. */
  readonly incoming: string
  /** Whether the run is about a part of the suite only. */
  readonly isPart: boolean
}

/** Makes the folder before any test runs; throws a UserError when that cannot be done. */
export function createRunFolder(outputDir: string, id: string, isPart = false): RunFolder {
  try {
    mkdirSync(outputDir, { recursive: true })
    // Whatever has that name already, such as a link, is not filled.
    mkdirSync(join(outputDir, id))
    const folder = makeRunFolder(join(outputDir, id), id, isPart)
    mkdirSync(folder.incoming)
    hideFromGit(outputDir)
    return folder
  } catch (error) {
    throw new UserError(
      `jest-profiler: outputDir "${outputDir}" cannot be written: ${(error as Error).message}. ` +
        'Make it writable, or set the option "outputDir" to a writable folder.',
      { cause: error },
    )
  }
}

/** Makes it again if somebody has removed it while tests ran; returns whether that was so. */
export function restoreRunFolder({ directory, incoming, id, isPart }: RunFolder): boolean {
  if (existsSync(incoming)) return false
  mkdirSync(incoming, { recursive: true })
  writeMarker({ directory, id, isPart })
  return true
}

function hideFromGit(outputDir: string): void {
  try {
    writeFileSync(join(outputDir, '.gitignore'), '*\n', { flag: 'wx' })
  } catch (error) {
    // The user's own, or a link, which is not written through.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** A run folder that no worker records into. Throws what the file system throws. */
export function makeRunFolder(directory: string, id: string, isPart = false): RunFolder {
  const folder = { ...openRunFolder(directory), id, isPart }
  mkdirSync(folder.recordings, { recursive: true })
  writeMarker(folder)
  return folder
}

/** Stands in the marker of a run of a part of the suite: removing old runs tells them apart without reading them. */
const PART = 'part of the suite'

function writeMarker({ directory, id, isPart }: Pick<RunFolder, 'directory' | 'id' | 'isPart'>): void {
  writeWhole(join(directory, MARKER), isPart ? `${id}\n${PART}\n` : `${id}\n`)
}

function isPartRun(directory: string): boolean {
  try {
    return readFileSync(join(directory, MARKER), 'utf8').includes(PART)
  } catch {
    // It has just been removed.
    return false
  }
}

/** One that is there already. */
export function openRunFolder(directory: string): RunFolder {
  const recordings = join(directory, RECORDINGS)
  const isPart = isPartRun(directory)
  return { id: basename(directory), directory, recordings, incoming: join(recordings, INCOMING), isPart }
}

/** `2026-01-31T09-30-00-000Z-1a2b`: sorts by time, and is a file name everywhere. */
export function newRunId(startedAtMs: number, random: number): string {
  const suffix = Math.floor(random * 0x10000)
    .toString(16)
    .padStart(4, '0')
  return `${new Date(startedAtMs).toISOString().replaceAll(/[:.]/g, '-')}-${suffix}`
}

/** What `latest` may say as a text. */
const RUN_ID = /^[\w-]+$/

export function isRunFolder(directory: string): boolean {
  return existsSync(join(directory, MARKER))
}

/** Points `latest` at the run, by a link, a junction or a text file. Returns it; undefined if a folder of the user has that name. */
export function pointLatest(outputDir: string, { id, directory }: RunFolder): string | undefined {
  const latest = join(outputDir, LATEST)
  if (lstatSync(latest, { throwIfNoEntry: false })?.isDirectory() === true) {
    // A copy that followed the link made a run of it.
    if (!isRunFolder(latest)) return undefined
    rmSync(latest, { recursive: true, force: true })
  }
  // Under a name of its own first: two runs may end at once.
  const link = join(outputDir, `.${LATEST}-${id}`)
  try {
    symlinkSync(process.platform === 'win32' ? directory : id, link, 'junction')
  } catch {
    writeFileSync(link, `${id}\n`, { flag: 'wx' })
  }
  renameSync(link, latest)
  return latest
}

/** Returns the run folder at a path, or a folder's latest run, even if its `latest` is lost. Throws a UserError if there is none. */
export function findRunFolder(path: string): string {
  if (isRunFolder(path)) return path
  const latest = join(path, LATEST)
  if (isRunFolder(latest) && liesBeside(latest)) return latest
  for (const file of [path, latest]) {
    const named =
      existsSync(file) && lstatSync(file).isFile() ? readFileSync(file, 'utf8').slice(0, 200).trim() : ''
    const directory = join(file, '..', named)
    if (RUN_ID.test(named) && isRunFolder(directory) && liesBeside(directory)) return directory
  }
  const newest = runsIn(path).at(-1)
  if (newest !== undefined) return join(path, newest)
  throw new UserError(
    `jest-profiler: "${path}" is not a run folder. Name one below .jest-profiler/, such as .jest-profiler/latest.`,
  )
}

/** Whether a run lies where its path says, or a link leads to one that does. */
function liesBeside(run: string): boolean {
  return dirname(realpathSync(run)) === realpathSync(dirname(run))
}

/** Names, the oldest first. */
export function runsIn(folder: string): string[] {
  if (!isFolder(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && isRunFolder(join(folder, entry.name)))
    .map(({ name }) => name)
    .toSorted()
}

export function isFolder(path: string): boolean {
  // What lies below a file is no missing entry to statSync, but an error.
  return existsSync(path) && statSync(path).isDirectory()
}

/** A run that has not ended by then never will. */
const LONGEST_RUN_MS = 24 * 60 * 60 * 1000

/**
 * Removes all finished runs but `keep`, and what runs have left that never ended. Those that stay are the given one,
 * which has just ended, and the newest of the others: by their names, for which a clock that is wrong once is enough. Whole runs
 * and those of a part of the suite do not push each other out.
 */
export function removeOldRuns(
  outputDir: string,
  keep: number,
  { id, isPart }: Pick<RunFolder, 'id' | 'isPart'>,
): void {
  const runs = runsIn(outputDir).filter(name => name !== id && isPartRun(join(outputDir, name)) === isPart)
  const isRecording = (name: string) => existsSync(join(outputDir, name, RECORDINGS, INCOMING))
  const finished = runs.filter(name => !isRecording(name))
  const ageMs = (name: string) => Date.now() - statSync(join(outputDir, name, MARKER)).mtimeMs
  const abandoned = runs.filter(name => isRecording(name) && ageMs(name) > LONGEST_RUN_MS)
  const old = finished.slice(0, Math.max(0, finished.length - (keep - 1)))
  for (const name of [...old, ...abandoned]) {
    rmSync(join(outputDir, name), { recursive: true, force: true })
  }
}

export function removeRun({ directory }: RunFolder): void {
  rmSync(directory, { recursive: true, force: true })
}

/** Workers record no more. */
export function removeIncoming({ incoming }: RunFolder): void {
  rmSync(incoming, { recursive: true, force: true })
}
