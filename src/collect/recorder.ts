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
import type { Recording, RecordingHeader } from '../recording/recording.js'
import { uniqueName, writeRecording } from '../recording/recording-file.js'
import { type CallTreeColumns, toColumns } from './call-tree-columns.js'
import { epochMsAt, monotonicMicros, workMicros } from './clock.js'
import { describeScripts } from './described-scripts.js'
import { FileLog } from './file-log.js'
import type { RunLink } from './run-link.js'
import { profilingSession } from './session.js'
import { ThreadStates } from './states/thread-states.js'
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

interface Stopped extends Ended {
  wallMicros: number
}

/** Samples that are being taken. */
interface OpenSamples {
  readonly unknownParts?: readonly UnobservedPart[]
  /** Resolves when nothing before it is missing. */
  settle?(): Promise<void>
  /** Returns the samples between two times of `monotonicMicros`. */
  end(start: number, now: number): Ended
}

function openSamples(link: RunLink): OpenSamples {
  const { samplingIntervalMicros } = link
  if (samplingIntervalMicros === null) return new ThreadStates()
  const session = profilingSession({ ...link, samplingIntervalMicros })
  const open = session.begin()
  return {
    end(start, now) {
      const { profile, offset, samplerMicros } = session.end(open)
      return { columns: toColumns(profile, start + offset, now + offset), samplerMicros }
    },
  }
}

export class Recorder {
  readonly #recorded: Recorded
  readonly #whenFinished: () => void
  readonly #log: FileLog
  readonly #samples: OpenSamples
  readonly #start: number
  #overheadMicros: number
  /** V8's profile can be read only once: a second attempt would hide why the first failed. */
  #ended = false
  #stopped: Stopped | undefined
  #written = false

  constructor(recorded: Recorded, whenFinished: () => void) {
    const before = workMicros()
    const { link, config, context } = recorded
    this.#recorded = recorded
    this.#whenFinished = whenFinished
    this.#samples = openSamples(link)
    const states = this.#samples instanceof ThreadStates ? this.#samples : undefined
    this.#start = monotonicMicros()
    const recordWaits = link.waits === 'auto' ? promisesAreUntracked() : link.waits
    const { projectConfig } = config
    this.#log = new FileLog(
      { testPath: context.testPath, projectConfig },
      { start: this.#start, recordWaits, states },
    )
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
    try {
      this.#stop()
      if (this.#stopped === undefined) return
      const lookup = prepared ?? knownScriptLookup(this.#recorded.config, this.#log.runtime.scriptTransformer)
      this.#write(this.#stopped, end, lookup)
    } catch (error) {
      this.#report(error)
    }
  }

  #stop(): void {
    if (this.#ended) return
    this.#ended = true
    this.#log.end()
    const [now, before] = [monotonicMicros(), workMicros()]
    this.#stopped = { wallMicros: now - this.#start, ...this.#samples.end(this.#start, now) }
    this.#overheadMicros += workMicros() - before
  }

  #write(
    { columns, wallMicros, samplerMicros }: Stopped,
    end: RecordingEnd,
    lookup: ScriptLookup | undefined,
  ): void {
    const before = workMicros()
    const { urls, ...tree } = columns
    const { link, config, context } = this.#recorded
    const { projectConfig } = config
    const paths = new Interner(urls)
    // Before the columns, whose time is measured below.
    const waitMicros = this.#log.waits?.restraint.effort.micros ?? 0
    const noted = this.#log.columns(this.#start, this.#start + wallMicros, paths)
    const scripts = describeScripts(paths.all, lookup, {
      users: noted.modules?.path.filter((_, module) => !noted.modules?.transformers.includes(module)),
      jests: this.#log.runtime.internalModules,
      transformers: [...new Set(noted.transforms.flatMap(({ transformer }) => transformer ?? []))].toSorted(),
    })
    const unobserved = [...this.#log.runtime.unobservedParts, ...(this.#samples.unknownParts ?? [])]
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
    const recording = { version: RECORDING_VERSION, header, ...noted, scripts, ...tree } satisfies Recording
    writeRecording(link.incoming, recording, uniqueName())
  }

  #report(error: unknown): void {
    reportProblem(this.#recorded, error)
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
