// What tells of tests that run for long: in Jest's own process for workers, in a thread beside the tests in band.

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

/** Undefined without the option `stallSeconds`. */
export function watchStalls(run: WatchedRun): Stalls | undefined {
  if (run.stallSeconds === 0) return undefined
  const { activities, stallSeconds, incoming, displayRoot, write } = run
  // The thread gets a copy of what it is given.
  if (run.inBand) return started(new StallThread({ incoming, displayRoot, stallSeconds }))
  const watch = new StallWatch({
    activities,
    stallSeconds,
    toShown: relativeTo(displayRoot),
    write,
    now: Date.now,
    whereabouts: note => notedWhereabouts(incoming, note),
  })
  watch.start()
  const threads = run.workerThreads ? watchThreads(run) : undefined
  return {
    startMicros: 0,
    stop: () => {
      watch.stop()
      void threads?.then(watched => watched.stop())
    },
  }
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
