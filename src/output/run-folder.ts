// The run folder: `<outputDir>/<run id>/`, its marker, `latest`, and the removal of old runs. Only folders that carry
// our own marker are ever removed.

import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '../collect/recording-file.js'
import { UserError } from '../user-error.js'

/** Not `.json`: Jest 30 would watch it. */
const MARKER = '.jest-profiler-run'
/** The link to the newest run. */
export const LATEST = 'latest'

export interface RunFolder {
  readonly id: string
  readonly directory: string
  /** Kept recordings, resolved and compressed. */
  readonly recordings: string
  /** Where workers leave theirs. */
  readonly incoming: string
}

/** Makes the folder before any test runs; throws a UserError when that cannot be done. */
export function createRunFolder(outputDir: string, id: string): RunFolder {
  const directory = join(outputDir, id)
  const recordings = join(directory, 'recordings')
  const incoming = join(recordings, 'incoming')
  try {
    mkdirSync(incoming, { recursive: true })
    writeWhole(join(directory, MARKER), `${id}\n`)
    const ignore = join(outputDir, '.gitignore')
    if (!existsSync(ignore)) writeFileSync(ignore, '*\n')
  } catch (error) {
    throw new UserError(
      `jest-profiler: outputDir "${outputDir}" cannot be written: ${(error as Error).message}. ` +
        'Make it writable, or set the option "outputDir" to a folder that is.',
      { cause: error },
    )
  }
  return { id, directory, recordings, incoming }
}

/** `2026-01-31T09-30-00-000Z-1a2b`: sorts by time, and is a file name everywhere. */
export function newRunId(startedAtMs: number, random: number): string {
  const suffix = Math.floor(random * 0x10000)
    .toString(16)
    .padStart(4, '0')
  return `${new Date(startedAtMs).toISOString().replaceAll(/[:.]/g, '-')}-${suffix}`
}

export function isRunFolder(directory: string): boolean {
  return existsSync(join(directory, MARKER))
}

/** Points `latest` at the run: a link, a junction, or where links are refused a text file with the run's id. */
export function pointLatest(outputDir: string, { id, directory }: RunFolder): void {
  const latest = join(outputDir, LATEST)
  const known = lstatSync(latest, { throwIfNoEntry: false })
  // Somebody's own folder of that name is left alone.
  if (known?.isDirectory() === true) return
  if (known !== undefined) rmSync(latest)
  try {
    symlinkSync(process.platform === 'win32' ? directory : id, latest, 'junction')
  } catch {
    writeFileSync(latest, `${id}\n`)
  }
}

/** The folder that a run's path, a folder of runs, or its `latest` stands for. Throws a UserError when it is none. */
export function findRunFolder(path: string): string {
  for (const candidate of [path, join(path, LATEST)]) {
    if (isRunFolder(candidate)) return candidate
    if (!isFile(candidate)) continue
    const named = join(candidate, '..', readFileSync(candidate, 'utf8').slice(0, 200).trim())
    if (isRunFolder(named)) return named
  }
  throw new UserError(
    `jest-profiler: "${path}" is no run folder. Name one below .jest-profiler/, such as .jest-profiler/latest.`,
  )
}

function isFile(path: string): boolean {
  try {
    return lstatSync(path).isFile()
  } catch {
    return false
  }
}

/** Removes all but the newest `keep` runs. */
export function removeOldRuns(outputDir: string, keep: number): void {
  const runs = readdirSync(outputDir, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && isRunFolder(join(outputDir, entry.name)))
    .map(({ name }) => name)
    .toSorted()
  for (const name of runs.slice(0, -keep)) rmSync(join(outputDir, name), { recursive: true, force: true })
}

export function removeRun({ directory }: RunFolder): void {
  rmSync(directory, { recursive: true, force: true })
}
