// Names of runs on the command line → run folders.

import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { UserError } from '../errors/user-error.js'
import { findByGlob } from '../globs.js'
import { compareText } from '../profile/order.js'
import { findRunFolder, isFolder, isRunFolder, LATEST, runsIn } from '../storage/run-folder.js'

const OUTPUT_DIR = '.jest-profiler'

/** Returns the run folder, by default of the latest run. Throws a UserError if there is none. */
export function findRun(run: string | undefined, cwd: string): string {
  if (run !== undefined) return findRunFolder(findRunPath(run, cwd))
  const outputDir = findOutputDir(cwd)
  return newestIn(outputDir) ?? findRunFolder(outputDir)
}

/** Returns the nearest folder of runs. Throws a UserError if there is none. */
export function findOutputDir(cwd: string): string {
  const outputDir = findNearestOutputDir(cwd)
  if (outputDir !== undefined) return outputDir
  throw new UserError(
    `jest-profiler: there is no ${OUTPUT_DIR} in ${cwd}, above it or in a project below it. Record a run with \`npx jest-profiler\`, or name a run folder.`,
  )
}

/** Returns the path of a run named by path, id, `latest`, or `latest~1` for the one before. Throws a UserError if there is none. */
export function findRunPath(run: string, cwd: string): string {
  const path = resolve(cwd, run)
  if (basename(path) === LATEST && existsSync(path)) return newestIn(dirname(path)) ?? path
  if (existsSync(path)) return path
  const latest = /^(?:(.*)\/)?latest(?:~(\d+))?$/.exec(run)
  if (latest !== null) {
    const [, folder = '', back = '0'] = latest
    return findEarlierRun(folder === '' ? findOutputDir(cwd) : resolve(cwd, folder), Number(back))
  }
  const outputDir = findNearestOutputDir(cwd)
  const byId = outputDir === undefined ? undefined : join(outputDir, run)
  if (byId !== undefined && existsSync(byId)) return byId
  const below = outputDir === undefined ? '' : `, nor a run of that id in ${outputDir}`
  throw new UserError(
    `jest-profiler: there is no run ${JSON.stringify(run)}: no such folder${below}. \`npx jest-profiler list\` lists the runs.`,
  )
}

/** The link `latest` leads to the run that ended last: one that was cut off may be newer, and is what a user asks about then. */
function newestIn(outputDir: string): string | undefined {
  const newest = runsIn(outputDir).at(-1)
  if (newest === undefined) return undefined
  const [path, latest] = [newest, LATEST].map(name => join(outputDir, name)) as [string, string]
  return isRunFolder(latest) && realpathSync(latest) === realpathSync(path) ? latest : path
}

/** Returns a run by its distance from the newest. */
function findEarlierRun(outputDir: string, back: number): string {
  const runs = runsIn(outputDir)
  const run = runs.at(-1 - back)
  if (run !== undefined && back < runs.length) return join(outputDir, run)
  const oldest = runs.length === 0 ? 'there is none' : `the oldest is latest~${runs.length - 1}`
  throw new UserError(
    `jest-profiler: there is no run latest~${back} in ${outputDir}: ${oldest}. \`npx jest-profiler list\` lists the runs.`,
  )
}

/**
 * Returns the runs of one side of a comparison, sorted: `path` is a run folder, or holds run folders, directly or one level deeper.
 * Throws a UserError if there is none.
 */
export function runsOfSide(path: string): string[] {
  const runs = isRunFolder(path) ? [path] : runsBelow(path, DEPTH)
  if (runs.length > 0) return runs
  throw new UserError(
    `jest-profiler: there is no run in ${JSON.stringify(path)}. Name a run folder, or a folder of run folders.`,
  )
}

/** Levels of folders that are searched for runs. */
const DEPTH = 2

function runsBelow(folder: string, depth: number): string[] {
  if (!isFolder(folder)) return []
  return (
    readdirSync(folder, { withFileTypes: true })
      // `latest` is one of the other runs, even if it was copied as a folder.
      .filter(entry => entry.isDirectory() && entry.name !== LATEST && entry.name !== 'node_modules')
      .map(({ name }) => join(folder, name))
      .toSorted()
      .flatMap(child => {
        if (isRunFolder(child)) return [child]
        return depth > 1 ? runsBelow(child, depth - 1) : []
      })
  )
}

/** Returns the output folder written last: the nearest one in or above the working directory, or one up to two levels below it. */
function findNearestOutputDir(cwd: string): string | undefined {
  const below = findByGlob([`*/${OUTPUT_DIR}`, `*/*/${OUTPUT_DIR}`], {
    cwd,
    absolute: true,
    dot: true,
    onlyDirectories: true,
    deep: 3,
    ignore: ['**/node_modules/**'],
  })
  const candidates = [findOutputDirAbove(cwd), ...below].flatMap(folder => folder ?? [])
  return candidates.toSorted((a, b) => modifiedMs(b) - modifiedMs(a) || compareText(a, b))[0]
}

function findOutputDirAbove(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const candidate = join(folder, OUTPUT_DIR)
    if (isFolder(candidate)) return candidate
    if (dirname(folder) === folder) return undefined
  }
}

function modifiedMs(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
