// The run folder `<outputDir>/<run id>/`, its marker, `latest`, and the removal of old runs. Only folders with our marker are ever
// removed. The output folder may be a link that its owner chose; links in it are not followed, because a checkout may contain them.

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
export const LATEST = 'latest'
const RECORDINGS = 'recordings'
/** Folder in the recordings during a run. */
const INCOMING = 'incoming'

export interface RunFolder {
  readonly id: string
  readonly directory: string
  /** Folder of saved recordings, resolved and compressed. */
  readonly recordings: string
  /** Folder in which workers write recordings. */
  readonly incoming: string
  /** Whether the run is of only a part of the suite. */
  readonly isPart: boolean
}

/** Creates the folder before any test runs. Throws a UserError if that fails. */
export function createRunFolder(outputDir: string, id: string, isPart = false): RunFolder {
  try {
    mkdirSync(outputDir, { recursive: true })
    // Fails if the name exists, for example as a link.
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

/** Creates the folder again if it was removed while tests ran. Returns whether it was. */
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
    // An existing file or link is kept.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** Creates a run folder that no worker records into. Throws errors of the file system. */
export function makeRunFolder(directory: string, id: string, isPart = false): RunFolder {
  const folder = { ...openRunFolder(directory), id, isPart }
  mkdirSync(folder.recordings, { recursive: true })
  writeMarker(folder)
  return folder
}

/** In the marker of runs of a part of the suite: removing old runs distinguishes them without reading more. */
const PART = 'part of the suite'

function writeMarker({ directory, id, isPart }: Pick<RunFolder, 'directory' | 'id' | 'isPart'>): void {
  writeWhole(join(directory, MARKER), isPart ? `${id}\n${PART}\n` : `${id}\n`)
}

function isPartRun(directory: string): boolean {
  try {
    return readFileSync(join(directory, MARKER), 'utf8').includes(PART)
  } catch {
    // It was removed in the meantime.
    return false
  }
}

/** Describes an existing run folder. */
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

/** Allowed content of a `latest` that is a text file. */
const RUN_ID = /^[\w-]+$/

export function isRunFolder(directory: string): boolean {
  return existsSync(join(directory, MARKER))
}

/** Points `latest` at the run, by a link, a junction or a text file. Returns it; undefined if a folder of the user has that name. */
export function pointLatest(outputDir: string, { id, directory }: RunFolder): string | undefined {
  const latest = join(outputDir, LATEST)
  if (lstatSync(latest, { throwIfNoEntry: false })?.isDirectory() === true) {
    // A copy that followed the link made it a run folder.
    if (!isRunFolder(latest)) return undefined
    rmSync(latest, { recursive: true, force: true })
  }
  // First under a unique name, because two runs may end at once.
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

/** Whether a run folder is in the folder of its path, directly or by a link. */
function liesBeside(run: string): boolean {
  return dirname(realpathSync(run)) === realpathSync(dirname(run))
}

/** Returns the names of the runs in a folder, the oldest first. */
export function runsIn(folder: string): string[] {
  if (!isFolder(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && isRunFolder(join(folder, entry.name)))
    .map(({ name }) => name)
    .toSorted()
}

export function isFolder(path: string): boolean {
  // statSync throws for a path below a file.
  return existsSync(path) && statSync(path).isDirectory()
}

/** A run that has not ended after this time never will. */
const LONGEST_RUN_MS = 24 * 60 * 60 * 1000

/**
 * Removes all finished runs but `keep`, and abandoned ones. The given run, which just ended, stays, with the newest others, by name.
 * Runs of the whole suite and of a part of it are counted separately.
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

/** Removes the folder of new recordings; call when no worker records any more. */
export function removeIncoming({ incoming }: RunFolder): void {
  rmSync(incoming, { recursive: true, force: true })
}
