// Modules for the end of a run, loaded while tests run in workers: earlier they would delay Jest, and in band count as test time.

import { createRequire } from 'node:module'
import { ownFile } from '../own-files.js'

type Publishing = typeof import('./publish-run.js')

// Module state: a loaded module is kept for the process.
let loaded: Publishing | undefined

export async function loadPublishing(): Promise<void> {
  loaded ??= await import('./publish-run.js')
}

/** Loads synchronously, which also works while the process exits. */
export function requirePublishing(): Publishing {
  loaded ??= createRequire(import.meta.url)(ownFile('run/publish-run.js')) as Publishing
  return loaded
}
