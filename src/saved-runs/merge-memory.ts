// Memory of shards → of the merged run.

import { max } from 'd3-array'
import type { FileMemory, MemoryRecord } from '../report/record/memory-record.js'
import type { SavedFileRecord, SavedRun } from '../report/record/saved-run.js'

interface Moved {
  /** Converts a path of the shard. */
  readonly move: (path: string) => string
  /** Converts the id of a file's project. */
  readonly idOf: (file: SavedFileRecord) => string
  /** What is added to worker numbers. */
  readonly workers: number
}

type RowOfFile = Pick<FileMemory, 'projectId' | 'path'>

/** A row about a test file of the shard → about the same file of the merged run. */
export function placedRow<Row extends RowOfFile>(
  row: Row,
  { files }: Pick<SavedRun, 'files'>,
  { move, idOf }: Pick<Moved, 'move' | 'idOf'>,
): Row {
  const own = files.find(({ projectId, path }) => projectId === row.projectId && path === row.path)
  return { ...row, projectId: own === undefined ? row.projectId : idOf(own), path: move(row.path) }
}

/** Undefined if the shard recorded none. */
export function movedMemory(
  { memory, files }: SavedRun,
  { move, idOf, workers }: Moved,
): MemoryRecord | undefined {
  if (memory === undefined) return undefined
  const placed = <Row extends RowOfFile>(row: Row) => placedRow(row, { files }, { move, idOf })
  return {
    processes: memory.processes.map(one => ({ ...one, worker: one.worker + workers })),
    files: memory.files.map(file => ({ ...placed(file), worker: file.worker + workers })),
    kept: memory.kept.map(kept => {
      const holder = kept.holder.map(step => ({ ...step, file: step.file === null ? null : move(step.file) }))
      return { ...placed(kept), holder }
    }),
    problems: memory.problems,
    ownPeakBytes: memory.ownPeakBytes,
  }
}

/** A field of the merged run: left out if no shard recorded memory. */
export function joinedMemory(parts: readonly (MemoryRecord | undefined)[]): Pick<SavedRun, 'memory'> {
  const known = parts.filter(part => part !== undefined)
  if (known.length === 0) return {}
  return {
    memory: {
      processes: known.flatMap(({ processes }) => processes),
      files: known.flatMap(({ files }) => files),
      kept: known.flatMap(({ kept }) => kept),
      problems: known.flatMap(({ problems }) => problems),
      ownPeakBytes: max(known, ({ ownPeakBytes }) => ownPeakBytes),
    },
  }
}
