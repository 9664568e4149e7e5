// Whether transformers return other cache keys than in an earlier run, which proves that Jest's cache can never be warm.

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { group, groups } from 'd3-array'
import { firstByHash } from '../attribution/cache-keys.js'
import { at } from '../profile/columns.js'
import { compareText } from '../profile/order.js'
import { isOwnCode } from '../profile/own-code.js'
import { toSlashes } from '../profile/paths.js'
import type { ChangedKeys, KeptKey, RunRecord, TransformKeys } from '../report/record/run-record.js'
import type { SavedRun } from '../report/record/saved-run.js'
import { openRunFolder, runsIn } from '../storage/run-folder.js'
import { RunStore } from '../storage/run-store.js'

/** Files of each transformer whose keys a run keeps. */
const MOST_FILES = 5
/** Earlier runs that are read: a run of a few files may have none in common with this one. */
const MOST_RUNS = 5
/** Number of runs in other environments that prove it. */
const OTHER_RUNS = 2

/** Variables that change from command to command, and that transformers do not read. */
const PASSING = /^(?:_|SHLVL|PWD|OLDPWD|COLUMNS|LINES|JEST_WORKER_ID)$/

/** Returns a hash of what keys may depend on beside files, Jest's config and the versions of tools. */
export function keyContext(env: NodeJS.ProcessEnv): string {
  const variables = Object.entries(env).filter(([name]) => !PASSING.test(name))
  const text = JSON.stringify(variables.toSorted(([a], [b]) => compareText(a, b)))
  return createHash('sha1').update(text).digest('hex').slice(0, 16)
}

/** Returns undefined if no transformed file has a key that a transformer computed. */
export function compareKeys(
  record: RunRecord,
  { context, outputDir }: { context: string; outputDir: string },
): TransformKeys | undefined {
  const kept = keptKeys(record)
  if (kept.length === 0) return undefined
  const { jestVersion, nodeVersion } = record.run
  const earlier = earlierRuns(record, outputDir).filter(
    ({ run }) => run.jestVersion === jestVersion && run.nodeVersion === nodeVersion,
  )
  const changed = groups(kept, ({ transformer }) => transformer).flatMap(([transformer, own]) =>
    allMissed(record, transformer) ? changedKeys(transformer, { own, earlier, context, record }) : [],
  )
  return { context, kept, changed }
}

function keptKeys({ cacheKeys }: Pick<RunRecord, 'cacheKeys'>): KeptKey[] {
  return groups(cacheKeys, ({ transformer }) => transformer).flatMap(([, keys]) => {
    const paths = keys.map(({ path }) => path)
    const chosen = new Set(firstByHash(paths, MOST_FILES))
    const ofChosen = keys.filter(({ path }) => chosen.has(path))
    return groups(ofChosen, ({ path, input, key }) => `${path}\0${input}\0${key}`).map(([, same]) => {
      const { transformer, path, input, key } = at(same, 0)
      return { transformer, path, input, key }
    })
  })
}

/** Returns the newest first, without runs that cannot be read. */
function earlierRuns({ run: { id } }: RunRecord, outputDir: string): SavedRun[] {
  const latest = runsIn(outputDir).filter(name => name !== id)
  return latest
    .slice(-MOST_RUNS)
    .toReversed()
    .flatMap(name => {
      try {
        const saved = new RunStore(openRunFolder(join(outputDir, name))).readRun()
        return saved.endedAtMs === null ? [] : saved
      } catch {
        // From an older release, or damaged.
        return []
      }
    })
}

/** Whether no file was in the cache: a cached file had the same key as before. */
function allMissed({ transforms }: RunRecord, transformer: string): boolean {
  const own = transforms.filter(row => toSlashes(row.transformer ?? '') === transformer)
  return own.every(({ files, misses }) => files === misses)
}

interface EarlierKeys {
  readonly own: readonly KeptKey[]
  /** The newest first. */
  readonly earlier: readonly SavedRun[]
  readonly context: string
  readonly record: RunRecord
}

/** One run in the same environment proves it. In others a variable may have changed the keys: then three runs prove a cold cache. */
function changedKeys(transformer: string, { own, earlier, context, record }: EarlierKeys): ChangedKeys[] {
  const known = group(own, fileOf)
  const isNew = (entry: KeptKey) => known.get(fileOf(entry))?.every(({ key }) => key !== entry.key) ?? true
  let others = 0
  for (const { transformKeys, startedAtMs } of earlier) {
    const common = transformKeys?.kept.filter(entry => known.has(fileOf(entry))) ?? []
    if (common.length === 0) continue
    if (!common.every(isNew) || isChangedSince(startedAtMs, record, transformer)) return []
    others++
    if (transformKeys?.context === context || others === OTHER_RUNS)
      return [{ transformer, files: new Set(common.map(({ path }) => path)).size }]
    for (const entry of common) known.get(fileOf(entry))?.push(entry)
  }
  return []
}

function fileOf({ transformer, path, input }: KeptKey): string {
  return `${transformer}\0${path}\0${input}`
}

/** Files and folders, other than sources, that determine how sources are transformed. */
const CONFIG = /^(?:package\.json|node_modules|\.env.*|\..*rc|.*lock.*|tsconfig.*|.*\.config\..*|.*rc\..*)$/

/** Whether files, the transformer or configs, which a key may depend on, have changed. */
function isChangedSince(sinceMs: number, { modules, run }: RunRecord, transformer: string): boolean {
  const own = modules.filter(isOwnCode).map(({ path }) => path)
  const configs = filesIn(run.rootDir).filter(path => CONFIG.test(basename(path)))
  const beside = filesIn(dirname(transformer))
  return [...own, ...configs, ...beside].some(path => modifiedMs(path) >= sinceMs)
}

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : []
}

/** Returns infinity for a removed file: a test may have written, loaded and removed it. */
function modifiedMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY
}
