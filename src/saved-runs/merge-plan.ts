// Saved runs of a suite's shards, in any order → the run that they make up, with notes on it.

import { max, min, rollup, sum } from 'd3-array'
import { UserError } from '../errors/user-error.js'
import { at } from '../profile/columns.js'
import { compareText } from '../profile/order.js'
import { fileKey } from '../profile/paths.js'
import type { SavedFileRecord, SavedRun } from '../report/record/saved-run.js'
import type { MergedRun } from '../report/report.js'
import { roundMs } from '../report/rounding.js'
import { joinedMemory, movedMemory, placedRow } from './merge-memory.js'
import { type Rebase, rebaseFrom } from './rebase.js'
import { differencesOf, isMissingShard, missingShards } from './shard-notes.js'

export interface Shard {
  readonly directory: string
  readonly saved: SavedRun
}

export interface MergePlan {
  readonly saved: SavedRun
  /** Recordings to copy; `rebase` if a shard's project was in another folder. */
  readonly copies: readonly {
    readonly directory: string
    readonly name: string
    readonly rebase: Rebase | undefined
  }[]
  /** Sentences on differences, duplicates and missing shards. */
  readonly notes: readonly string[]
}

/** Throws a UserError if the runs are not shards of one suite. */
export function planMerge(given: readonly Shard[], id: string): MergePlan {
  // Checked first, because two projects may both have a shard 1/2.
  for (const other of given.slice(1)) checkSuite(at(given, 0), other)
  const { shards, notes } = withoutDuplicates(given)
  const [first] = shards
  if (first === undefined)
    throw new UserError('jest-profiler: merge needs at least one run. Name the folders of the runs.')
  checkOverlap(shards)
  const saved = shards.map(shard => shard.saved)
  const startedAtMs = min(saved, run => run.startedAtMs) ?? 0
  const parts = shards.map((shard, index) =>
    placeShard(shard, { first, startedAtMs, before: shards.slice(0, index) }),
  )
  const handles = parts.flatMap(part => part.handles)
  const all = [...notes, ...differencesOf(saved)]
  const mergedFrom = saved.flatMap(machinesOf)
  const absent = missingShards(mergedFrom)
  // Cache keys and command times are of one shard only.
  const {
    transformKeys: _keys,
    command: _command,
    memory: _memory,
    handles: _handles,
    ...firstSaved
  } = first.saved
  const { shard: _shard, ...run } = firstSaved.run
  return {
    saved: {
      ...firstSaved,
      run: { ...run, id, workers: sum(saved, ({ run: { workers } }) => workers), mergedFrom },
      startedAtMs,
      endedAtMs: startedAtMs + (max(saved, wallMs) ?? 0),
      files: parts.flatMap(({ files }) => files),
      // Shards that an earlier merge lacked may be included now.
      missing: [
        ...parts.flatMap(({ missing }) => missing).filter(({ file }) => !isMissingShard(file)),
        ...absent,
      ],
      ...joinedMemory(parts.map(({ memory }) => memory)),
      ...(handles.length === 0 ? {} : { handles }),
      injectedGlobals: [...new Set(saved.flatMap(run => run.injectedGlobals))],
      mergeMicros: sum(saved, run => run.mergeMicros),
      notes: [...saved.flatMap(run => run.notes), ...all],
    },
    copies: parts.flatMap(({ copies }) => copies),
    notes: [...all, ...absent.map(({ file, reason, remedy }) => `${file} ${reason}. ${remedy}`)],
  }
}

/** Returns sorted shards. If a shard ran twice, its latest run counts. */
function withoutDuplicates(given: readonly Shard[]): { shards: Shard[]; notes: string[] } {
  const ordered = given.toSorted(
    ({ saved: a }, { saved: b }) =>
      shardIndex(a) - shardIndex(b) || b.startedAtMs - a.startedAtMs || compareText(a.run.id, b.run.id),
  )
  const shards: Shard[] = []
  const notes: string[] = []
  for (const shard of ordered) {
    const { run } = shard.saved
    const isSame = ({ saved }: Shard) =>
      saved.run.id === run.id || (run.shard !== undefined && saved.run.shard === run.shard)
    const known = shards.find(isSame)?.saved.run.id
    if (known === undefined) shards.push(shard)
    else if (known === run.id) notes.push(`Run ${run.id} was given twice and is used once.`)
    else notes.push(`Shard ${run.shard} ran twice: ${known} is used, ${run.id} is older and not included.`)
  }
  return { shards, notes }
}

function shardIndex({ run: { shard } }: SavedRun): number {
  return shard === undefined ? 0 : Number.parseInt(shard, 10)
}

/** Returns the machines of a run: several if it was merged. Workers are numbered in this order. */
function machinesOf(saved: SavedRun): MergedRun[] {
  const { id, shard, cpuModel, cpuCount, workers, mergedFrom } = saved.run
  if (mergedFrom !== undefined) return mergedFrom
  return [
    {
      id,
      startedAt: new Date(saved.startedAtMs).toISOString(),
      ...(shard === undefined ? {} : { shard }),
      wallMs: roundMs(wallMs(saved)),
      cpuModel,
      cpuCount,
      workers,
    },
  ]
}

function wallMs({ startedAtMs, endedAtMs, files }: SavedRun): number {
  const ends = files.map(file => file.startedAtMs + file.wallMs)
  return (endedAtMs ?? Math.max(startedAtMs, ...ends)) - startedAtMs
}

function checkSuite({ saved: a, directory: one }: Shard, { saved: b, directory: other }: Shard): void {
  if (a.run.suite === b.run.suite) return
  throw new UserError(
    `jest-profiler: merge takes shards of one project, got ${JSON.stringify(a.run.suite)} (${one}) and ` +
      `${JSON.stringify(b.run.suite)} (${other}). Leave one of them out.`,
  )
}

/** Throws if two runs have a test file in common: shards do not. */
function checkOverlap(shards: readonly Shard[]): void {
  const owners = new Map<string, Shard>()
  for (const shard of shards) {
    const { displayRoot } = shard.saved.run
    for (const { project, path } of shard.saved.files) {
      const file = path.startsWith(`${displayRoot}/`) ? path.slice(displayRoot.length) : path
      const key = fileKey({ project, file })
      const owner = owners.get(key)
      owners.set(key, shard)
      if (owner === undefined || owner === shard) continue
      throw new UserError(
        `jest-profiler: merge takes shards, got two runs with one test file, ${path}: ${owner.directory} and ` +
          `${shard.directory}. Compare them with \`jest-profiler diff\`, or leave one out.`,
      )
    }
  }
}

interface ShardPlace {
  readonly first: Shard
  readonly startedAtMs: number
  readonly before: readonly Shard[]
}

// All machines number workers from 1 and start at different times. In the merged run workers have unique numbers, and all start at once.
function placeShard({ directory, saved }: Shard, { first, startedAtMs, before }: ShardPlace) {
  const rebase = rebaseFrom(saved.run.displayRoot, first.saved.run.displayRoot)
  const move = rebase ?? (path => path)
  const idOf = projectIds(saved, first.saved)
  const moved = {
    workers: sum(before, shard => shard.saved.run.workers),
    byMs: startedAtMs - saved.startedAtMs,
  }
  return {
    files: saved.files.map(file => ({
      ...file,
      path: move(file.path),
      projectId: idOf(file),
      startedAtMs: file.startedAtMs + moved.byMs,
      moved: {
        workers: (file.moved?.workers ?? 0) + moved.workers,
        byMs: (file.moved?.byMs ?? 0) + moved.byMs,
      },
    })),
    missing: saved.missing.map(entry => ({ ...entry, file: move(entry.file) })),
    memory: movedMemory(saved, { move, idOf, workers: moved.workers }),
    handles: (saved.handles ?? []).map(row => placedRow(row, saved, { move, idOf })),
    copies: saved.files.flatMap(({ recording }) =>
      recording === null ? [] : [{ directory, name: recording, rebase }],
    ),
  }
}

/** Maps project ids by project name: Jest derives the id from the folder, which differs between machines. */
function projectIds(from: SavedRun, to: SavedRun) {
  const idsByName = ({ files }: SavedRun) =>
    rollup(
      files,
      named => new Set(named.map(({ projectId }) => projectId)),
      ({ project }) => project,
    )
  const [own, other] = [idsByName(from), idsByName(to)]
  return ({ project, projectId }: SavedFileRecord): string => {
    const [target, ...more] = other.get(project) ?? []
    const isCertain = own.get(project)?.size === 1 && more.length === 0
    return isCertain && target !== undefined ? target : projectId
  }
}
