// The record of a run's memory → the report's.

import { byDescending } from '../../profile/order.js'
import type { Profile } from '../../profile/profile.js'
import type { MemoryReport } from '../memory-report.js'
import type { FileMemory, HolderRecord, KeptRecord, MemoryRecord } from '../record/memory-record.js'
import type { RunRecord } from '../record/run-record.js'
import type { ToRelative } from '../relative-path.js'
import { toMs } from '../rounding.js'
import { buildAllocations } from './build-allocations.js'
import { buildHeapGrowth } from './heap-growth.js'
import type { Naming } from './listed-tests.js'

export function buildMemory(
  memory: MemoryRecord,
  { profile, files }: { profile: Profile; files: RunRecord['files'] },
  naming: Naming,
): MemoryReport {
  const { toRelative } = naming
  const projectOf = ({ projectId, path }: Pick<FileMemory, 'projectId' | 'path'>) =>
    files.find(file => file.projectId === projectId && file.path === path)?.project ?? ''
  const kept = memory.kept.map((record: KeptRecord) => {
    const first = record.holder.find(({ isHeld }) => isHeld) ?? record.holder.find(step => step.file !== null)
    const position =
      first === undefined
        ? null
        : { file: toRelative(first.file ?? ''), line: first.line, column: first.column }
    return {
      file: toRelative(record.path),
      project: projectOf(record),
      retainedBytes: record.retainedBytes,
      path: record.holder.map(step => stepText(step, toRelative)),
      position,
    }
  })
  const heaps = memory.files.map(({ projectId, path, isKept, ...file }) => {
    return { ...file, path: toRelative(path), project: projectOf({ projectId, path }), sandboxKept: isKept }
  })
  return {
    ...buildAllocations(profile, files, naming),
    files: heaps,
    growth: buildHeapGrowth(heaps),
    kept: kept.toSorted(byDescending('retainedBytes', ({ file, project }) => `${project} ${file}`)),
    processes: memory.processes.map(({ collectionMicros, snapshotMicros, ...known }) => {
      return { ...known, collectionMs: toMs(collectionMicros), snapshotMs: toMs(snapshotMicros) }
    }),
    ownPeakBytes: memory.ownPeakBytes,
  }
}

function stepText({ name, file, line }: HolderRecord, toRelative: ToRelative): string {
  return file === null ? name : `${name} ${toRelative(file)}:${line}`
}
