// A recording in the user's own terms: original positions, categories and packages. This is what is kept with a run,
// so that every view of it can be drawn later, on any machine, without the maps.

import type { Frame } from '../profile/profile.js'
import type {
  CacheKey,
  FailedModule,
  HeapUse,
  ModuleLoads,
  PhaseStart,
  Recording,
  RecordingHeader,
  TestSpan,
  ThreadClock,
  TransformTotals,
  Waits,
} from './recording.js'

export const RESOLVED_VERSION = 8

export interface ResolvedRecording {
  version: typeof RESOLVED_VERSION
  header: Omit<RecordingHeader, 'wrapperLength'>
  tests: TestSpan[]
  phases: PhaseStart[]
  hooks: Recording['hooks']
  /** Null: this Jest's runtime could not be observed. */
  modules: ModuleLoads | null
  transforms: TransformTotals[]
  failedModules: FailedModule[]
  cacheKeys: CacheKey[]
  /** Null: not recorded. */
  waits: Waits | null
  /** Null: the Node that ran cannot tell. */
  clock: ThreadClock | null
  heap: HeapUse
  /** Columns: calls, by the function they stand in and their own original position (1-based). */
  sites: { frame: number[]; line: number[]; column: number[] }
  frames: Frame[]
  /** The call tree, callers first; the root's caller is -1. */
  nodes: { frame: number[]; caller: number[] }
  /** Nodes whose own time is spent in Atomics.wait, ascending. */
  atomicsWaitNodes: number[]
  /** Samples by original source line (1-based). */
  ticks: { node: number[]; line: number[]; count: number[] }
  /** Times in microseconds since the recording began, ascending. */
  samples: { node: number[]; time: number[] }
}
