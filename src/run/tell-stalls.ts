// The thread of `StallThread`. It writes by itself, because the main thread may never do so again. What it needs for that is loaded when
// there is something to tell.

import { readFileSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { threadCpuMicros } from '../collect/clock.js'
import { WhereaboutsNote } from '../collect/stalls/whereabouts-note.js'
import { parseActivity } from '../recording/activity.js'
import type { ToldRun } from './stall-thread.js'

const run = workerData as ToldRun
const note = new WhereaboutsNote(run.notes)
let teller: Promise<{ look(): void }> | undefined

function hasStalled(): boolean {
  const activity = parseActivity(readFileSync(run.notes.activity, 'utf8'))
  if (activity === undefined || activity.doing === 'idle') return false
  return Date.now() - activity.sinceMs >= 1000 * run.notes.stallSeconds
}

async function look(): Promise<void> {
  await note.look()
  if (!hasStalled()) return
  teller ??= import('./stall-teller.js').then(({ stallTeller }) => stallTeller(run))
  ;(await teller).look()
}

function lookAgain(): void {
  look()
    .catch(error => {
      // The folder is gone: the run has ended, or a test removed it, which the run says.
      if (error.code !== 'ENOENT') throw error
    })
    .finally(() => setTimeout(lookAgain, note.pollMs))
}

Atomics.store(run.startMicros, 0, threadCpuMicros() ?? 0)
lookAgain()
