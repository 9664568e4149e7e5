// Records one test file, from before the base environment is constructed until after its teardown: V8's profile, or the states of the
// thread, and the logs beside them. Nothing here throws into Jest: an error becomes a line on stderr and a message to the reporter.

import { threadId } from 'node:worker_threads'
import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment'
import {
  knownScriptLookup,
  moduleWrapperLength,
  prepareScriptLookup,
  type ScriptLookup,
} from '../jest/sandbox-scripts.js'
import { Interner } from '../profile/columns.js'
import { RECORDING_VERSION, type RecordingEnd, type UnobservedPart } from '../recording/enums.js'
import type { Allocations, Recording, RecordingHeader } from '../recording/recording.js'
import { uniqueName, writeRecording } from '../recording/recording-file.js'
import { activityNote, FileActivity } from './activity-note.js'
import { type CallTreeColumns, toColumns } from './call-tree-columns.js'
import { epochMsAt, monotonicMicros, workMicros } from './clock.js'
import { describeScripts } from './described-scripts.js'
import { FileLog } from './file-log.js'
import { handleWatch, handleWatchOf } from './handles/current-watch.js'
import { requireAllocationLog, requireLateParts, requireThreadStates } from './late-modules.js'
import type { AllocationLog } from './memory/allocation-log.js'
import type { RunLink } from './run-link.js'
import { type OpenProfile, type ProfilingSession, profilingSession } from './session.js'
import { answerWith } from './stalls/answering.js'
import { takeStartMicros, watchOwnProcess } from './stalls/stall-thread.js'
import type { ThreadStates } from './states/thread-states.js'
import { promisesAreUntracked } from './waits/contexts.js'

export interface Recorded {
  link: RunLink
  config: JestEnvironmentConfig
  context: Pick<EnvironmentContext, 'testPath' | 'docblockPragmas'>
}

interface Ended {
  columns: CallTreeColumns
  /** As in the header of a recording. */
  samplerMicros: number | null
}

export interface StoppedRecording extends Ended {
  wallMicros: number
  allocations: Allocations | undefined
}

/** V8's samples that are being taken. */
export interface ProfileSamples {
  readonly session: ProfilingSession
  open: OpenProfile
  /** Adds samples to earlier ones of the same recording, if there are any. */
  addTo: (ended: Ended) => Ended
  readonly unknownParts?: readonly UnobservedPart[]
  /** Resolves when nothing before it is missing. */
  settle?(): Promise<void>
  /** Returns the samples between two times of `monotonicMicros`. */
  end(start: number, now: number): Ended
}

function openSamples(link: RunLink): ProfileSamples | ThreadStates {
  const { samplingIntervalMicros } = link
  if (samplingIntervalMicros === null) return new (requireThreadStates().ThreadStates)()
  const session = profilingSession({ ...link, samplingIntervalMicros })
  const samples: ProfileSamples = {
    session,
    open: session.begin(),
    addTo: ended => ended,
    end(start, now) {
      const { profile, offset, samplerMicros } = session.end(samples.open)
      return samples.addTo({ columns: toColumns(profile, start + offset, now + offset), samplerMicros })
    },
  }
  return samples
}

/** Undefined without the option `memory`, or if something else samples the heap, such as `node --heap-prof`: the report says so. */
function openAllocations({ memory }: RunLink): AllocationLog | undefined {
  if (!memory) return undefined
  try {
    return new (requireAllocationLog().AllocationLog)()
  } catch {
    return undefined
  }
}

export class Recorder {
  readonly #recorded: Recorded
  readonly #whenFinished: () => void
  readonly #log: FileLog
  readonly #samples: ProfileSamples | ThreadStates
  readonly #start: number
  readonly #activity: FileActivity | undefined
  readonly #allocations: AllocationLog | undefined
  #overheadMicros: number
  /** V8's profile can be read only once: a second attempt would hide why the first failed. */
  #ended = false
  #stopped: StoppedRecording | undefined
  #written = false

  constructor(recorded: Recorded, whenFinished: () => void) {
    const before = workMicros()
    const { link, config, context } = recorded
    this.#recorded = recorded
    this.#whenFinished = whenFinished
    handleWatchOf(link.incoming)?.fileBegins()
    this.#samples = openSamples(link)
    this.#allocations = openAllocations(link)
    const states = 'boundary' in this.#samples ? this.#samples : undefined
    this.#start = monotonicMicros()
    const recordWaits = link.waits === 'auto' ? promisesAreUntracked() : link.waits
    const { projectConfig } = config
    this.#activity = activityOf(link, { projectId: projectConfig.id, testPath: context.testPath })
    this.#log = new FileLog(
      { testPath: context.testPath, projectConfig },
      {
        start: this.#start,
        recordWaits,
        observers: { states, allocations: this.#allocations },
        activity: this.#activity,
      },
    )
    answerWith({
      openHandles: () => this.#log.openNow(),
      scriptLookup: () => this.#knownLookup(),
      saveSoFar: () => this.note(() => this.#saveSoFar()),
      sampleAllocations: () => this.note(() => this.#allocations?.sampleNow()),
    })
    // In band, Jest's own process tells of tests that run for long, and only the heap is watched here.
    watchOwnProcess(link.inBand ? { ...link, stallSeconds: 0 } : link)
    this.#overheadMicros = workMicros() - before
  }

  /** Calls `what` with the logs; errors are reported and not thrown. */
  note(what: (log: FileLog) => void): void {
    try {
      what(this.#log)
    } catch (error) {
      this.#report(error)
    }
  }

  /** Call before the environment is torn down. */
  tearsDown(): void {
    this.note(({ phases }) => {
      phases.enter('teardown')
      this.#activity?.tearsDown()
    })
  }

  /** Ends the recording and writes it, with the paths of source maps that Jest's transformer knows. */
  async finishAfterTeardown(): Promise<void> {
    try {
      await this.#samples.settle?.()
      this.#stop()
      const before = workMicros()
      const lookup = await prepareScriptLookup(this.#recorded.config, this.#recorded.context)
      this.#overheadMicros += workMicros() - before
      if (lookup === undefined) this.#log.runtime.unobservedParts.add('source maps')
      this.finish('teardown', lookup)
    } catch (error) {
      // The recording is kept even without source maps.
      this.#report(error)
      this.finish('teardown')
    }
  }

  /** Ends the recording and writes it; a second call does nothing. */
  finish(end: RecordingEnd, prepared?: ScriptLookup): void {
    if (this.#written) return
    this.#written = true
    this.#whenFinished()
    answerWith(undefined)
    this.note(() => this.#activity?.ends())
    try {
      this.#stop()
      if (this.#stopped === undefined) return
      this.#write(this.#stopped, end, prepared ?? this.#knownLookup())
    } catch (error) {
      this.#report(error)
    }
  }

  #knownLookup(): ScriptLookup | undefined {
    return knownScriptLookup(this.#recorded.config, this.#log.runtime.scriptTransformer)
  }

  /** Writes what is recorded so far, in case that the run is interrupted. Allocations are only known at the end. */
  #saveSoFar(): void {
    if (this.#ended || this.#allocations !== undefined) return
    const before = workMicros()
    const taken = requireLateParts().takeSoFar(this.#samples, this.#log, this.#start)
    if (taken !== undefined) this.#write(taken, 'interrupted', this.#knownLookup())
    this.#overheadMicros += workMicros() - before
  }

  #stop(): void {
    if (this.#ended) return
    this.#ended = true
    this.#log.end()
    const [now, before] = [monotonicMicros(), workMicros()]
    const samples = this.#samples.end(this.#start, now)
    // Last, because it may collect garbage.
    const allocations = this.#allocations?.columns(this.#start, samples.columns)
    this.#stopped = { wallMicros: now - this.#start, ...samples, allocations }
    this.#overheadMicros += workMicros() - before
  }

  #write(
    { columns, wallMicros, samplerMicros, allocations }: StoppedRecording,
    end: RecordingEnd,
    lookup: ScriptLookup | undefined,
  ): void {
    const before = workMicros()
    this.#overheadMicros += takeStartMicros()
    const { urls, ...tree } = columns
    const { link, config, context } = this.#recorded
    const { projectConfig } = config
    const paths = new Interner(urls)
    // Before the columns, whose time is measured below.
    const waitMicros = this.#log.waits?.restraint.effort.micros ?? 0
    const openHandles = end === 'teardown' ? this.#log.noteOpenHandles() : []
    const noted = this.#log.columns(this.#start, this.#start + wallMicros, paths)
    const scripts = describeScripts(paths.all, lookup, {
      users: noted.modules?.path.filter((_, module) => !noted.modules?.transformers.includes(module)),
      jests: this.#log.runtime.internalModules,
      transformers: [...new Set(noted.transforms.flatMap(({ transformer }) => transformer ?? []))].toSorted(),
    })
    const unobserved = [
      ...this.#log.runtime.unobservedParts,
      ...(this.#samples.unknownParts ?? []),
      ...(link.memory && allocations === undefined ? (['allocations'] as const) : []),
    ]
    const header: RecordingHeader = {
      projectId: projectConfig.id,
      project: projectConfig.displayName?.name ?? '',
      testPath: context.testPath,
      worker: Number(process.env.JEST_WORKER_ID ?? 1),
      processId: process.pid,
      threadId,
      nodeVersion: process.version,
      engine: link.engine,
      samplingIntervalMicros: link.samplingIntervalMicros,
      startedAtMs: epochMsAt(this.#start, link.startedAt),
      wallMicros,
      overheadMicros: Math.round(this.#overheadMicros + waitMicros + workMicros() - before),
      samplerMicros,
      end,
      wrapperLength: moduleWrapperLength(projectConfig),
      ...(unobserved.length === 0 ? {} : { unobserved }),
    }
    const recording = {
      version: RECORDING_VERSION,
      header,
      ...noted,
      scripts,
      ...tree,
      ...(allocations === undefined ? {} : { allocations }),
    } satisfies Recording
    writeRecording(link.incoming, recording, uniqueName())
    if (openHandles.length > 0) handleWatch(link.incoming).fileEnded(header, openHandles)
  }

  #report(error: unknown): void {
    reportProblem(this.#recorded, error)
  }
}

/** Undefined if the file for it cannot be written: the recording goes on without. */
function activityOf(
  { incoming }: Pick<RunLink, 'incoming'>,
  file: { projectId: string; testPath: string },
): FileActivity | undefined {
  try {
    return new FileActivity(activityNote(incoming), file)
  } catch {
    // A full disk, or a folder that a test removed: the recording tells of it.
    return undefined
  }
}

/** Reports an error of ours: a line on stderr, and a message to the reporter in place of the recording. */
export function reportProblem({ link, config, context }: Recorded, error: unknown): void {
  const problem = error instanceof Error ? error.message : String(error)
  const { testPath } = context
  const header = { projectId: config.projectConfig.id, testPath }
  let unsaved = ''
  try {
    writeRecording(link.incoming, { version: RECORDING_VERSION, header, problem }, uniqueName())
  } catch (second) {
    unsaved = ` Nor could that be noted in ${link.incoming}: ${second instanceof Error ? second.message : second}.`
  }
  process.stderr.write(`jest-profiler: ${testPath} is not profiled: ${problem}.${unsaved}\n`)
}
