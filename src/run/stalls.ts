// What watches the tests while they run, and tells of those that run for long: in Jest's own process for workers, in a thread beside the
// tests in band.

import { relativeTo } from '../report/relative-path.js'
import type { Activities } from '../running/activities.js'
import { notedWhereabouts } from '../running/noted-whereabouts.js'
import { StallThread } from './stall-thread.js'
import { StallWatch } from './stall-watch.js'

interface WatchedRun {
  readonly stallSeconds: number
  /** Whether Jest's own process runs the tests, and if not whether its threads do. */
  readonly inBand: boolean
  readonly workerThreads: boolean
  readonly memory: boolean
  /** The run's folder for new recordings. */
  readonly incoming: string
  readonly displayRoot: string
  readonly activities: Activities
  readonly write: (text: string) => void
}

export interface Stalls {
  /** CPU time that starting a thread took. */
  readonly startMicros: number
  stop(): void
}

/** Undefined without the option `stallSeconds`, and without threads whose heap is watched. */
export function watchStalls(run: WatchedRun): Stalls | undefined {
  const { stallSeconds, memory, workerThreads, inBand } = run
  const told = stallSeconds === 0 ? undefined : tellStalls(run)
  const threads = workerThreads && !inBand && (stallSeconds > 0 || memory) ? watchThreads(run) : undefined
  if (told === undefined && threads === undefined) return undefined
  return {
    get startMicros() {
      return told?.startMicros ?? 0
    },
    stop: () => {
      told?.stop()
      void threads?.then(watched => watched.stop())
    },
  }
}

function tellStalls({ stallSeconds, inBand, incoming, displayRoot, activities, write }: WatchedRun): Stalls {
  // The thread gets a copy of what it is given.
  if (inBand) return started(new StallThread({ incoming, displayRoot, stallSeconds }))
  const watch = new StallWatch({
    activities,
    stallSeconds,
    toShown: relativeTo(displayRoot),
    write,
    now: Date.now,
    steadyMs: () => performance.now(),
    whereabouts: note => notedWhereabouts(incoming, note),
  })
  watch.start()
  return { startMicros: 0, stop: () => watch.stop() }
}

function started(thread: StallThread): StallThread {
  thread.start()
  return thread
}

async function watchThreads(run: WatchedRun): Promise<Pick<Stalls, 'stop'>> {
  const { WorkerThreadsWatch } = await import('./worker-threads-watch.js')
  const watch = new WorkerThreadsWatch(run)
  watch.start()
  return watch
}
